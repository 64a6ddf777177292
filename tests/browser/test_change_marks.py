"""The red x1: what changed, since when, by whom, and who has looked."""

import re

import pytest
from playwright.sync_api import Locator, expect

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, Windows

CLEAR = re.compile(r"rgba\(0, 0, 0, 0\)")


def be_filled(mark: Locator) -> None:
    expect(mark).to_have_class(re.compile("unseen"))
    expect(mark).not_to_have_css("background-color", CLEAR)


def be_outlined(mark: Locator) -> None:
    expect(mark).not_to_have_class(re.compile("unseen"))
    expect(mark).to_have_css("background-color", CLEAR)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_a_mark_opens_what_changed_and_is_outlined_from_then_on(
    window: Windows, ada: User, mona: User, rex: Pet, options: dict
) -> None:
    rex.refresh_from_db()
    update_pet(rex, values={"feeding": "One cup at 7"}, by=mona)
    update_pet(rex, values={"feeding": "Two cups at 7"}, by=mona)
    page = window(ada, **options)
    page.goto(f"/pets/{rex.pk}/")
    mark = page.locator("[data-field=feeding]")
    expect(mark).to_have_text("x2")
    be_filled(mark)
    mark.click()
    popup = page.get_by_role("dialog", name="Feeding")
    expect(popup.get_by_role("listitem")).to_have_count(2)
    newest = popup.get_by_role("listitem").first
    expect(newest).to_contain_text("Mona Manager")
    expect(newest.locator("del")).to_have_text("One cup at 7")
    expect(newest.locator("ins")).to_have_text("Two cups at 7")
    page.keyboard.press("Escape")
    expect(popup).to_be_hidden()
    expect(mark).to_be_focused()
    be_outlined(mark)
    page.reload()
    be_outlined(mark)
    page.goto(f"/clients/{rex.client_id}/")
    be_outlined(page.locator("[data-field=feeding]"))


def test_a_changed_secret_says_so_without_its_value(
    window: Windows, mona: User, sam: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"door_code": "4711#"}, by=mona)
    page = window(sam, **PHONE)
    page.goto(f"/clients/{cleos_home.pk}/")
    mark = page.locator("[data-field=door_code]")
    mark.tap()
    popup = page.get_by_role("dialog", name="Door code")
    expect(popup).to_contain_text("Changed.")
    expect(popup).to_contain_text("Mona Manager")
    popup.get_by_role("button", name="Close").tap()
    expect(mark).to_be_focused()
    assert "4711" not in page.content()


def test_a_press_beside_the_pop_up_closes_it(
    window: Windows, mona: User, ada: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"city": "Dublin"}, by=mona)
    page = window(ada)
    page.goto(f"/clients/{cleos_home.pk}/")
    page.locator("[data-field=city]").press("Enter")
    popup = page.get_by_role("dialog", name="City")
    expect(popup.get_by_role("button", name="Close")).to_be_focused()
    popup.get_by_text("Dublin").click()
    expect(popup).to_be_visible()
    page.mouse.click(20, 700)
    expect(popup).to_be_hidden()
