"""In the hand: a sitter at the door, a client at home."""

import re
from datetime import date

from playwright.sync_api import Locator, expect

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, Windows, overflow
from tests.factories import make_visit


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


def test_the_actions_of_a_sitter_begin_with_call_and_directions(
    window: Windows, sam: User, cleos_home: Client
) -> None:
    page = window(sam, **PHONE)
    page.goto(f"/clients/{cleos_home.pk}/")
    page.get_by_text("Actions").tap()
    menu = page.locator("[data-menu][open] .menu-list")
    expect(menu.get_by_role("link")).to_have_text(["Call", "Directions", "What changed", "Print"])
    call, directions = (menu.get_by_role("link", name=name) for name in ("Call", "Directions"))
    expect(call).to_have_attribute("href", "tel:+16145550123")
    expect(directions).to_have_attribute("href", re.compile(r"12(%20|\+)Maple.*OH(%20|\+)43085$"))
    expect(directions).to_be_in_viewport()
    page.get_by_role("heading", level=1).tap()
    expect(menu).to_be_hidden()


def test_a_client_mends_the_own_page(window: Windows, cleo: User, rex: Pet) -> None:
    page = window(cleo, **PHONE)
    page.goto("/")
    bar = page.get_by_role("navigation", name="Quick")
    expect(bar.get_by_role("link")).to_have_text(["Schedule", "Home", "Messages"])
    bar.get_by_role("button", name="More").tap()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My Info").tap()
    page.get_by_role("link", name="Edit").tap()
    expect(page.get_by_label("Office notes")).to_have_count(0)
    expect(page.get_by_label("Primary sitter")).to_have_count(0)
    page.get_by_label("Cell phone").fill("614 555")
    page.get_by_role("button", name="Save my info").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("My Info")
    expect(page.get_by_text("“614 555” is no whole phone number.")).to_be_visible()
    expect(page.locator("#contact")).to_contain_text("614 555")
    assert overflow(page) == 0


def test_a_client_adds_a_pet_and_is_back_among_the_cards(
    window: Windows, cleo: User, cleos_home: Client
) -> None:
    page = window(cleo, **PHONE)
    page.goto("/my-pets/")
    expect(page.get_by_text("Who lives here?")).to_be_visible()
    page.get_by_role("link", name="Add pet").tap()
    page.locator("#id_name").fill("Tiger")
    page.locator("#id_animal").select_option("Cat")
    page.get_by_role("button", name="Save pet").tap()
    expect(page).to_have_url(re.compile("/my-pets/$"))
    expect(page.get_by_role("article").get_by_role("heading")).to_have_text(["Tiger"])
    expect(page.get_by_role("navigation", name="Quick")).to_be_in_viewport()
    assert overflow(page) == 0
    page.get_by_role("link", name="Edit Tiger").tap()
    page.get_by_role("heading", name="Care").tap()
    page.get_by_label("Behavior warnings").fill("Hides, then scratches.")
    page.get_by_role("button", name="Save pet").tap()
    expect(page.get_by_role("article")).to_contain_text("Hides, then scratches.")


def test_what_is_still_needed_leads_to_the_field(
    window: Windows, cleo: User, cleos_home: Client
) -> None:
    """Into a section that was folded, because nothing in it is filled in."""
    FieldRule.objects.create(subject="client", key="emergency2_phone", client=Access.REQUIRED)
    page = window(cleo, **PHONE)
    page.goto("/my-info/")
    page.get_by_role("link", name="Second emergency phone").tap()
    field = page.get_by_label("Second emergency phone")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    field.fill("614-555-0100")
    page.get_by_role("button", name="Save my info").tap()
    expect(page.get_by_text("Still needed:")).to_have_count(0)


def test_a_change_pops_up_for_the_client(
    window: Windows, cleo: User, mona: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"city": "Dublin"}, by=mona)
    page = window(cleo, **PHONE)
    page.goto("/my-info/")
    page.locator("[data-field=city]").tap()
    expect(page.get_by_role("dialog").locator("ins")).to_have_text("Dublin")


def test_a_warning_that_stays_leaves_room_to_reach_the_button(
    window: Windows, sam: User, cleos_home: Client
) -> None:
    make_visit(cleos_home, sitter=sam, visit_on=date(2037, 11, 27))
    page = window(sam, **PHONE)
    page.goto("/my-schedule/times-off/")
    for name in ("first_on", "last_on"):
        page.locator(f"#id_{name}").fill("2037-11-27")
    button = page.get_by_role("button", name="Add", exact=True)
    button.tap()
    warning = page.locator(".toast-warning")
    expect(warning).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= top(warning)
