"""Bad input (PRODUCT §13): the field is named, what was typed stays, nothing is half saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange, Photo, Tag
from pawfile.resources.models import Vet
from tests.access.home import make_photo
from tests.factories import make_user
from tests.profiles.pages import fill_in, problems, read, send, sent_by

SignIn = Callable[[User], Browser]
TEXT_KINDS = (Kind.TEXT, Kind.PHONE, Kind.SECRET)
LINES = [("client", f) for f in CLIENT.fields.values() if f.kind in TEXT_KINDS]
LINES += [("pet", f) for f in PET.fields.values() if f.kind in TEXT_KINDS]
LONG = [("client", f) for f in CLIENT.fields.values() if f.kind == Kind.LONG_TEXT]
LONG += [("pet", f) for f in PET.fields.values() if f.kind == Kind.LONG_TEXT]


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


@pytest.fixture
def urls(cleos_home: Client, rex: Pet) -> dict[str, str]:
    return {"client": f"/clients/{cleos_home.pk}/edit/", "pet": f"/pets/{rex.pk}/edit/"}


def counts() -> list[Any]:
    """Everything a half save could leave behind."""
    models = (Client, Pet, ClientChange, PetChange, Photo, Tag, Vet, User)
    rows = [list(model.objects.values()) for model in (Client, Pet)]
    return [*(model._default_manager.count() for model in models), *rows]


def refused(browser: Browser, url: str, **typed: Any) -> list[str]:
    """Send what must be refused: nothing is saved, the box on top says these lines."""
    before = counts()
    answer = browser.post(url, {"version": "1", **typed})
    assert (answer.status_code, counts()) == (422, before)
    page = read(answer)
    kept = {key: values[0] for key, values in sent_by(page).items()}
    chosen = {node.attrs["name"] for node in page.all("select")}  # has no place for what is none
    expected = {key: str(value) for key, value in typed.items() if key in kept.keys() - chosen}
    assert {key: kept[key] for key in expected} == expected
    assert len(page.all("form", data_guard="dirty")) == 1
    return problems(page)


def test_over_long_lines_are_all_named_at_once(adas: Browser, urls: dict[str, str]) -> None:
    """501 characters in each field of one line; 500 are taken."""
    for subject in ("client", "pet"):
        fields = [field for kind, field in LINES if kind == subject]
        lines = refused(adas, urls[subject], **{field.key: "x" * 501 for field in fields})
        said = "Ensure this value has at most 500 characters (it has 501)."
        assert lines == [f"{field.label}: {said}" for field in fields]
        full = {field.key: "é" * 500 for field in fields}
        assert adas.post(urls[subject], full).status_code == 302


def test_over_long_paragraphs_are_all_named_at_once(adas: Browser, urls: dict[str, str]) -> None:
    for subject in ("client", "pet"):
        fields = [field for kind, field in LONG if kind == subject]
        shown = [f for f in fields if not f.shown_when]
        lines = refused(adas, urls[subject], **{field.key: "x" * 20_001 for field in shown})
        assert [line.partition(":")[0] for line in lines] == [str(field.label) for field in shown]
        key = shown[0].key
        assert adas.post(urls[subject], {key: "é" * 20_000}).status_code == 302


NONE_OF = "Select a valid choice. That choice is not one of the available choices."


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ({"first_name": ""}, ["First name: Fill this in."]),
        (
            {"first_name": "   ", "last_name": "\t"},
            ["First name: Fill this in.", "Last name: Fill this in."],
        ),
        (
            {"status": "Dormant"},
            ["Status: Select a valid choice. Dormant is not one of the available choices."],
        ),
        ({"uses_keys": "maybe"}, ["Uses keys: Say yes or no."]),
        (
            {"email": "x@" + "y" * 260 + ".com"},
            ["E-mail: Ensure this value has at most 254 characters (it has 266)."],
        ),
        ({"primary_sitter": "x"}, [f"Primary sitter: {NONE_OF}"]),
        ({"primary_sitter": "99999999999999999999"}, [f"Primary sitter: {NONE_OF}"]),
        ({"territory": "987654"}, [f"Territory: {NONE_OF}"]),
        (
            {"vet": "987654"},
            ["Vet: Select a valid choice. 987654 is not one of the available choices."],
        ),
        ({"vet": "new"}, ["Vet: Say the new vet's name."]),
        ({"vet": "new", "new_vet_name": "  "}, ["Vet: Say the new vet's name."]),
    ],
)
def test_wrong_answers_of_a_client_are_named(
    adas: Browser, urls: dict[str, str], typed: dict[str, str], lines: list[str]
) -> None:
    assert refused(adas, urls["client"], street="kept", **typed) == lines


@pytest.mark.parametrize(
    ("born", "line"),
    [
        (("", "", "12"), "Born: A day needs a month too."),
        (("", "4", ""), "Born: A month needs a year too."),
        (("2019", "4", "31"), "Born: April 2019 has no day 31."),
        (("2019", "2", "29"), "Born: February 2019 has no day 29."),
        (("2999", "", ""), "Born: 2999 has not begun yet."),
        (("19", "", ""), "Born: The year has four digits and is not before 1900."),
        (("2019", "13", ""), "Born: A month is a number from 1 to 12."),
        (("2019", "0", ""), "Born: A month is a number from 1 to 12."),
        (("2019", "4", "0"), "Born: April 2019 has no day 0."),
        (("last year", "", ""), "Born: A year is a number such as 2019."),
        (("٢٠١٩", "", ""), "Born: A year is a number such as 2019."),
        (("-5", "", ""), "Born: A year is a number such as 2019."),
        (("2" * 10, "", ""), "Born: A year is a number such as 2019."),
    ],
)
def test_impossible_days_are_named(
    adas: Browser, urls: dict[str, str], born: tuple[str, str, str], line: str
) -> None:
    """Rule 33, and PRODUCT §3."""
    year, month, day = born
    typed = {"born_year": year, "born_day": day, "name": "Rexie"}
    before = counts()
    answer = adas.post(urls["pet"], {**typed, "born_month": month})
    assert (answer.status_code, counts()) == (422, before)
    assert problems(read(answer)) == [line]
    kept = sent_by(read(answer))
    assert {key: kept[key][0] for key in typed} == typed


@pytest.mark.parametrize(
    "typed",
    [
        {"animal": "Dragon"}, {"animal": ""}, {"name": " "}, {"sex": "x"}, {"client": ""},
        {"client": "x"}, {"client": "987654"}, {"pet_vet": "x"}, {"photo_choice": "987654"},
        {"photo_choice": "x"}, {"spayed_neutered": "2"}, {"active": "perhaps"},
    ],
)  # fmt: skip
def test_wrong_answers_of_a_pet_are_named(
    adas: Browser, urls: dict[str, str], typed: dict[str, str]
) -> None:
    before = counts()
    answer = adas.post(urls["pet"], {"breed": "kept", **typed})
    assert (answer.status_code, counts()) == (422, before)
    page = read(answer)
    assert len(problems(page)) == 1
    assert sent_by(page)["breed"] == ["kept"]


@pytest.mark.parametrize("key", ["primary_sitter", "secondary_sitter", "blocked_sitters"])
def test_only_active_sitters_can_be_chosen(
    adas: Browser, urls: dict[str, str], mona: User, cleo: User, key: str
) -> None:
    gone = make_user(Role.SITTER, "Gus Gone", is_active=False)
    for person in (gone, mona, cleo):
        assert len(refused(adas, urls["client"], **{key: str(person.pk)})) == 1


def test_each_line_of_the_box_leads_to_its_field(adas: Browser, urls: dict[str, str]) -> None:
    wrong = {
        "client": {
            "first_name": "", "email": "x", "uses_keys": "2", "trash_days": "x", "vet": "new",
            "blocked_sitters": "x", "status": "x", "house_notes": "x" * 20_001, "tags": "x" * 101,
        },
        "pet": {"client": "", "animal": "", "born_year": "x", "sex": "x", "photo": "x"},
    }  # fmt: skip
    for subject, typed in wrong.items():
        page = read(adas.post(urls[subject], typed))
        jumps = [link.attrs["href"] for link in page.one("div", cls="form-errors").all("a")]
        assert len(jumps) == len(typed) - (subject == "pet")
        assert [jump for jump in jumps if not page.all(id=jump.removeprefix("#"))] == []


def test_a_blocked_sitter_cannot_be_the_clients_sitter(
    adas: Browser, urls: dict[str, str], sam: User, stan: User, cleos_home: Client
) -> None:
    """Rule 20 and PRODUCT §8: any way around the block is refused."""
    lines = refused(adas, urls["client"], blocked_sitters=sam.pk)
    assert lines == ["Primary sitter: Sam Sitter is blocked for this client."]
    both = {"secondary_sitter": str(stan.pk), "blocked_sitters": str(stan.pk)}
    assert refused(adas, urls["client"], **both) == [
        "Secondary sitter: Stan Stranger is blocked for this client."
    ]
    assert refused(adas, urls["client"], secondary_sitter=sam.pk) == [
        "Secondary sitter: Sam Sitter is the primary sitter already."
    ]


def test_a_reader_who_may_not_see_the_block_is_not_told_of_it(
    signed_in: SignIn, cleo: User, stan: User, cleos_home: Client, urls: dict[str, str]
) -> None:
    cleos_home.blocked_sitters.add(stan)
    FieldRule.objects.create(subject="client", key="primary_sitter", client=Access.SHOW)
    answer = signed_in(cleo).post(urls["client"], {"primary_sitter": stan.pk})
    assert answer.status_code == 422
    assert "block" not in answer.content.decode().lower()


def test_whom_the_client_blocks_does_not_stop_other_edits(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client, urls: dict[str, str]
) -> None:
    """An import may have brought a sitter who is also blocked; the client can still save."""
    cleos_home.blocked_sitters.add(sam)
    answer = fill_in(signed_in(cleo), urls["client"], street="1 Elm Street")
    assert answer.status_code == 302


def test_another_clients_records_cannot_be_put_into_a_form(
    signed_in: SignIn, cleo: User, rex: Pet, carls_home: Client, urls: dict[str, str]
) -> None:
    """Owner and photo: what a client does not see, a client cannot choose."""
    browser, photo = signed_in(cleo), make_photo(carls_home)
    before = counts()
    for typed in ({"client": carls_home.pk}, {"photo_choice": photo.pk}):
        answer = browser.post(urls["pet"], typed)
        assert (answer.status_code, counts()) == (422, before)
        assert len(problems(read(answer))) == 1
        assert "Cooper" not in answer.content.decode()
    new = {"name": "Fido", "animal": "Dog", "client": carls_home.pk}
    assert browser.post("/pets/new/", new).status_code == 422
    assert browser.get(f"/pets/new/?client={carls_home.pk}").status_code == 404
    assert browser.post(f"/pets/new/?client={carls_home.pk}", new).status_code == 404
    assert counts() == before


def test_a_photo_of_another_home_does_not_come_along_with_a_pet(
    adas: Browser, rex: Pet, carls_home: Client, urls: dict[str, str]
) -> None:
    photo = make_photo(rex.client)
    assert adas.post(urls["pet"], {"photo_choice": photo.pk}).status_code == 302
    assert adas.post(urls["pet"], {"client": carls_home.pk}).status_code == 302
    pet = Pet.objects.get(pk=rex.pk)
    assert (pet.client, pet.photo) == (carls_home, None)
    answer = adas.post(urls["pet"], {"photo_choice": photo.pk})
    assert problems(read(answer)) == ["Photo: Select one of this client's photos."]


def test_the_same_field_twice_is_taken_once(adas: Browser, urls: dict[str, str]) -> None:
    body = "street=first&street=second&status=Active&status=Inactive"
    answer = adas.post(urls["client"], body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert (Client.objects.get().street, Client.objects.get().status) == ("second", "Inactive")


def test_a_new_vet_is_not_left_behind_by_a_mistake(adas: Browser, urls: dict[str, str]) -> None:
    typed = {"vet": "new", "new_vet_name": "Dr. Wu", "new_vet_phone": "614", "email": "abc"}
    page = read(fill_in(adas, urls["client"], tags="Fresh", **typed))
    assert (Vet.objects.count(), Tag.objects.count()) == (0, 0)
    assert send(adas, urls["client"], page, email="").status_code == 302
    assert [vet.name for vet in Vet.objects.all()] == ["Dr. Wu"]
