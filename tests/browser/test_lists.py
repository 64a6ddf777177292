"""The table keeps what one has chosen, and stays a table."""

import re

from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, WIDE, Windows, listed, overflow
from tests.factories import make_client


def test_clearing_the_search_leaves_a_table_for_those_who_like_profile_view(
    window: Windows, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    mona.client_view = "profile"
    mona.save()
    page = window(mona)
    page.goto("/clients/?q=carter")
    page.get_by_label("Search clients", exact=True).fill("")
    expect(listed(page)).to_have_text(["Carter, Cleo", "Cooper, Carl"])
    expect(page.get_by_role("banner")).to_have_count(1)
    page.goto("/clients/?q=carter")
    page.get_by_role("link", name="Show all").click()
    expect(listed(page)).to_have_text(["Carter, Cleo", "Cooper, Carl"])


def test_a_filter_and_a_search_keep_the_order(
    window: Windows, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    page = window(mona)
    page.goto("/clients/?sort=-name")
    page.get_by_role("combobox", name="Status").select_option("All")
    expect(page).to_have_url(re.compile("status=all"))
    expect(listed(page)).to_have_text(["Cooper, Carl", "Carter, Cleo"])
    page.get_by_label("Search clients", exact=True).fill("c")
    expect(page).to_have_url(re.compile("q=c&"))
    expect(listed(page)).to_have_text(["Cooper, Carl", "Carter, Cleo"])


def test_headings_of_an_opened_row_skip_no_level(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona)
    page.goto("/clients/")
    page.get_by_role("button", name="Show Carter, Cleo here").click()
    expect(page.locator(".row-detail")).to_contain_text("12 Maple Street")
    levels = page.locator("main :is(h1, h2, h3, h4)").evaluate_all("all => all.map(h => h.tagName)")
    assert set(levels[:2]) == {"H1", "H2"}


def test_columns_are_chosen_from_a_menu_and_stay(
    window: Windows, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    page = window(mona)
    page.goto("/clients/?sort=-name")
    menu = page.locator(".columns-menu")
    menu.get_by_text("Columns", exact=True).click()
    menu.get_by_label("E-mail", exact=True).check()
    menu.get_by_label("Phone", exact=True).uncheck()
    menu.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile("sort=-name"))
    heads = page.get_by_role("columnheader")
    expect(heads).to_have_text(
        ["Name", "Pets", "Address", "Status", "Sitters", "Next visit", "E-mail"]
    )
    expect(page.get_by_role("cell", name="cleo@example.com")).to_be_visible()
    page.get_by_label("Search clients", exact=True).fill("carter")
    expect(listed(page)).to_have_text(["Carter, Cleo"])
    expect(heads).to_have_count(7)
    menu.get_by_text("Columns", exact=True).click()
    menu.get_by_role("button", name="Back to the default").click()
    expect(page).to_have_url(re.compile("q=carter"))
    expect(heads).to_have_text(["Name", "Pets", "Phone", "Address", "Status", "Sitters"])


def test_a_table_of_many_columns_moves_in_its_own_frame(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    mona.client_columns = ["name", "address", "street", "city", "state", "email", "fence", "pool",
                           "referral", "wifi_name", "directions", "trash_days"]  # fmt: skip
    mona.save()
    for size in (WIDE, PHONE):
        page = window(mona, **size)
        page.goto("/clients/")
        expect(page.get_by_text("cleo@example.com")).to_have_count(1)
        assert overflow(page) == 0


def test_columns_are_chosen_without_script_too(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona, java_script_enabled=False)
    page.goto("/clients/")
    page.locator(".columns-menu summary").click()
    page.get_by_label("City", exact=True).check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader").last).to_have_text("City")


def test_a_long_name_and_a_phone_stand_in_one_piece(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    make_client(first_name="Ann", last_name="Venkatanarayanan", status="Active")
    page = window(mona, viewport={"width": 1280, "height": 800})
    page.goto("/clients/?q=")
    name = page.get_by_role("link", name="Venkatanarayanan, Ann", exact=True)
    phone = page.get_by_role("link", name="(614) 555-0123")
    lines = """(link, end) => {
        const range = document.createRange();
        range.setStart(link.firstChild, 0);
        range.setEnd(link.firstChild, end);
        return range.getClientRects().length;
    }"""
    pieces = (name.evaluate(lines, len("Venkatanarayanan,")), phone.evaluate(lines, 14))
    assert pieces == (1, 1)
    assert overflow(page) == 0
