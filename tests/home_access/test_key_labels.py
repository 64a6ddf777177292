"""Labels tell a finder nothing of the home, and lead staff to the key."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.access.label_sheets import A4_SHEET, LETTER, SHEETS, LabelSheet
from pawfile.access.labels import address_of, labels_pdf
from pawfile.access.models import Key
from pawfile.accounts.models import User
from pawfile.lib.fonts import printable
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_key
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
SITE = "https://book.example/"


@pytest.fixture
def key(cleos_home: Client) -> Key:
    return make_key(cleos_home, code="K-17", note="front door")


def drawn(keys: list[Key], contact: str = "", sheet: LabelSheet = LETTER) -> str:
    """The PDF as it is written, text and all."""
    pdf = labels_pdf(keys, contact=contact, site=SITE, sheet=sheet, is_packed=False)
    return pdf.decode("latin-1")


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


@pytest.mark.parametrize(("sheet", "full"), [(LETTER, 30), (A4_SHEET, 21)])
def test_a_full_sheet_is_a_page(key: Key, sheet: LabelSheet, full: int) -> None:
    keys = [make_key(key.client) for _number in range(full + 1)]
    pages = [drawn(keys[:n], sheet=sheet).count("/Type /Page\n") for n in (1, full, full + 1)]
    assert pages == [1, 1, 2]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_labels_fit_on_their_sheet_and_on_each_other_nowhere(sheet: LabelSheet) -> None:
    right = sheet.left + (sheet.columns - 1) * sheet.step_across + sheet.width
    bottom = sheet.top + sheet.rows * sheet.step_down
    assert (right < sheet.page[0], bottom < sheet.page[1]) == (True, True)
    assert (sheet.width <= sheet.step_across, sheet.qr < sheet.step_down) == (True, True)


@pytest.mark.parametrize("text", ["Łódź ąęćż", "Κλειδί Αθήνα", "Ключ Ґґ Її", "Clé n° 5, Việt"])
def test_letters_of_europe_are_printed_as_they_are(text: str) -> None:
    assert printable(text) == text


def test_letters_that_the_font_lacks_are_question_marks() -> None:
    assert printable("鍵 é 1") == "? é 1"


@pytest.mark.parametrize(
    ("country", "asked", "size"),
    [("US", "", "612 792"), ("PL", "", "595.2756 841.8898"), ("PL", "letter", "612 792"),
     ("US", "a4", "595.2756 841.8898"), ("US", "nonsense", "612 792")],
)  # fmt: skip
def test_the_sheet_is_that_of_the_country_or_the_one_asked_for(
    signed_in: SignIn, mona: User, key: Key, *, country: str, asked: str, size: str
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(phone_region=country)
    pdf = signed_in(mona).get(f"/keys/labels/?key={key.pk}&sheet={asked}").content
    assert f"/MediaBox [ 0 0 {size} ]" in pdf.decode("latin-1")


def test_the_board_offers_the_sheets_that_of_the_country_first_chosen(
    signed_in: SignIn, mona: User, key: Key
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(phone_region="GR")
    page = content(signed_in(mona).get("/keys/"))
    assert '<option value="a4" selected>A4, 21 labels (Avery L7160)</option>' in page
    assert '<option value="letter">US Letter, 30 labels (Avery 5160)</option>' in page


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
