"""Rules 4, 6, 58, 62, 64 and more: what must be filled in, by whom, and when it is not there."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from tests.factories import make_pet
from tests.profiles.pages import facts, fill_in, form_fields, labels, problems, read

SignIn = Callable[[User], Browser]
HIDE, READ, REQUIRED = Access.HIDE, Access.READ, Access.REQUIRED
ALARM = [
    "alarm_company", "alarm_phone", "alarm_panel_location", "alarm_code", "alarm_password",
    "alarm_instructions",
]  # fmt: skip


def rule(subject: str, key: str, **values: object) -> None:
    FieldRule.objects.create(subject=subject, key=key, **values)


def test_a_required_field_left_empty_is_named_and_nothing_is_saved(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    """Rule 4."""
    rule("client", "city", manager=REQUIRED)
    url = f"/clients/{cleos_home.pk}/edit/"
    answer = fill_in(signed_in(mona), url, city="", street="9 Elm Street")
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, ["City: Fill this in."])
    assert page.one("input", name="street").attrs["value"] == "9 Elm Street"
    assert page.one("input", name="city").attrs["aria-invalid"] == "true"
    jump = page.one("div", cls="form-errors").one("a").attrs["href"]
    assert jump == f"#{page.one('input', name='city').attrs['id']}"
    assert Client.objects.get(pk=cleos_home.pk).street == "12 Maple Street"
    assert cleos_home.changes.count() == 0


@pytest.mark.parametrize("blank", ["", " ", "\t \n", "\u00a0\u2003"])
def test_blanks_do_not_fill_in_a_required_field(
    signed_in: SignIn, mona: User, blank: str, db: None
) -> None:
    answer = signed_in(mona).post("/clients/new/", {"first_name": blank, "last_name": "Fox"})
    assert problems(read(answer)) == ["First name: Fill this in."]
    assert Client.objects.count() == 0


def test_what_managers_must_fill_in_administrators_must_too(
    signed_in: SignIn, ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    """PRODUCT §3: Required binds administrators as it binds managers; clients it does not."""
    rule("client", "referral", manager=REQUIRED, client=Access.SHOW)
    url = f"/clients/{cleos_home.pk}/edit/"
    statuses = [fill_in(signed_in(user), url).status_code for user in (ada, mona, cleo)]
    assert statuses == [422, 422, 302]


def test_a_required_field_has_a_star(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    """Rule 6."""
    rule("client", "city", manager=REQUIRED)
    shown = labels(read(signed_in(mona).get("/clients/new/")))
    assert [key for key, label in shown.items() if label.endswith("*")] == [
        "first_name", "last_name", "city",
    ]  # fmt: skip


def test_every_kind_of_field_can_be_required(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    keys = [
        "primary_phone", "email", "alternate_emails", "trash_days", "door_code", "has_alarm",
        "vet", "secondary_sitter", "blocked_sitters", "tags", "territory", "house_notes",
    ]  # fmt: skip
    for key in keys:
        rule("client", key, manager=REQUIRED)
    cleos_home.email = ""
    cleos_home.save()
    page = read(fill_in(signed_in(ada), f"/clients/{cleos_home.pk}/edit/"))
    shown = labels(read(signed_in(ada).get("/clients/new/")))
    wanted = {f"{shown[key].removesuffix('*')}: Fill this in." for key in keys}
    assert set(problems(page)) == wanted
    pet = make_pet(cleos_home)
    for key in ("born", "photo", "spayed_neutered", "pet_vet"):
        rule("pet", key, manager=REQUIRED)
    page = read(fill_in(signed_in(ada), f"/pets/{pet.pk}/edit/"))
    assert problems(page) == [
        "Spayed or neutered: Fill this in.", "Born: Fill this in.", "Photo: Fill this in.",
        "Pet's vet: Fill this in.",
    ]  # fmt: skip


def test_no_is_an_answer_to_a_required_question(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    rule("client", "has_alarm", manager=REQUIRED)
    answer = fill_in(signed_in(mona), f"/clients/{cleos_home.pk}/edit/", has_alarm="no")
    assert answer.status_code == 302


def test_required_for_sitters_who_may_not_edit_is_only_shown(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    """Rule 64."""
    rule("client", "city", sitter=REQUIRED)
    rule("client", "state", sitter=READ)
    page = facts(read(signed_in(sam).get(f"/clients/{cleos_home.pk}/")))
    assert (page["City"], page["State"]) == ("Columbus", "OH")
    assert signed_in(sam).get(f"/clients/{cleos_home.pk}/edit/").status_code == 403


def test_required_for_sitters_binds_as_soon_as_they_may_edit(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    rule("client", "city", sitter=REQUIRED)
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
    answer = fill_in(signed_in(sam), f"/clients/{cleos_home.pk}/edit/", city="")
    assert problems(read(answer)) == ["City: Fill this in."]


def test_without_an_alarm_there_are_no_alarm_fields(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    """Rule 58: on the page they are absent; on the form they wait for the answer yes."""
    url = f"/clients/{cleos_home.pk}/edit/"
    browser = signed_in(mona)
    fill_in(browser, url, has_alarm="yes", alarm_company="Ring", alarm_code="1234")
    assert facts(read(browser.get(f"/clients/{cleos_home.pk}/")))["Alarm company"] == "Ring"
    fill_in(browser, url, has_alarm="no")
    page = facts(read(browser.get(f"/clients/{cleos_home.pk}/")))
    assert page["Home alarm system"] == "No"
    assert [label for label in page if "larm" in label] == ["Home alarm system"]
    form = read(browser.get(url))
    waiting = form.all("div", data_shows_when="has_alarm", data_shows_value="yes")
    assert [key for box in waiting for key in [box.all(data_field="")[0].attrs["data-field"]]] == (
        ALARM
    )
    fill_in(browser, url, has_alarm="yes")
    page = facts(read(browser.get(f"/clients/{cleos_home.pk}/")))
    assert (page["Alarm company"], page["Alarm code"]) == (
        "Ring",
        "••••••Saved and sealedReveal Alarm code",
    )


def test_alarm_answers_without_an_alarm_are_not_taken_nor_missed(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    """Rule 58: required or not, what is not there is not asked."""
    rule("client", "alarm_company", manager=REQUIRED)
    url = f"/clients/{cleos_home.pk}/edit/"
    answer = fill_in(signed_in(mona), url, has_alarm="no", alarm_phone="614-555-0100")
    assert answer.status_code == 302
    assert Client.objects.get(pk=cleos_home.pk).alarm_phone == ""
    answer = fill_in(signed_in(mona), url, has_alarm="yes", alarm_phone="614-555-0100")
    assert problems(read(answer)) == ["Alarm company: Fill this in."]


def test_a_field_for_dogs_is_neither_required_of_a_cat_nor_kept(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    """Rule 62."""
    rule("pet", "walking", manager=REQUIRED, animals=["Dog", "Horse"])
    browser, new = signed_in(mona), {"client": cleos_home.pk, "name": "Tom"}
    cat = browser.post("/pets/new/", {**new, "animal": "Cat", "walking": "twice a day"})
    dog = browser.post("/pets/new/", {**new, "animal": "Dog"})
    assert (cat.status_code, dog.status_code) == (302, 422)
    assert problems(read(dog)) == ["Walking: Fill this in."]
    assert [(pet.animal, pet.walking) for pet in Pet.objects.all()] == [("Cat", "")]


def test_a_field_for_dogs_is_not_shown_on_a_cat(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    cat = make_pet(cleos_home, animal="Cat", walking="on a leash", feeding="twice")
    dog = make_pet(cleos_home, animal="Dog", walking="on a leash", feeding="twice")
    rule("pet", "walking", animals=["Dog"])
    pages = [facts(read(signed_in(mona).get(f"/pets/{pet.pk}/"))) for pet in (cat, dog)]
    assert [page.get("Walking") for page in pages] == [None, "on a leash"]
    assert [page["Feeding"] for page in pages] == ["twice", "twice"]


def test_a_hidden_field_is_not_on_the_form_of_a_new_client(
    signed_in: SignIn, ada: User, mona: User
) -> None:
    """Rule 5."""
    rule("client", "referral", manager=HIDE)
    forms = [form_fields(read(signed_in(user).get("/clients/new/"))) for user in (ada, mona)]
    assert ["referral" in form for form in forms] == [True, False]
    assert [key for key in forms[0] if key not in forms[1]] == ["referral"]
    names = {"first_name": "Nina", "last_name": "New", "referral": "a friend"}
    assert signed_in(mona).post("/clients/new/", names).status_code == 302
    assert Client.objects.get().referral == ""
