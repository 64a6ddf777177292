"""Finding the owner of a new pet: by any word, by keyboard, never the wrong one."""

import io
import re

import pytest
from django.core.files.base import File
from playwright.sync_api import Locator, Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.actions import add_photo
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import Windows, jpeg


def finder(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Find the owner")


def choices(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Find the owner").get_by_role("option")


def chosen(page: Page) -> Locator:
    return page.locator("[data-picker-shown]")


@pytest.fixture
def page(window: Windows, mona: User, cleos_home: Client, carls_home: Client) -> Page:
    """A new pet's form, and two clients it could belong to."""
    opened = window(mona)
    opened.goto("/pets/new/")
    return opened


def test_the_owner_is_found_and_the_pet_saved_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Control+s")
    box = page.get_by_role("alert")
    expect(box.get_by_role("link")).to_have_text(["Owner", "Name", "Animal"])
    box.get_by_role("link", name="Owner").press("Enter")
    expect(finder(page)).to_be_focused()
    page.keyboard.type("614 555 0123")
    expect(choices(page)).to_have_text([re.compile("Carter, Cleo")])
    page.keyboard.press("Enter")
    expect(chosen(page)).to_have_text("Carter, Cleo")
    page.keyboard.press("Tab")
    page.keyboard.type("Kiwi")
    page.keyboard.press("Tab")
    page.keyboard.type("Bird")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cleo Carter")
    assert Pet.objects.get().name == "Kiwi"


def test_the_photos_on_offer_are_those_of_the_chosen_owner(page: Page, cleos_home: Client) -> None:
    with io.BytesIO(jpeg()["buffer"]) as file:
        add_photo(client=cleos_home, file=File(file, "rex.jpg"), by=None)
    offered = page.locator("[data-photo-choices] img")
    expect(offered).to_have_count(0)
    for typed, photos in (("carter", 1), ("cooper", 0)):
        finder(page).fill(typed)
        expect(choices(page)).to_have_count(1)
        choices(page).click()
        expect(offered).to_have_count(photos)


def test_enter_before_the_answer_neither_saves_nor_chooses_from_an_older_one(page: Page) -> None:
    finder(page).fill("coop")
    expect(choices(page)).to_have_text([re.compile("Cooper, Carl")])
    page.route("**/clients/picker/**", lambda route: None)  # the next answer never comes
    finder(page).fill("cart")
    page.keyboard.press("Enter")
    expect(chosen(page)).to_be_hidden()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_missing_owner_is_outlined_and_described(page: Page) -> None:
    page.get_by_role("button", name="Save pet").click()
    expect(finder(page)).to_have_attribute("aria-invalid", "true")
    expect(finder(page)).to_have_accessible_description("Fill this in.")
