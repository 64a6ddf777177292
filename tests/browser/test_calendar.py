"""A calendar address in the browser: made on the phone, copied, opened, gone after that."""

import pytest
from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.browser.test_accessibility import MEASURED, violations
from tests.browser.windows import PHONE, Windows, overflow
from tests.factories import make_visit


@pytest.mark.parametrize("way", ["/my-schedule/", "/account/"])
def test_an_address_is_made_and_read(
    window: Windows, cleo: User, cleos_home: Client, way: str
) -> None:
    make_visit(cleos_home)
    page = window(cleo, **PHONE, **MEASURED)
    page.goto(way)
    page.get_by_role("main").locator("a[href='/account/calendar/']").click()
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("#feed-address").inner_text()
    opens = page.get_by_role("link", name="Add to calendar").get_attribute("href")
    assert opens == address.replace("http:", "webcal:")
    assert (violations(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "BEGIN:VEVENT" in page.request.get(address).text()
    page.get_by_role("link", name="Done").click()
    expect(page.locator("#feed-address")).to_have_count(0)
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()
    assert page.request.get(address).status == 404
