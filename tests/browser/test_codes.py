"""A code in a real browser: opened in its place, copied, and gone again by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from pawfile.access.models import Reveal
from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, Windows, overflow
from tests.home_access.vault import visit_in

CODE = "4711-elm-gate"
REASON = "The alarm rings and the neighbours called."


@pytest.fixture
def home(cleos_home: Client) -> Client:
    update_client(cleos_home, values={"door_code": CODE}, by=None)
    return cleos_home


def press(page: Page) -> None:
    page.wait_for_load_state("networkidle")  # parts of the page above it come later and move it
    page.get_by_role("button", name="Reveal Door code").click()
    expect(page.get_by_text(CODE)).to_be_visible()


def expect_hidden(page: Page) -> None:
    expect(page.get_by_role("button", name="Reveal Door code")).to_be_visible()
    expect(page.get_by_text(CODE)).to_have_count(0)
    assert CODE not in page.content()


def test_a_code_opens_in_its_place_and_hides_after_half_a_minute(
    window: Windows, mona: User, home: Client
) -> None:
    page = window(mona)
    page.clock.install()
    page.goto(f"/clients/{home.pk}/")
    press(page)
    assert page.url.endswith(f"/clients/{home.pk}/")
    page.clock.run_for(28_000)
    expect(page.get_by_text(re.compile("Hides in [123] s"))).to_be_visible()
    expect(page.get_by_text(CODE)).to_be_visible()
    page.clock.run_for(3_000)
    expect_hidden(page)
    press(page)
    assert Reveal.objects.count() == 2


@pytest.mark.parametrize(
    "leaving",
    [
        "window.dispatchEvent(new Event('blur'))",
        "window.dispatchEvent(new Event('beforeprint'))",
        "window.dispatchEvent(new Event('pagehide'))",
        "document.querySelector('[data-secret-hide]').click()",
    ],
)
def test_a_code_hides_when_one_looks_away(
    window: Windows, mona: User, home: Client, leaving: str
) -> None:
    page = window(mona)
    page.goto(f"/clients/{home.pk}/")
    press(page)
    page.evaluate(leaving)
    expect_hidden(page)


def test_nothing_of_it_comes_back_with_the_back_button(
    window: Windows, mona: User, home: Client
) -> None:
    page = window(mona)
    page.goto(f"/clients/{home.pk}/")
    press(page)
    page.goto("/clients/")
    page.go_back()
    expect_hidden(page)
    assert Reveal.objects.count() == 1


def test_a_code_is_copied(window: Windows, mona: User, home: Client) -> None:
    page = window(mona)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/clients/{home.pk}/")
    press(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == CODE


def test_a_sitter_opens_it_beside_the_visit_on_the_phone(
    window: Windows, sam: User, home: Client
) -> None:
    """In the pop-up of the day's box; without a visit near, with a reason."""
    visit = visit_in(home, sam, -0.5)
    page = window(sam, **PHONE)
    page.goto(f"/my-schedule/?on={visit.visit_on}")
    page.get_by_role("link", name="Codes Cleo Carter").tap()
    press(page)
    assert overflow(page) == 0
    visit.delete()
    page.goto(f"/clients/{home.pk}/")
    page.get_by_role("button", name="Reveal Door code").tap()
    page.get_by_role("button", name="Open in an emergency").tap()
    expect(page.get_by_text("at least 10 letters")).to_be_visible()
    page.get_by_label("Reason").fill(REASON)
    assert overflow(page) == 0
    page.get_by_role("button", name="Open in an emergency").tap()
    expect(page.get_by_text(CODE)).to_be_visible()
    grounds = Reveal.objects.order_by("pk").values_list("ground", "reason")
    assert list(grounds) == [("visit", ""), ("break_glass", REASON)]


def test_without_script_it_has_a_page_of_its_own(window: Windows, mona: User, home: Client) -> None:
    page = window(mona, java_script_enabled=False)
    page.goto(f"/clients/{home.pk}/")
    press(page)
    assert page.url.endswith("/secrets/door_code/reveal/")
    page.get_by_role("link", name="Cleo Carter").click()
    expect_hidden(page)
