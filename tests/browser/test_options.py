"""Site Options: found while typing, saved at once, seen in the activity log."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from pawfile.accounts.models import Role, User
from pawfile.options.actions import change_options
from pawfile.options.catalogue import CATALOGUE
from pawfile.options.models import SiteOptions
from tests.browser.windows import PHONE, Windows, row_of
from tests.factories import make_user


def options(page: Page) -> Locator:
    """The labels that are shown."""
    return page.locator("[data-option]:visible :is(.field-label, legend)")


def search(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search options")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save options").click()


def test_typing_narrows_the_options_and_loses_nothing(window: Windows, ada: User) -> None:
    page = window(ada)
    page.goto("/options/")
    expect(options(page)).to_have_count(len(CATALOGUE))
    page.get_by_label("Company name").fill("Paws & Tails")
    search(page).press_sequentially("Sittérs can upd")
    expect(options(page)).to_have_text(["Sitters can update clients and pets"], use_inner_text=True)
    expect(page.locator("main h2:visible")).to_have_text(["Clients"])
    expect(page).to_have_url(re.compile(r"/options/\?q=Sitt"))
    search(page).press("Enter")
    page.locator("[data-option=has_sitter_editing]").get_by_text("Yes", exact=True).click()
    save(page)
    expect(page.get_by_text("Saved: Company name, Sitters can update")).to_be_visible()
    expect(options(page)).to_have_count(len(CATALOGUE))
    options_now = SiteOptions.load()
    assert (options_now.company_name, options_now.has_sitter_editing) == ("Paws & Tails", True)
    expect(page.locator("[data-option=has_sitter_editing]")).to_contain_text("by Ada Admin, today")
    page.get_by_role("link", name="Activity log", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Sitters can update")
    expect(row).to_contain_text("Ada Admin")


def test_nothing_found_says_so_and_the_way_back_is_one_press(window: Windows, ada: User) -> None:
    page = window(ada)
    page.goto("/options/?q=zone")
    expect(options(page)).to_have_text(["Time zone"], use_inner_text=True)
    search(page).fill("zonk")
    expect(page.get_by_role("status").get_by_text("No option fits")).to_be_visible()
    search(page).fill("")
    expect(page.get_by_text("No option fits")).to_be_hidden()
    expect(options(page)).to_have_count(len(CATALOGUE))
    expect(page).to_have_url(re.compile("/options/$"))


def test_an_option_with_an_error_does_not_hide(window: Windows, ada: User) -> None:
    page = window(ada)
    page.goto("/options/")
    page.get_by_label("Company name").fill("")
    save(page)
    box = page.get_by_role("alert")
    expect(box).to_be_focused()
    search(page).fill("zone")
    expect(options(page)).to_have_text(["Company name", "Time zone"], use_inner_text=True)
    box.get_by_role("link", name="Company name").click()
    expect(page.get_by_label("Company name")).to_be_focused()


def test_without_script_the_search_is_a_page(window: Windows, ada: User) -> None:
    page = window(ada, java_script_enabled=False)
    page.goto("/options/")
    search(page).fill("zone")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(options(page)).to_have_text(["Time zone"], use_inner_text=True)
    page.get_by_label("Time zone").select_option("Berlin")
    save(page)
    expect(page.locator("[data-option=time_zone]")).to_contain_text("Last changed by Ada Admin")
    assert SiteOptions.load().time_zone == "Europe/Berlin"


def test_two_administrators_are_told_and_decide(window: Windows, ada: User) -> None:
    abe = make_user(Role.ADMINISTRATOR, "Abe Admin")
    page = window(ada, **PHONE)
    page.goto("/options/")
    change_options(values={"change_window": 30}, opened={"change_window": "90"}, by=abe)
    page.get_by_text("365 days").tap()
    save(page)
    told = page.get_by_role("alert")
    expect(told).to_be_focused()
    question = told.get_by_role("group", name="Mark changes for")
    expect(question.get_by_label("Yours: 365 days")).to_be_checked()
    question.get_by_text("Abe Admin: 30 days").tap()
    save(page)
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()
    assert SiteOptions.load().change_window == 30


def test_the_log_is_narrowed_while_typing_and_choosing(window: Windows, ada: User) -> None:
    for key, value, opened in (("change_window", 30, "90"), ("company_name", "Paws", "Pawfile")):
        change_options(values={key: value}, opened={key: opened}, by=ada)
    page = window(ada)
    page.goto("/activity/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_role("searchbox", name="Search what was changed").press_sequentially("NAME")
    expect(rows).to_have_count(1)
    expect(row_of(page, "today")).to_contain_text("Paws")
    page.get_by_label("Kind").select_option("Field")
    expect(page.get_by_text("No entry fits")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    expect(rows).to_have_count(2)
    page.get_by_label("From").fill("2199-01-01")
    expect(page.get_by_text("No entry fits")).to_be_visible()
    expect(page.get_by_label("From")).to_have_value("2199-01-01")


@pytest.mark.parametrize("who", ["mona", "sam"])
def test_the_menu_of_others_has_no_administration(
    window: Windows, request: pytest.FixtureRequest, who: str
) -> None:
    page = window(request.getfixturevalue(who))
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu.get_by_role("link", name="Vets")).to_be_visible()
    expect(menu.get_by_text("Administrative")).to_have_count(0)
