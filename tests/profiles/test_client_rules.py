"""What RULES says of clients, through the pages that people use."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.resources.models import Territory, Vet
from tests.factories import make_client, make_user

SignIn = Callable[[User], Browser]
NAMES = {"first_name": "Nora", "last_name": "New"}


def text(page: Any) -> str:
    found: str = page.content.decode()
    return found


def rule(key: str, subject: str = "client", **access: Access) -> None:
    FieldRule.objects.create(subject=subject, key=key, **access)


def test_a_client_added_with_the_required_fields_is_a_prospect(
    ada: User, signed_in: SignIn
) -> None:
    """Rule 1."""
    page = signed_in(ada).post("/clients/new/", NAMES)
    client = Client.objects.get()
    assert (page.status_code, page.headers["Location"]) == (302, f"/clients/{client.pk}/")
    assert (client.name, client.status) == ("Nora New", "Prospect")


def test_two_logins_open_the_same_profile(
    cleo: User, carl: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 3."""
    cleos_home.logins.add(carl)
    for user in (cleo, carl):
        page = text(signed_in(user).get(f"/clients/{cleos_home.pk}/"))
        assert "Cleo Carter" in page
        assert f'data-client="{cleos_home.pk}"' in text(signed_in(user).get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["mona", "ada"])
