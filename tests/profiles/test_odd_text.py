"""Odd text (PRODUCT §13): characters come back as they were, markup is text, no crash."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Kind
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange
from tests.profiles.pages import problems, read

SignIn = Callable[[User], Browser]
TEXT_KINDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.PHONE, Kind.SECRET)


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


@pytest.fixture
def urls(cleos_home: Client, rex: Pet) -> dict[str, str]:
    return {"client": f"/clients/{cleos_home.pk}/edit/", "pet": f"/pets/{rex.pk}/edit/"}


def counts() -> list[Any]:
    rows = [list(model.objects.values()) for model in (Client, Pet)]
    return [ClientChange.objects.count(), PetChange.objects.count(), *rows]


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud83d"])
def test_half_characters_and_nul_are_refused_or_mended(
    adas: Browser, urls: dict[str, str], text: str
) -> None:
    """NUL is named; bytes that are no text arrive as the sign for an unreadable character."""
    body = f"street={quote(text.encode('utf-8', 'surrogatepass'))}&house_notes=kept"
    answer = adas.post(urls["client"], body, content_type="application/x-www-form-urlencoded")
    if "\0" in text:
        assert answer.status_code == 422
        assert problems(read(answer)) == ["Street: Null characters are not allowed."]
        assert Client.objects.get().street == "12 Maple Street"
    else:
        assert answer.status_code == 302
        assert set(Client.objects.get().street) == {"\ufffd"}


@pytest.mark.parametrize(
    "text",
    [
        "🐕‍🦺 𠜎𠜱 👩🏽‍🚒",
        "\x01\x07\x1b[31m\x7f\x85", "\u202eevil\u202c \u200b\ufeff", "a\u0301\u0327" * 20,
        "عربى עברית 漢字", "￾￿ \ufffe",
    ],
)  # fmt: skip
def test_odd_characters_come_back_as_they_were(
    adas: Browser, urls: dict[str, str], text: str
) -> None:
    typed = {"street": text, "house_notes": text, "first_name": text or "x"}
    assert adas.post(urls["client"], typed).status_code == 302
    home = Client.objects.get()
    assert (home.street, home.house_notes, home.first_name) == (text,) * 3
    page = read(adas.get(urls["client"]))
    assert page.one("input", name="street").attrs["value"] == text
    for url in ("/clients/", f"/clients/{home.pk}/", "/clients/picker/", "/pets/", "/"):
        assert adas.get(url).status_code == 200
        assert adas.get(url, {"q": text}).status_code == 200


def test_bytes_in_no_encoding_are_no_crash(adas: Browser, urls: dict[str, str]) -> None:
    body = b"street=\xff\xfe\xed\xa0\x80%FF%ED%A0%80&first_name=%C0%AF"
    answer = adas.post(urls["client"], body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert adas.get(f"/clients/{Client.objects.get().pk}/").status_code == 200


MARKUP = "<script>alert(1)</script><b>\"'&lt;{{ 7|add:7 }}{% now %}${1}"


def test_markup_is_shown_as_text_on_every_page(
    adas: Browser, urls: dict[str, str], cleos_home: Client, rex: Pet
) -> None:
    client, pet = (
        {field.key: MARKUP for field in subject.fields.values() if field.kind in TEXT_KINDS}
        for subject in (CLIENT, PET)
    )
    extra = {"has_alarm": "yes", "tags": MARKUP[:80].replace(",", ""), "vet": "new"}
    adas.post(urls["client"], {**client, **extra, "new_vet_name": MARKUP})
    adas.post(urls["pet"], pet)
    adas.post(urls["client"], {"street": "9 <i>Elm</i>"})
    rule = {"label": MARKUP, "help": MARKUP}
    FieldRule.objects.create(subject="client", key="city", **rule)
    FieldRule.objects.create(subject="pet", key="breed", **rule)
    pages = [
        "/", "/clients/", "/clients/picker/", "/clients/picker/?for=form", "/pets/", "/vets/",
        f"/clients/{cleos_home.pk}/", f"/clients/{cleos_home.pk}/row/", urls["client"],
        f"/clients/{cleos_home.pk}/changes/street/", f"/clients/{cleos_home.pk}/changes/city/",
        f"/clients/{cleos_home.pk}/delete/", f"/pets/{rex.pk}/", urls["pet"],
        f"/pets/{rex.pk}/delete/", f"/pets/new/?client={cleos_home.pk}",
        f"/clients/?q={MARKUP[:40]}", f"/pets/?q={MARKUP[:40]}", f"/pets/?animal={MARKUP[:40]}",
    ]  # fmt: skip
    told = 0
    for url in pages:
        answer = adas.get(url)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert [
            part for part in ("<script>alert", '<b>"', "<i>Elm", "14${1}") if part in page
        ] == []
        told += page.count("&lt;script&gt;alert(1)")
    assert told > 100


def test_markup_that_is_refused_is_text_too(adas: Browser, urls: dict[str, str]) -> None:
    typed = {"email": MARKUP, "alternate_emails": MARKUP, "status": MARKUP, "vet": MARKUP}
    answer = adas.post(urls["client"], typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_ten_thousand_fields_are_refused(adas: Browser, urls: dict[str, str]) -> None:
    before = counts()
    body = "street=x&" + "&".join(f"f{number}=1" for number in range(10_000))
    answer = adas.post(urls["client"], body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, counts()) == (400, before)


def test_megabytes_of_text_are_refused(adas: Browser, urls: dict[str, str]) -> None:
    before = counts()
    body = b"street=" + b"x" * 6_000_000
    answer = adas.post(urls["client"], body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, counts()) == (400, before)


def test_a_broken_body_is_no_crash(adas: Browser, urls: dict[str, str]) -> None:
    before = counts()
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
        answer = adas.generic("POST", urls["client"], b"--x\r\nnonsense", content_type=kind)
        assert answer.status_code in (302, 400)
    assert counts() == before


@pytest.mark.parametrize(
    "typed",
    [
        {"cell_phone": "1" * 100}, {"cell_phone": "+" * 500}, {"cell_phone": "٣" * 500},
        {"first_name": "ß" * 500, "last_name": "ﷺ" * 500},
        {"first_name": "".join(map(chr, range(0x20000, 0x20000 + 500))),
         "last_name": "".join(map(chr, range(0x21000, 0x21000 + 500)))},
        {"street": "ﷺ" * 500}, {"zip_code": "".join(map(chr, range(0x22000, 0x22000 + 500)))},
        {"email": "a" * 60 + "@" + ".".join(["b" * 60] * 3)[:180] + ".com"},
    ],
)  # fmt: skip
def test_extreme_but_allowed_answers_fit_the_index(
    adas: Browser, urls: dict[str, str], typed: dict[str, str]
) -> None:
    """Folding makes some letters longer, and an index row has little room."""
    assert adas.post(urls["client"], typed).status_code == 302
    home = Client.objects.get()
    assert {key: getattr(home, key) for key in typed} == typed
    assert adas.get("/clients/").status_code == 200


def test_a_pets_extreme_name_fits_the_index(adas: Browser, urls: dict[str, str]) -> None:
    for name in ("".join(map(chr, range(0x20000, 0x20000 + 500))), "ﷺ" * 500):
        assert adas.post(urls["pet"], {"name": name}).status_code == 302
        assert Pet.objects.get().name == name
        assert adas.get("/pets/").status_code == 200
