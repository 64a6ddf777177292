"""Finding somebody: as one types, by filters, by order, page by page, with the row's arrow."""

import re

import pytest
from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.resources.models import Territory
from tests.browser.windows import PHONE, Windows, listed, row_of
from tests.factories import make_client, make_pet

BAKER, CARTER, NUNEZ = "Baker, Bea", "Carter, Cleo", "Núñez, Lucía"


@pytest.fixture
def book(cleos_home: Client) -> None:
    """Three clients; Cleo's is the one with a phone, a pet and a sitter."""
    make_pet(cleos_home, name="Rex", animal="Dog")
    make_client(first_name="Bea", last_name="Baker", status="Active", zip_code="43201")
    make_client(first_name="Lucía", last_name="Núñez", status="Active", zip_code="43202")
    make_client(first_name="Ivo", last_name="Idle", status="Inactive")


@pytest.mark.usefixtures("book")
def test_the_table_follows_what_is_typed_and_so_does_the_address(
    window: Windows, mona: User
) -> None:
    page = window(mona)
    page.goto("/clients/")
    expect(listed(page)).to_have_text([BAKER, CARTER, NUNEZ])
    search = page.get_by_label("Search clients", exact=True)
    for typed, found in (
        ("nunez", NUNEZ),
        ("bakre", BAKER),
        ("614.555.0123", CARTER),
        ("+1 614 5550123", CARTER),
        ("rex", CARTER),
        ("idle", "Idle, Ivo"),
    ):
        search.fill(typed)
        expect(listed(page)).to_have_text([found])
    expect(page).to_have_url(re.compile(r"/clients/\?q=idle"))
    search.fill("xylophone")
    expect(page.get_by_role("heading", name="Nobody fits")).to_be_visible()
    expect(search).to_be_focused()
    page.go_back()
    expect(listed(page)).to_have_text(["Idle, Ivo"])
    expect(search).to_have_value("idle")


@pytest.mark.usefixtures("book")
def test_filters_apply_at_once_and_keep_the_search(window: Windows, mona: User) -> None:
    north = Territory.objects.create(name="North")
    north.zips.create(zip_code="43201")
    page = window(mona)
    page.goto("/clients/")
    page.get_by_role("combobox", name="Status").select_option("Prospect")
    expect(listed(page)).to_have_text([CARTER])
    page.get_by_role("combobox", name="Status").select_option("All")
    expect(listed(page)).to_have_text([BAKER, CARTER, "Idle, Ivo", NUNEZ])
    page.get_by_label("Sitter", exact=True).select_option("Sam Sitter")
    expect(listed(page)).to_have_text([CARTER])
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("combobox", name="Territory").select_option("North")
    expect(listed(page)).to_have_text([BAKER])
    page.get_by_label("Search clients", exact=True).fill("carter")
    expect(page.get_by_role("heading", name="Nobody fits")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"q=carter.*territory={north.pk}"))


@pytest.mark.usefixtures("book")
def test_a_click_on_a_heading_sorts_and_a_second_one_turns_it_round(
    window: Windows, mona: User
) -> None:
    page = window(mona)
    page.goto("/clients/?status=Active")
    expect(listed(page)).to_have_text([BAKER, NUNEZ])
    page.get_by_role("link", name="Name").click()
    expect(listed(page)).to_have_text([NUNEZ, BAKER])
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute(
        "aria-sort", "descending"
    )
    page.get_by_role("link", name="Address").click()
    expect(listed(page)).to_have_text([BAKER, NUNEZ])
    expect(page.get_by_role("combobox", name="Status")).to_have_value("Active")


def test_more_than_fifty_clients_come_page_by_page(window: Windows, mona: User) -> None:
    for number in range(53):
        make_client(first_name="Pat", last_name=f"Page{number:02}")
    page = window(mona)
    page.goto("/clients/")
    expect(page.get_by_role("status")).to_have_text("53 clients")
    expect(listed(page)).to_have_count(50)
    page.get_by_role("link", name="Next").click()
    expect(listed(page)).to_have_text([f"Page{number}, Pat" for number in (50, 51, 52)])
    page.get_by_role("link", name="Previous").click()
    expect(listed(page).first).to_have_text("Page00, Pat")
    page.get_by_role("link", name="Last", exact=True).click()
    expect(listed(page).last).to_have_text("Page52, Pat")
    page.get_by_role("link", name="First", exact=True).click()
    expect(listed(page)).to_have_count(50)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.usefixtures("book")
def test_the_arrow_opens_a_row_in_place_and_closes_it(
    window: Windows, mona: User, options: dict
) -> None:
    page = window(mona, **options)
    page.goto("/clients/")
    arrow = page.get_by_role("button", name=f"Show {CARTER} here")
    arrow.click()
    expect(arrow).to_have_attribute("aria-expanded", "true")
    opened = page.locator(".row-detail")
    expect(opened).to_contain_text("12 Maple Street")
    expect(opened.get_by_role("link", name="Rex")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/clients/$"))
    arrow.press("Enter")
    expect(opened).to_be_hidden()
    expect(row_of(page, BAKER)).to_be_visible()


@pytest.mark.usefixtures("book")
def test_the_box_on_top_is_there_everywhere_and_needs_no_mouse(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona)
    page.goto("/vets/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search clients and pets")
    expect(box).to_be_focused()
    page.keyboard.type("r")
    found = page.get_by_role("listbox", name="Found")
    expect(found.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    box.fill("e")
    box.fill("43")
    expect(found.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(found.locator(".is-active")).to_contain_text(CARTER)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/clients/{cleos_home.pk}/$"))
    page.keyboard.press("/")
    page.keyboard.type("nunez")
    expect(found.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(listed(page)).to_have_text([NUNEZ])


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "path",
    [
        *("/pets/new/", "/visits/new/", "/schedule/", "/journals/", "/messages/new/"),
        *("/keys/new/", "/home-access/", "/options/clients/preview/"),
    ],
)
def test_wherever_a_client_is_picked_the_list_follows_what_is_typed(
    window: Windows, ada: User, path: str
) -> None:
    page = window(ada)
    page.goto(path)
    page.locator("main [data-picker] [role=combobox]").fill("nunez")
    options = page.locator("main [data-picker]").get_by_role("option")
    expect(options).to_have_count(1)
    expect(options).to_contain_text(NUNEZ)
