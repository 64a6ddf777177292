"""Two people edit one record: the later one is told and decides; nothing is lost unseen."""

import pytest
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.browser.windows import Windows


@pytest.fixture
def desks(window: Windows, ada: User, mona: User, cleos_home: Client) -> tuple[Page, Page]:
    """Ada and Mona, both with Cleo's form open."""
    first, second = window(ada), window(mona)
    for page in (first, second):
        page.goto(f"/clients/{cleos_home.pk}/edit/")
    return first, second


def save(page: Page) -> None:
    page.get_by_role("button", name="Save client").click()


def test_the_later_save_is_told_and_decides(desks: tuple[Page, Page], cleos_home: Client) -> None:
    first, second = desks
    first.get_by_label("City").fill("Dublin")
    first.get_by_label("Directions").fill("Over the bridge")
    save(first)
    expect(first.get_by_text("Saved.")).to_be_visible()

    second.get_by_label("City").fill("Westerville")
    second.get_by_label("State").fill("Ohio")
    save(second)
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Somebody saved this while you were writing")
    expect(told).to_be_focused()
    city = told.get_by_role("group", name="City")
    expect(city).to_contain_text("Ada Admin: Dublin")
    expect(city).to_contain_text("Yours: Westerville")
    expect(city.get_by_label("Yours: Westerville")).to_be_checked()
    directions = told.get_by_role("group", name="Directions")
    expect(directions.get_by_label("Ada Admin: Over the bridge")).to_be_checked()
    expect(second.get_by_label("State")).to_have_value("Ohio")

    city.get_by_text("Ada Admin: Dublin").click()
    save(second)
    expect(second.get_by_text("Saved.")).to_be_visible()
    cleos_home.refresh_from_db()
    assert (cleos_home.city, cleos_home.state) == ("Dublin", "Ohio")
    assert cleos_home.directions == "Over the bridge"


def test_one_s_own_word_can_stay(desks: tuple[Page, Page], cleos_home: Client) -> None:
    first, second = desks
    first.get_by_label("Zip code").fill("43201")
    save(first)
    expect(first.get_by_text("Saved.")).to_be_visible()
    second.get_by_label("Zip code").fill("43202")
    save(second)
    expect(second.get_by_role("group", name="Zip code")).to_be_visible()
    save(second)
    expect(second.get_by_text("Saved.")).to_be_visible()
    cleos_home.refresh_from_db()
    assert cleos_home.zip_code == "43202"
    assert [change.new_text for change in cleos_home.changes_of("zip_code")] == ["43202", "43201"]
