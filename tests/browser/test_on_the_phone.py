"""In the hand: a sitter at the door, a client at home."""

import re

from playwright.sync_api import Locator, expect

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_pet
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, Windows


def top(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["y"]


def test_a_sitter_has_one_column_with_the_pets_below(
    window: Windows, sam: User, mona: User, rex: Pet
) -> None:
    rex.refresh_from_db()
    update_pet(rex, values={"behavior_warnings": "Bites hats."}, by=mona)
    page = window(sam, **PHONE)
    page.goto("/")
    bar = page.get_by_role("navigation", name="Quick")
    bar.get_by_role("link", name="Clients").tap()
    page.get_by_role("link", name="Carter, Cleo", exact=True).tap()
    warning = page.get_by_role("heading", name="Before you go in")
    sections = page.locator("main details.section")
    pets = page.get_by_role("heading", name="1 pet")
    assert top(warning) < top(sections.first) < top(sections.last) < top(pets)
    expect(bar.get_by_role("link", name="Clients")).to_have_attribute("aria-current", "page")
    expect(bar).to_be_in_viewport()
    for link in bar.get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44


def test_the_actions_of_a_sitter_are_call_and_directions(
    window: Windows, sam: User, cleos_home: Client
) -> None:
    page = window(sam, **PHONE)
    page.goto(f"/clients/{cleos_home.pk}/")
    page.get_by_text("Actions").tap()
    menu = page.locator("[data-menu][open] .menu-list")
    expect(menu.get_by_role("link")).to_have_text(["Call", "Directions"])
    call, directions = (menu.get_by_role("link", name=name) for name in ("Call", "Directions"))
    expect(call).to_have_attribute("href", "tel:+16145550123")
    expect(directions).to_have_attribute("href", re.compile(r"12(%20|\+)Maple.*OH(%20|\+)43085$"))
    expect(directions).to_be_in_viewport()
    page.get_by_role("heading", level=1).tap()
    expect(menu).to_be_hidden()


def test_a_client_mends_the_own_page(window: Windows, cleo: User, rex: Pet) -> None:
    page = window(cleo, **PHONE)
    page.goto("/")
    page.get_by_role("link", name="Edit").tap()
    expect(page.get_by_label("Office notes")).to_have_count(0)
    expect(page.get_by_label("Primary sitter")).to_have_count(0)
    page.get_by_label("Cell phone").fill("614 555")
    page.get_by_role("button", name="Save client").tap()
    expect(page.get_by_text("“614 555” is no whole phone number.")).to_be_visible()
    expect(page.locator("#contact")).to_contain_text("614 555")
    page.get_by_role("link", name="New pet").tap()
    page.locator("#id_name").fill("Tiger")
    page.locator("#id_animal").select_option("Cat")
    page.get_by_role("button", name="Save pet").tap()
    expect(page.get_by_role("heading", name="2 pets")).to_be_visible()
    page.get_by_role("navigation", name="Quick").get_by_role("link", name="My Pets").tap()
    expect(page.get_by_role("rowheader")).to_have_text(["Rex", "Tiger"])
