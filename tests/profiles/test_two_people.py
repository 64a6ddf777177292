"""Two people edit one client or pet: the later save is asked, and nothing is overwritten unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.lib.columns import key_ring
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from tests.access.home import make_photo
from tests.factories import make_user
from tests.profiles.pages import Node, problems, read, send, sent_by

SignIn = Callable[[User], Browser]


@pytest.fixture
def url(cleos_home: Client) -> str:
    return f"/clients/{cleos_home.pk}/edit/"


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def change(client: Client, by: User | None, **values: Any) -> None:
    """What the other person saves meanwhile."""
    update_client(Client.objects.get(pk=client.pk), values=values, by=by)


def change_pet(pet: Pet, by: User | None, **values: Any) -> None:
    update_pet(Pet.objects.get(pk=pet.pk), values=values, by=by)


def asked(page: Node) -> dict[str, list[str]]:
    """Field → theirs, mine, before, as the page asks; the suggested answer has a star."""
    found = {}
    for box in page.all("fieldset", cls="conflict"):
        chips = [
            chip.text + " *" * ("checked" in chip.one("input").attrs)
            for chip in box.all("label", cls="chip")
        ]
        found[box.attrs["data-conflict"]] = chips + [node.text for node in box.all("p")]
    return found


def fresh(client: Client) -> Client:
    return Client.objects.get(pk=client.pk)


def test_fields_of_their_own_do_not_disturb_two_people(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    """Both sent the whole form; each changed another field: the later one is asked about what it
    has an old value of, and leaves it to the other."""
    page = read(monas.get(url))
    change(cleos_home, ada, city="Dublin")
    answer = send(monas, url, page, street="1 Elm Street")
    assert answer.status_code == 409
    assert asked(read(answer)) == {
        "city": ["Ada Admin: Dublin *", "Yours: Columbus", "Before: Columbus"]
    }
    assert fresh(cleos_home).street == "12 Maple Street"
    assert send(monas, url, read(answer)).status_code == 302
    home = fresh(cleos_home)
    assert (home.street, home.city) == ("1 Elm Street", "Dublin")


def test_the_later_save_is_told_what_the_other_changed(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    page = read(monas.get(url))
    change(cleos_home, ada, street="1 Elm Street", referral="a friend")
    change(cleos_home, None, street="2 Elm Street", state="")
    answer = send(monas, url, page, street="9 Oak Street", house_notes="typed for an hour")
    told = read(answer)
    assert (answer.status_code, problems(told)) == (409, [])
    assert asked(told) == {
        "street": ["Import: 2 Elm Street", "Yours: 9 Oak Street *", "Before: 12 Maple Street"],
        "state": ["Import: empty *", "Yours: OH", "Before: OH"],
        "referral": ["Ada Admin: a friend *", "Yours: empty", "Before: empty"],
    }
    kept = sent_by(told)
    assert (kept["street"], kept["house_notes"]) == (["9 Oak Street"], ["typed for an hour"])
    assert fresh(cleos_home).street == "2 Elm Street"


@pytest.mark.parametrize(
    ("street", "city", "result"),
    [
        ("mine", "mine", ("9 Oak Street", "Powell")),
        ("theirs", "theirs", ("1 Elm Street", "Dublin")),
        ("mine", "theirs", ("9 Oak Street", "Dublin")),
        ("theirs", "mine", ("1 Elm Street", "Powell")),
    ],
)
def test_each_field_is_decided_apart(
    monas: Browser, cleos_home: Client, street: str, city: str, result: tuple[str, str]
) -> None:
    url = f"/clients/{cleos_home.pk}/edit/"
    page = read(monas.get(url))
    change(cleos_home, None, street="1 Elm Street", city="Dublin")
    told = read(send(monas, url, page, street="9 Oak Street", city="Powell"))
    answer = send(monas, url, told, keep_street=street, keep_city=city)
    assert answer.status_code == 302
    home = fresh(cleos_home)
    assert (home.street, home.city) == result
    mine = {"street": street, "city": city}
    own = home.changes.exclude(changed_by=None).values_list("key", flat=True)
    assert sorted(own) == sorted(key for key, choice in mine.items() if choice == "mine")


def test_the_same_answer_is_nothing_to_ask(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    page = read(monas.get(url))
    change(cleos_home, ada, city="Dublin", tags=["VIP", "Early"], trash_days=["Monday"])
    answer = send(
        monas, url, page, city="Dublin", tags="VIP, Early", trash_days="Monday", street="1 Elm"
    )
    assert answer.status_code == 302
    assert cleos_home.changes.filter(key="city").count() == 1
    assert fresh(cleos_home).street == "1 Elm"


def test_a_mistake_in_between_keeps_the_version_that_was_seen(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    """Opened, saved by the other, sent with a mistake, mended: still asked."""
    page = read(monas.get(url))
    change(cleos_home, ada, city="Dublin")
    wrong = send(monas, url, page, email="abc", city="Powell")
    assert wrong.status_code == 422
    answer = send(monas, url, read(wrong), email="abc@example.com")
    assert answer.status_code == 409
    assert list(asked(read(answer))) == ["city"]


def test_a_mistake_after_the_decision_keeps_the_decision(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    page = read(monas.get(url))
    change(cleos_home, ada, city="Dublin", street="1 Elm Street")
    told = read(send(monas, url, page, city="Powell", street="9 Oak Street"))
    wrong = send(monas, url, told, keep_city="theirs", keep_street="mine", email="abc")
    assert wrong.status_code == 422
    answer = send(monas, url, read(wrong), email="abc@example.com")
    assert answer.status_code == 302
    home = fresh(cleos_home)
    assert (home.city, home.street) == ("Dublin", "9 Oak Street")


def test_a_third_save_is_asked_about_again(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    """Three-way: while one decides, somebody changes the same field once more."""
    page = read(monas.get(url))
    change(cleos_home, ada, city="Dublin")
    told = read(send(monas, url, page, city="Powell"))
    change(cleos_home, None, city="Hilliard")
    again = send(monas, url, told, keep_city="mine")
    assert again.status_code == 409
    assert asked(read(again)) == {"city": ["Import: Hilliard", "Yours: Powell *", "Before: Dublin"]}
    assert fresh(cleos_home).city == "Hilliard"
    assert send(monas, url, read(again), keep_city="mine").status_code == 302
    assert fresh(cleos_home).city == "Powell"


def test_a_secret_is_asked_about_without_any_code(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    change(cleos_home, ada, door_code="1111")
    page = read(monas.get(url))
    change(cleos_home, ada, door_code="theircode")
    answer = send(monas, url, page, door_code="mycode", city="Powell")
    told = read(answer)
    assert asked(told) == {"door_code": ["Ada Admin: a new code", "Yours: the code you typed *"]}
    assert "theircode" not in answer.content.decode()
    assert sent_by(told)["door_code"] == ["mycode"]
    assert send(monas, url, told, keep_door_code="theirs").status_code == 302
    home = fresh(cleos_home)
    assert (key_ring().unseal(home.door_code), home.city) == ("theircode", "Powell")
    told = read(send(monas, url, page, door_code="mycode", city="Powell"))
    assert send(monas, url, told).status_code == 302
    assert key_ring().unseal(fresh(cleos_home).door_code) == "mycode"


def test_a_secret_that_one_did_not_touch_is_not_asked_about(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    page = read(monas.get(url))
    change(cleos_home, ada, door_code="theircode")
    assert send(monas, url, page, city="Powell").status_code == 302
    assert key_ring().unseal(fresh(cleos_home).door_code) == "theircode"


def test_what_the_reader_may_not_edit_is_not_asked_about(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client, url: str
) -> None:
    """A client is neither told of office notes nor of the sitter the office has set."""
    browser = signed_in(cleo)
    page = read(browser.get(url))
    change(cleos_home, ada, office_notes="pays late", tags=["VIP"], status="Active")
    answer = send(browser, url, page, city="Powell")
    assert answer.status_code == 302
    home = fresh(cleos_home)
    assert (home.city, home.office_notes, home.field_text("tags")) == ("Powell", "pays late", "VIP")


def test_links_and_many_values_are_told_in_names(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    zoe, bob = make_user(Role.SITTER, "Zoe Zander"), make_user(Role.SITTER, "Bob Baker")
    vet = Vet.objects.create(name="Dr. Wu")
    change(cleos_home, ada, blocked_sitters=[zoe], tags=["b", "a"])
    page = read(monas.get(url))
    change(
        cleos_home, ada, blocked_sitters=[zoe, bob], tags=["c", "a"], vet=vet, uses_keys=False,
        secondary_sitter=make_user(Role.SITTER, "Sue Second"),
    )  # fmt: skip
    answer = send(monas, url, page, vet="new", new_vet_name="Dr. New", tags="b, z", uses_keys="yes")
    assert asked(read(answer)) == {
        "uses_keys": ["Ada Admin: No *", "Yours: Yes", "Before: Yes"],
        "vet": ["Ada Admin: Dr. Wu", "Yours: Dr. New *", "Before: empty"],
        "secondary_sitter": ["Ada Admin: Sue Second *", "Yours: empty", "Before: empty"],
        "blocked_sitters": [
            "Ada Admin: Bob Baker, Zoe Zander *", "Yours: Zoe Zander", "Before: Zoe Zander",
        ],
        "tags": ["Ada Admin: a, c", "Yours: b, z *", "Before: a, b"],
    }  # fmt: skip
    assert Vet.objects.count() == 1
    send(monas, url, read(answer), keep_vet="theirs")
    home = fresh(cleos_home)
    assert (home.vet, Vet.objects.count(), home.field_text("tags")) == (vet, 1, "b, z")


def test_two_sitters_of_one_name_are_two_people(
    monas: Browser, ada: User, cleos_home: Client, url: str
) -> None:
    first, second = make_user(Role.SITTER, "Sue Smith"), make_user(Role.SITTER, "Sue Smith")
    page = read(monas.get(url))
    change(cleos_home, ada, secondary_sitter=first)
    answer = send(monas, url, page, secondary_sitter=second.pk)
    assert (answer.status_code, list(asked(read(answer)))) == (409, ["secondary_sitter"])
    assert fresh(cleos_home).secondary_sitter == first


def test_two_people_edit_a_pet(monas: Browser, ada: User, rex: Pet) -> None:
    url = f"/pets/{rex.pk}/edit/"
    page = read(monas.get(url))
    change_pet(rex, ada, name="Rexie", medication="insulin")
    answer = send(monas, url, page, name="Maxie", born_year="2019", born_month="4", feeding="twice")
    told = read(answer)
    assert (answer.status_code, asked(told)) == (409, {
        "name": ["Ada Admin: Rexie", "Yours: Maxie *", "Before: Rex"],
        "medication": ["Ada Admin: insulin *", "Yours: empty", "Before: empty"],
    })  # fmt: skip
    assert send(monas, url, told, keep_name="theirs").status_code == 302
    pet = Pet.objects.get(pk=rex.pk)
    assert (pet.name, pet.medication, pet.born.text(), pet.feeding) == (
        "Rexie", "insulin", "Apr 2019", "twice",
    )  # fmt: skip


def test_the_page_that_asks_about_a_pet_still_has_owner_and_photos(
    monas: Browser, ada: User, rex: Pet
) -> None:
    photo = make_photo(rex.client)
    url = f"/pets/{rex.pk}/edit/"
    page = read(monas.get(url))
    change_pet(rex, ada, name="Rexie")
    told = read(send(monas, url, page, name="Maxie", photo_choice=photo.pk))
    assert told.one("p", cls="owner-now").text == "Carter, Cleo"
    choices = [node.attrs["value"] for node in told.all("input", name="photo_choice")]
    assert choices == ["none", str(photo.pk)]
    assert told.all("datalist", id="breeds")[0].all("option") != []


def test_a_photo_that_the_other_chose_is_not_taken_away_unseen(
    monas: Browser, ada: User, rex: Pet
) -> None:
    """Two photos of one day read alike; still they are two."""
    first, second = make_photo(rex.client), make_photo(rex.client, "blue")
    change_pet(rex, ada, photo=first)
    url = f"/pets/{rex.pk}/edit/"
    page = read(monas.get(url))
    change_pet(rex, ada, photo=second)
    answer = send(monas, url, page, feeding="twice")
    assert (answer.status_code, list(asked(read(answer)))) == (409, ["photo"])
    assert Pet.objects.get(pk=rex.pk).photo == second
    send(monas, url, read(answer), keep_photo="theirs")
    pet = Pet.objects.get(pk=rex.pk)
    assert (pet.photo, pet.feeding) == (second, "twice")


def test_a_record_deleted_meanwhile_is_not_found(
    monas: Browser, cleos_home: Client, url: str
) -> None:
    page = read(monas.get(url))
    fresh(cleos_home).delete()
    assert send(monas, url, page, city="Powell").status_code == 404


def test_a_client_made_inactive_or_hidden_meanwhile_is_not_found_by_a_sitter(
    signed_in: SignIn, sam: User, ada: User, cleos_home: Client, url: str
) -> None:
    """The right to save is looked at when saving, not when opening."""
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
    browser = signed_in(sam)
    page = read(browser.get(url))
    change(cleos_home, ada, primary_sitter=None)
    assert send(browser, url, page, city="Powell").status_code == 404
    assert fresh(cleos_home).city == "Columbus"


@pytest.mark.parametrize("version", ["abc", "1.5", "\0", "x" * 5000])
def test_a_version_that_is_no_number_is_said(
    monas: Browser, cleos_home: Client, url: str, version: str
) -> None:
    answer = monas.post(url, {"version": version, "city": "Powell"})
    assert answer.status_code == 422
    assert len(problems(read(answer))) == 1
    assert fresh(cleos_home).city == "Columbus"


@pytest.mark.parametrize("version", ["99999999999999999999", "-99999999999999999999", "-1", "0"])
def test_a_version_that_never_was_is_no_crash(
    monas: Browser, cleos_home: Client, url: str, version: str
) -> None:
    assert monas.post(url, {"version": version, "city": "Powell"}).status_code in (302, 409)


def test_clients_do_not_read_who_of_the_staff_it_was(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client, url: str
) -> None:
    browser = signed_in(cleo)
    page = read(browser.get(url))
    change(cleos_home, ada, city="Dublin")
    for has_names, who in ((False, "Office"), (True, "Ada Admin")):
        SiteOptions.objects.update(has_staff_names_for_clients=has_names)
        answer = send(browser, url, page, street="1 Elm Street")
        assert asked(read(answer))["city"][0] == f"{who}: Dublin *"
