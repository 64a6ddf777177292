"""A company's own fields, one of every kind, through the forms of client and pet."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image

from pawfile.accounts.models import User
from pawfile.fields.registry import Kind
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import Secret
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.resources.models import Territory, Vet
from tests.fields.custom import make_every_kind, make_field
from tests.profiles.pages import facts, fill_in, problems, read

SignIn = Callable[[User], Browser]
BOTH = pytest.mark.parametrize("subject", ["client", "pet"])


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def homes(rex: Pet) -> dict[str, str]:
    """Subject → the address of Cleo's or Rex's page."""
    return {"client": f"/clients/{rex.client_id}/", "pet": f"/pets/{rex.pk}/"}


def record(subject: str) -> Client | Pet:
    return Client.objects.get() if subject == "client" else Pet.objects.get()


def upload(name: str = "front.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (8, 8), "peru").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue() if data is None else data, "image/jpeg")


@pytest.fixture
def answers(sam: User, db: None) -> dict[Kind, tuple[Any, Any, str]]:
    """Kind → (what is typed, what is stored, what the page says)."""
    vet = Vet.objects.create(name="Dr. Wu")
    north = Territory.objects.create(name="North")
    return {
        Kind.TEXT: (" the <old> mill ", " the <old> mill ", "the <old> mill"),
        Kind.LONG_TEXT: ("one\r\ntwo", "one\ntwo", "one two"),
        Kind.YES_NO: ("no", False, "No"),
        Kind.NUMBER: ("12,50", "12.50", "12.50"),
        Kind.DATE: ("2026-04-12", "2026-04-12", "12 Apr 2026"),
        Kind.CHOICE: ("c2", "c2", "Green"),
        Kind.CHOICES: (["c3", "c1"], ["c1", "c3"], "Red, Blue"),
        Kind.EMAIL: ("a@example.com", "a@example.com", "a@example.com"),
        Kind.EMAILS: ("a@x.org; b@x.org", ["a@x.org", "b@x.org"], "a@x.org, b@x.org"),
        Kind.PHONE: ("(614) 555-0199", "(614) 555-0199", "(614) 555-0199"),
        Kind.VET: (vet.pk, vet.pk, "Dr. Wu"),
        Kind.SITTER: (sam.pk, sam.pk, "Sam Sitter"),
        Kind.TERRITORY: (north.pk, north.pk, "North"),
    }


@BOTH
def test_every_kind_is_asked_stored_and_shown(
    office: Browser, homes: dict[str, str], subject: str, answers: dict[Kind, Any]
) -> None:
    keys, url = make_every_kind(subject), homes[subject]
    typed = {keys[kind]: answer[0] for kind, answer in answers.items()}
    typed |= {keys[Kind.SECRET]: "4711#", keys[Kind.PHOTO]: upload()}
    assert fill_in(office, f"{url}edit/", **typed).status_code == 302
    stored = dict(record(subject).custom)
    sealed, photo = stored.pop(keys[Kind.SECRET]), stored.pop(keys[Kind.PHOTO])
    assert stored == {keys[kind]: answer[1] for kind, answer in answers.items()}
    assert key_ring().unseal(Secret(sealed)) == "4711#"
    assert Photo.objects.get(pk=photo).field == f"{subject}.{keys[Kind.PHOTO]}"
    said = facts(read(office.get(url)))
    wanted = {f"Own {kind}": answer[2] for kind, answer in answers.items()}
    wanted |= {
        f"Own {Kind.SECRET}": f"••••••Saved and sealedReveal Own {Kind.SECRET}",
        f"Own {Kind.PHOTO}": "",
    }
    assert {label: text for label, text in said.items() if label.startswith("Own ")} == wanted


@BOTH
def test_saving_without_a_touch_writes_nothing(
    office: Browser, homes: dict[str, str], subject: str, answers: dict[Kind, Any]
) -> None:
    keys, url = make_every_kind(subject), f"{homes[subject]}edit/"
    typed = {keys[kind]: answer[0] for kind, answer in answers.items()}
    fill_in(office, url, **typed, **{keys[Kind.SECRET]: "1", keys[Kind.PHOTO]: upload()})
    before = record(subject)
    changes = before.changes.count()
    assert fill_in(office, url).status_code == 302
    after = record(subject)
    assert (after.custom, after.version) == (before.custom, before.version)
    assert after.changes.count() == changes


@BOTH
def test_a_new_record_has_its_answers_at_once(
    office: Browser, cleos_home: Client, subject: str, answers: dict[Kind, Any]
) -> None:
    """And creating is no change: there is no history, photo and secret included."""
    keys = make_every_kind(subject)
    names: dict[str, dict[str, Any]] = {"client": {"first_name": "Nina", "last_name": "New"},
             "pet": {"client": cleos_home.pk, "name": "Tom", "animal": "Cat"}}  # fmt: skip
    typed = {keys[kind]: answer[0] for kind, answer in answers.items()}
    typed |= {keys[Kind.SECRET]: "4711#", keys[Kind.PHOTO]: upload()}
    assert office.post(f"/{subject}s/new/", {**names[subject], **typed}).status_code == 302
    made = Client.objects.latest("pk") if subject == "client" else Pet.objects.get()
    assert set(made.custom) == set(keys.values())
    assert made.changes.count() == 0


@BOTH
def test_a_blank_takes_the_stored_answer_away(
    office: Browser, homes: dict[str, str], subject: str, answers: dict[Kind, Any]
) -> None:
    keys, url = make_every_kind(subject), f"{homes[subject]}edit/"
    typed = {keys[kind]: answer[0] for kind, answer in answers.items()}
    fill_in(office, url, **typed, **{keys[Kind.SECRET]: "1", keys[Kind.PHOTO]: upload()})
    blanks: dict[str, Any] = dict.fromkeys(keys.values(), "")
    blanks[keys[Kind.CHOICES]] = []
    blanks |= {f"{keys[kind]}_clear": "on" for kind in (Kind.SECRET, Kind.PHOTO)}
    assert fill_in(office, url, **blanks).status_code == 302
    assert record(subject).custom == {}


LONG = "Ensure this value has at most {} characters (it has {})."
NO_NUMBER = "“{}” is no number. Write it like 12 or 12.5."
BAD = [
    (Kind.TEXT, "x" * 501, LONG.format(500, 501)),
    (Kind.LONG_TEXT, "x" * 20_001, LONG.format("20000", 20001)),
    (Kind.YES_NO, "maybe", "Say yes or no."),
    (Kind.NUMBER, "abc", NO_NUMBER.format("abc")),
    (Kind.NUMBER, "NaN", NO_NUMBER.format("NaN")),
    (Kind.NUMBER, "-Infinity", NO_NUMBER.format("-Infinity")),
    (Kind.NUMBER, "12 cups", NO_NUMBER.format("12 cups")),
    (Kind.NUMBER, "9" * 40, "A number has at most 30 digits."),
    (Kind.NUMBER, "1e400", "A number has at most 30 digits."),
    (Kind.DATE, "31.2.2026", "Write a day like 2026-04-12."),
    (Kind.DATE, "2026-02-31", "Write a day like 2026-04-12."),
    (Kind.CHOICE, "c9", "Select a valid choice. c9 is not one of the available choices."),
    (Kind.CHOICE, "Green", "Select a valid choice. Green is not one of the available choices."),
    (Kind.CHOICES, "c9", "Select a valid choice. c9 is not one of the available choices."),
    (Kind.EMAIL, "a@b@c.de", "“a@b@c.de” is not an e-mail address."),
    (Kind.EMAILS, "a@x.org, abc", "“abc” is not an e-mail address."),
    (Kind.PHONE, "1" * 501, LONG.format(500, 501)),
    (Kind.SECRET, "1" * 501, LONG.format(500, 501)),
    (Kind.VET, "999", "Select a valid choice. 999 is not one of the available choices."),
    (Kind.SITTER, "999",
     "Select a valid choice. That choice is not one of the available choices."),
    (Kind.TERRITORY, "x",
     "Select a valid choice. That choice is not one of the available choices."),
]  # fmt: skip
#: Kinds that one chooses from: there is no typed text to keep.
CHOSEN = {Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.VET, Kind.SITTER, Kind.TERRITORY}


@BOTH
@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_said_at_the_field_and_kept(
    office: Browser, homes: dict[str, str], subject: str, bad: tuple[Kind, str, str]
) -> None:
    kind, typed, message = bad
    key = make_field(subject, "Own field", kind).key
    answer = fill_in(office, f"{homes[subject]}edit/", **{key: typed})
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, [f"Own field: {message}"])
    assert page.one("div", cls="form-errors").one("a").attrs["href"] == f"#id_{key}"
    assert message in page.one(data_field=key).text
    if kind not in CHOSEN:
        control = next(node for node in page.walk() if node.attrs.get("name") == key)
        assert control.attrs.get("value", control.raw.removeprefix("\n")) == typed
    assert record(subject).custom == {}


@BOTH
def test_a_file_that_is_no_picture_is_refused_by_name(
    office: Browser, homes: dict[str, str], subject: str
) -> None:
    key = make_field(subject, "Front door", Kind.PHOTO).key
    forged = upload("door.jpg", b"MZ\x90 not a picture at all")
    answer = fill_in(office, f"{homes[subject]}edit/", **{key: forged})
    (problem,) = problems(read(answer))
    assert (answer.status_code, problem.startswith("Front door: ")) == (422, True)
    assert "door.jpg" in problem
    assert (record(subject).custom, Photo.objects.count()) == ({}, 0)


def test_a_phone_that_is_none_is_kept_and_said(office: Browser, homes: dict[str, str]) -> None:
    key = make_field("client", "Neighbor's phone", Kind.PHONE).key
    page = read(office.post(f"{homes['client']}edit/", {key: "614 555"}, follow=True))
    assert Client.objects.get().custom == {key: "614 555"}
    toasts = [node.text for node in page.all("div", cls="toast")]
    assert (
        toasts[1] == "Neighbor's phone: “614 555” is no whole phone number. It was saved as typed."
    )


@BOTH
def test_history_is_told_in_words(
    office: Browser, homes: dict[str, str], subject: str, answers: dict[Kind, Any]
) -> None:
    """Names and labels, never ids or stored values; of a secret only that it changed."""
    keys, url = make_every_kind(subject), homes[subject]
    for kind, (typed, _stored, _shown) in answers.items():
        fill_in(office, f"{url}edit/", **{keys[kind]: typed})
    fill_in(office, f"{url}edit/", **{keys[Kind.CHOICE]: "c1", keys[Kind.SECRET]: "4711#"})
    fill_in(office, f"{url}edit/", **{keys[Kind.CHOICE]: ""})

    def told(kind: Kind) -> list[tuple[str, str]]:
        page = read(office.get(f"{url}changes/{keys[kind]}/"))
        lines = page.one("main").all("p", cls="change")
        return [(line.one("del").text, line.one("ins").text) for line in lines]

    assert told(Kind.CHOICE) == [("Red", "–"), ("Green", "Red"), ("–", "Green")]
    skipped = {Kind.CHOICE, Kind.TEXT, Kind.LONG_TEXT}
    assert {kind: told(kind) for kind in answers if kind not in skipped} == {
        kind: [("–", answer[2])] for kind, answer in answers.items() if kind not in skipped
    }
    assert told(Kind.SECRET) == []
    page = read(office.get(f"{url}changes/{keys[Kind.SECRET]}/")).one("main").text
    assert "Changed. The code itself is not kept here." in page
    assert "4711" not in page


def test_a_new_vet_can_be_typed_into_an_own_field(office: Browser, homes: dict[str, str]) -> None:
    key = make_field("client", "Emergency clinic", Kind.VET).key
    typed = {key: "new", f"new_{key}_name": "Night Clinic", f"new_{key}_phone": "614-555-0111"}
    assert fill_in(office, f"{homes['client']}edit/", **typed).status_code == 302
    vet = Vet.objects.get()
    assert (vet.name, Client.objects.get().custom) == ("Night Clinic", {key: vet.pk})
    answer = fill_in(office, f"{homes['client']}edit/", **{key: "new"})
    assert problems(read(answer)) == ["Emergency clinic: Say the new vet's name."]