def test_a_required_field_left_empty_is_named_and_nothing_is_saved(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    """Rule 4; what binds managers binds administrators."""
    rule("referral", manager=Access.REQUIRED)
    user = request.getfixturevalue(who)
    page = signed_in(user).post("/clients/new/", {**NAMES, "city": "Dublin", "referral": " "})
    assert page.status_code == 422
    assert '<a href="#id_referral">How they found us</a>: Fill this in.' in text(page)
    assert 'value="Dublin"' in text(page)
    assert not Client.objects.exists()


def test_a_hidden_field_is_absent_and_a_posted_value_ignored(mona: User, signed_in: SignIn) -> None:
    """Rule 5."""
    browser = signed_in(mona)
    assert 'name="referral"' in text(browser.get("/clients/new/"))
    rule("referral", manager=Access.HIDE)
    assert 'name="referral"' not in text(browser.get("/clients/new/"))
    browser.post("/clients/new/", {**NAMES, "referral": "A friend"})
    assert Client.objects.get().referral == ""


def test_labels_of_required_fields_carry_a_star(ada: User, signed_in: SignIn) -> None:
    """Rule 6."""
    rule("email", manager=Access.REQUIRED)
    page = text(signed_in(ada).get("/clients/new/"))
    starred = re.findall(r'>([^<>]+)<span class="required">\*</span>', page)
    assert starred == ["First name", "Last name", "E-mail"]


def test_a_new_vet_is_on_the_list_and_chosen(ada: User, signed_in: SignIn) -> None:
    """Rules 13 and 14."""
    browser = signed_in(ada)
    new = {"vet": "new", "new_vet_name": "Dr. Paw", "new_vet_phone": "614-555-0177"}
    browser.post("/clients/new/", {**NAMES, **new, "new_vet_address": "1 Bone St"})
    vet = Vet.objects.get()
    assert (vet.name, vet.phone, vet.address) == ("Dr. Paw", "614-555-0177", "1 Bone St")
    assert Client.objects.get().vet == vet
    assert "Dr. Paw" in text(browser.get("/vets/"))
    assert f'<option value="{vet.pk}">Dr. Paw</option>' in text(browser.get("/clients/new/"))


def test_a_new_vet_needs_a_name(ada: User, signed_in: SignIn) -> None:
    page = signed_in(ada).post("/clients/new/", {**NAMES, "vet": "new", "new_vet_phone": "555"})
    assert page.status_code == 422
    assert "Say the new vet&#x27;s name." in text(page)
    assert not Vet.objects.exists()


def test_a_blocked_sitter_loses_sight_and_cannot_be_chosen(
    ada: User, sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 20, as far as there are no visits."""
    assert signed_in(sam).get(f"/clients/{cleos_home.pk}/").status_code == 200
    sent = {**NAMES, "blocked_sitters": [sam.pk], "primary_sitter": sam.pk}
    page = signed_in(ada).post(f"/clients/{cleos_home.pk}/edit/", sent)
    assert page.status_code == 422
    assert "Sam Sitter is blocked for this client." in text(page)
    update_client(cleos_home, values={"blocked_sitters": [sam]}, by=ada)
    assert signed_in(sam).get(f"/clients/{cleos_home.pk}/").status_code == 404
    assert "data-client" not in text(signed_in(sam).get("/clients/"))


def test_a_client_is_in_the_territory_of_its_zip_unless_another_is_set(
    ada: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rules 23 and 24."""
    north = Territory.objects.create(name="North")
    north.zips.create(zip_code="43085")
    south = Territory.objects.create(name="South")
    browser = signed_in(ada)
    address = f"/clients/{cleos_home.pk}/"
    assert "North (by zip)" in text(browser.get(address))
    browser.post(address + "edit/", {"territory": south.pk})
    assert "South" in text(browser.get(address))
    assert "North" not in text(browser.get(address))
    listed = f'data-client="{cleos_home.pk}"'
    assert listed in text(browser.get("/clients/", {"territory": south.pk}))
    assert listed not in text(browser.get("/clients/", {"territory": north.pk}))


def test_looking_at_the_edit_page_changes_nothing(
    ada: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 25."""
    signed_in(ada).get(f"/clients/{cleos_home.pk}/edit/", {"first_name": "Other"})
    stored = Client.objects.get(pk=cleos_home.pk)
    assert (stored.first_name, stored.version) == ("Cleo", 1)


def test_a_sitter_sees_exactly_the_own_clients(sam: User, signed_in: SignIn) -> None:
    """Rules 39 and 40: until there are visits, those naming the sitter."""
    first = make_client(primary_sitter=sam)
    second = make_client(secondary_sitter=sam)
    other = make_client(primary_sitter=make_user(Role.SITTER, "Else"))
    shown = re.findall(r'<tr data-client="(\d+)"', text(signed_in(sam).get("/clients/")))
    assert sorted(map(int, shown)) == sorted([first.pk, second.pk])
    assert signed_in(sam).get(f"/clients/{other.pk}/").status_code == 404


def test_the_chosen_view_is_kept_after_signing_out(
    sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rules 42 and 43."""
    other = make_client(first_name="Zora", last_name="Zed", primary_sitter=sam)
    browser = signed_in(sam)
    page = browser.get("/clients/", {"view": "profile"})
    assert page.headers["Location"] == f"/clients/{cleos_home.pk}/"
    options = text(browser.get("/clients/picker/"))
    assert f'href="/clients/{other.pk}/"' in options
    again = signed_in(sam)
    assert again.get("/clients/").headers["Location"] == f"/clients/{cleos_home.pk}/"
    assert again.get("/clients/", {"view": "table"}).status_code == 200
    assert signed_in(sam).get("/clients/").status_code == 200


def test_a_sitter_reads_what_the_work_needs(
    ada: User, sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 46."""
    values = {
        "emergency_name": "Aunt Em",
        "entry_instructions": "Side gate",
        "house_notes": "The stairs creak",
        "office_notes": "Pays late",
    }
    update_client(cleos_home, values=values, by=ada)
    page = text(signed_in(sam).get(f"/clients/{cleos_home.pk}/"))
    wanted = ["Cleo Carter", "(614) 555-0123", "cleo@example.com", "12 Maple Street", "Aunt Em"]
    assert [word for word in [*wanted, "Side gate", "The stairs creak"] if word not in page] == []
    assert "Pays late" not in page


def test_a_sitter_edits_only_when_the_company_lets_them(
    ada: User, sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rules 52 and 53."""
    from pawfile.options.models import SiteOptions

    address = f"/clients/{cleos_home.pk}/edit/"
    assert signed_in(sam).post(address, {"street": "1 New St"}).status_code == 403
    assert Client.objects.get(pk=cleos_home.pk).street == "12 Maple Street"
    options = SiteOptions.load()
    options.has_sitter_editing = True
    options.save()
    assert signed_in(sam).post(address, {"street": "1 New St"}).status_code == 302
    change = cleos_home.changes.get()
    assert (change.key, change.old_text, change.new_text, change.changed_by) == (
        "street",
        "12 Maple Street",
        "1 New St",
        sam,
    )


def test_a_client_edits_many_times_and_each_save_counts(
    cleo: User, mona: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rules 47, 48 and 57."""
    browser = signed_in(cleo)
    for number in range(1, 4):
        browser.post(f"/clients/{cleos_home.pk}/edit/", {"parking": f"Spot {number}"})
        page = text(signed_in(mona).get(f"/clients/{cleos_home.pk}/"))
        assert re.findall(r'data-field="(\w+)" data-changes="(\d+)"', page) == [
            ("parking", str(number))
        ]


def test_the_pop_up_says_old_new_who_and_when(
    ada: User, mona: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 49."""
    update_client(cleos_home, values={"parking": "In the yard"}, by=ada)
    update_client(cleos_home, values={"parking": ""}, by=ada)
    page = text(signed_in(mona).get(f"/clients/{cleos_home.pk}/changes/parking/"))
    assert re.findall(r"<del>(.*?)</del>.*?<ins>(.*?)</ins>", page) == [
        ("In the yard", "–"),
        ("–", "In the yard"),
    ]
    assert page.count("Ada Admin") == 2
    assert page.count("<time datetime=") == 2


def test_no_alarm_no_alarm_fields(ada: User, cleos_home: Client, signed_in: SignIn) -> None:
    """Rule 58: without script they go unanswered, what was stored stays."""
    browser, address = signed_in(ada), f"/clients/{cleos_home.pk}/edit/"
    browser.post(address, {"has_alarm": "yes", "alarm_company": "Evergreen"})
    assert "Evergreen" in text(browser.get(f"/clients/{cleos_home.pk}/"))
    browser.post(address, {"has_alarm": "no", "alarm_company": ""})
    assert "Evergreen" not in text(browser.get(f"/clients/{cleos_home.pk}/"))
    assert Client.objects.get(pk=cleos_home.pk).alarm_company == "Evergreen"


def test_every_alternate_address_is_checked(ada: User, signed_in: SignIn) -> None:
    """Rule 59."""
    browser = signed_in(ada)
    page = browser.post("/clients/new/", {**NAMES, "alternate_emails": "a@b.org; abc\nx@y.org"})
    assert page.status_code == 422
    assert "“abc” is not an e-mail address." in text(page)
    browser.post("/clients/new/", {**NAMES, "alternate_emails": "a@b.org; c@d.org,\nx@y.org"})
    assert Client.objects.get().alternate_emails == ["a@b.org", "c@d.org", "x@y.org"]


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        ("pool", ["N/A", "Inground", "Above Ground", "Indoor"]),
        ("fence", ["N/A", "Standard", "Invisible", "Electric"]),
    ],
)
def test_pool_and_fence_have_exactly_their_choices(
    ada: User, signed_in: SignIn, key: str, choices: list[str]
) -> None:
    """Rule 60."""
    page = text(signed_in(ada).get("/clients/new/"))
    (select,) = re.findall(rf'<select name="{key}".*?</select>', page, re.DOTALL)
    assert re.findall(r'<option value="([^"]+)"', select) == choices
    refused = signed_in(ada).post("/clients/new/", {**NAMES, key: "Lava"})
    assert refused.status_code == 422


def test_two_trash_days_are_kept(ada: User, signed_in: SignIn) -> None:
    """Rule 61."""
    signed_in(ada).post("/clients/new/", {**NAMES, "trash_days": ["Monday", "Friday"]})
    assert Client.objects.get().trash_days == ["Monday", "Friday"]


def test_a_renamed_field_keeps_its_value(ada: User, cleos_home: Client, signed_in: SignIn) -> None:
    """Rule 63."""
    update_client(cleos_home, values={"parking": "Behind the barn"}, by=ada)
    FieldRule.objects.create(subject="client", key="parking", label="Where to leave the van")
    page = text(signed_in(ada).get(f"/clients/{cleos_home.pk}/"))
    assert "Where to leave the van" in page
    assert "Behind the barn" in page


def test_required_for_readers_is_shown_like_show(
    ada: User, sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 64."""
    update_client(cleos_home, values={"parking": "Behind the barn"}, by=ada)
    before = text(signed_in(sam).get(f"/clients/{cleos_home.pk}/"))
    rule("parking", sitter=Access.REQUIRED)
    after = text(signed_in(sam).get(f"/clients/{cleos_home.pk}/"))
    assert "Behind the barn" in before
    assert after == before or re.sub(r"[A-Za-z0-9]{64}", "", after) == re.sub(
        r"[A-Za-z0-9]{64}", "", before
    )


def test_only_administrators_delete_and_only_by_name(
    ada: User, mona: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 80."""
    address = f"/clients/{cleos_home.pk}/delete/"
    assert signed_in(mona).post(address, {"name": "Cleo Carter"}).status_code == 403
    wrong = signed_in(ada).post(address, {"name": "Cleo"})
    assert wrong.status_code == 422
    assert "Type the name exactly: Cleo Carter" in text(wrong)
    assert Client.objects.filter(pk=cleos_home.pk).exists()
    signed_in(ada).post(address, {"instead": "inactive"})
    assert Client.objects.get(pk=cleos_home.pk).status == "Inactive"
    signed_in(ada).post(address, {"name": "Cleo Carter"})
    assert not Client.objects.filter(pk=cleos_home.pk).exists()
