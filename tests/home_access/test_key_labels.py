"""Labels tell a finder nothing of the home, and lead staff to the key."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.access.labels import address_of, labels_pdf, printable
from pawfile.access.models import Key
from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_key
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
SITE = "https://book.example/"


@pytest.fixture
def key(cleos_home: Client) -> Key:
    return make_key(cleos_home, code="K-17", note="front door")


def drawn(keys: list[Key], contact: str = "") -> str:
    """The PDF as it is written, text and all."""
    return labels_pdf(keys, contact=contact, site=SITE, is_packed=False).decode("latin-1")


def test_a_label_bears_code_and_contact_and_nothing_of_the_home(key: Key) -> None:
    page = drawn([key], "Call 614-555-0100 (office)")
    assert ("K-17" in page, "614-555-0100" in page) == (True, True)
    words = ("Cleo", "Carter", "Maple", "43085", "front door", "614) 555-0123")
    assert [word for word in words if word in page] == []


def test_the_code_to_scan_is_the_address_with_a_secret_of_128_bits(key: Key) -> None:
    assert address_of(key, SITE) == f"https://book.example/found/{key.token}/"
    assert len(key.token) == 22
    other = make_key(key.client)
    assert other.token != key.token
    assert drawn([key]) != drawn([other])


def test_thirty_labels_are_a_page(key: Key) -> None:
    keys = [make_key(key.client) for _number in range(31)]
    assert [drawn(keys[:count]).count("/Type /Page\n") for count in (1, 30, 31)] == [1, 1, 2]


def test_letters_that_the_font_lacks_are_question_marks() -> None:
    assert printable("Ключ é 1") == "???? é 1"


def test_the_office_gets_the_labels_of_ticked_keys(signed_in: SignIn, mona: User, key: Key) -> None:
    answer = signed_in(mona).get(f"/keys/labels/?key={key.pk}&key=x&key=99999")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_ticked_keys_the_board_says_so(signed_in: SignIn, mona: User) -> None:
    page = content(signed_in(mona).get("/keys/labels/", follow=True))
    assert "Tick the keys whose labels you want." in page


def test_a_finder_reads_whom_to_call_whatever_the_code(key: Key) -> None:
    """Nobody finds out by trying whether there is such a key."""
    SiteOptions.load()
    SiteOptions.objects.update(company_name="Maple Pets", key_contact="Call 614-555-0100")
    pages = [read(Browser().get(f"/found/{token}/")) for token in (key.token, "nonsense")]
    told, nothing = [page.one("main").text for page in pages]
    assert told == nothing
    assert ("Maple Pets" in told, "614-555-0100" in told) == (True, True)
    assert [word for word in ("K-17", "Cleo", "Carter", "front") if word in told] == []


def test_staff_who_scan_come_to_the_key_if_they_may_see_it(
    signed_in: SignIn, mona: User, sam: User, stan: User, cleo: User, *, key: Key
) -> None:
    url = f"/found/{key.token}/"
    led = [signed_in(who).get(url).headers.get("Location", "") for who in (mona, sam, stan, cleo)]
    assert led == [key.get_absolute_url(), key.get_absolute_url(), "", ""]


def test_an_overdue_key_stands_on_the_board_and_on_home(
    signed_in: SignIn, mona: User, sam: User, key: Key
) -> None:
    """Back by the day: on the day itself it is not overdue yet."""
    Key.objects.update(place="sitter", sitter=sam, due_on=timezone.localdate() + timedelta(days=1))
    assert "overdue" not in content(signed_in(mona).get("/"))
    Key.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    for who in (mona, sam):
        assert "1 key is overdue" in content(signed_in(who).get("/"))
    assert "Overdue" in content(signed_in(mona).get(key.get_absolute_url()))
