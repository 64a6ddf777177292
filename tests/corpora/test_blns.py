"""The naughty strings go through every text field of client and pet and come back equal."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.registry import Kind, Subject
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_pet

TEXTS = {Kind.TEXT, Kind.LONG_TEXT, Kind.PHONE}
#: A string of nothing cannot be a name.
NAMES = {"first_name", "last_name", "name"}


def strings(corpora: Path) -> list[str]:
    found: list[str] = json.loads((corpora / "blns" / "blns.json").read_text("utf-8"))
    assert len(found) == 515
    return found


def text_keys(subject: Subject) -> list[str]:
    return [key for key, field in subject.fields.items() if field.kind in TEXTS]


def posted(subject: Subject, text: str) -> dict[str, Any]:
    """Every text field filled with the string; has_alarm, because its fields are asked then."""
    filled = dict.fromkeys(text_keys(subject), text)
    if subject is CLIENT:
        filled["has_alarm"] = "yes"
    if not text.strip():
        filled |= {key: "Name" for key in NAMES if key in filled}
    return filled


def test_all_515_strings_come_back_equal_from_a_client(
    corpora: Path, ada: User, signed_in: Any
) -> None:
    client = make_client()
    browser: Browser = signed_in(ada)
    for text in strings(corpora):
        sent = posted(CLIENT, text)
        answer = browser.post(f"/clients/{client.pk}/edit/", sent)
        assert answer.status_code == 302, (text, answer.content.decode()[:3000])
        stored = Client.objects.get(pk=client.pk)
        assert {key: getattr(stored, key) for key in text_keys(CLIENT)} == {
            key: sent[key] for key in text_keys(CLIENT)
        }


def test_all_515_strings_come_back_equal_from_a_pet(
    corpora: Path, ada: User, signed_in: Any
) -> None:
    pet = make_pet(make_client())
    browser: Browser = signed_in(ada)
    for text in strings(corpora):
        sent = posted(PET, text)
        answer = browser.post(f"/pets/{pet.pk}/edit/", sent)
        assert answer.status_code == 302, (text, answer.content.decode()[:3000])
        stored = Pet.objects.get(pk=pet.pk)
        assert {key: getattr(stored, key) for key in text_keys(PET)} == {
            key: sent[key] for key in text_keys(PET)
        }


@pytest.mark.parametrize("address", ["/clients/{}/", "/clients/{}/edit/", "/clients/{}/row/"])
def test_pages_show_the_strings_as_text(
    corpora: Path, ada: User, signed_in: Any, address: str
) -> None:
    client = make_client()
    browser: Browser = signed_in(ada)
    for text in strings(corpora)[::5]:
        browser.post(f"/clients/{client.pk}/edit/", posted(CLIENT, text))
        page = browser.get(address.format(client.pk))
        assert page.status_code == 200, text
        if "<" in text and ">" in text:
            assert text not in page.content.decode(), "markup must be escaped"


def test_searching_for_the_strings_answers(corpora: Path, ada: User, signed_in: Any) -> None:
    make_client()
    browser: Browser = signed_in(ada)
    for text in strings(corpora):
        assert browser.get("/clients/", {"q": text}).status_code == 200, text
