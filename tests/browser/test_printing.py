"""Paper in a real browser: what is on it, a code by a tick, and the PDF."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pawfile.access.models import Reveal
from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, WIDE, Windows, overflow

CODE = "4711-elm-gate"


@pytest.fixture
def home(cleos_home: Client, rex: Pet) -> Client:
    update_client(cleos_home, values={"door_code": CODE}, by=None)
    return cleos_home


def open_paper(page: Page, home: Client) -> None:
    page.goto(f"/clients/{home.pk}/")
    page.get_by_text("Actions").click()
    page.get_by_role("link", name="Print", exact=True).click()
    expect(page.get_by_role("heading", name="Print", level=1)).to_be_visible()
    expect(page.locator(".sheet")).to_contain_text("Cleo Carter")
    expect(page.locator(".sheet")).to_contain_text("Rex")


@pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_code_is_printed_when_it_is_ticked_and_never_else(
    window: Windows, mona: User, home: Client, width: dict[str, object]
) -> None:
    page = window(mona, **width)
    open_paper(page, home)
    assert overflow(page) == 0
    expect(page.get_by_text(CODE)).to_have_count(0)
    assert not Reveal.objects.exists()
    page.get_by_text("Codes on the sheets", exact=True).click()
    page.get_by_text("Door code", exact=True).click()
    page.get_by_role("button", name="Put the ticked codes on the sheets").click()
    expect(page.locator(".sheet")).to_contain_text(CODE)
    opened = Reveal.objects.get()
    assert (opened.key, opened.opened_by) == ("door_code", mona)


def test_on_paper_there_are_sheets_and_nothing_to_press(
    window: Windows, mona: User, home: Client
) -> None:
    page = window(mona, **WIDE)
    open_paper(page, home)
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_be_visible()
    for gone in (".side-menu", ".top-bar", "#print-form", ".only-screen"):
        for part in page.locator(gone).all():
            expect(part).to_be_hidden()


def test_the_pdf_is_saved_as_a_file(window: Windows, mona: User, home: Client) -> None:
    page = window(mona, **WIDE)
    open_paper(page, home)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as PDF").click()
    assert saved.value.suggested_filename.endswith(".pdf")
    reader = PdfReader(BytesIO(Path(saved.value.path()).read_bytes()))
    text = reader.pages[0].extract_text()
    assert "Cleo Carter" in text
    assert CODE not in text
