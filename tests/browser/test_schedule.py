"""The Master Schedule in a browser: giving visits away by dragging and by keyboard."""

from datetime import time

import pytest
from playwright.sync_api import Locator, Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import TimeOff, Visit
from tests.browser.windows import PHONE, Windows, overflow
from tests.factories import make_visit
from tests.schedule.boards import FRIDAY

DAY = f"/schedule/?view=day&on={FRIDAY}"


@pytest.fixture
def visit(cleos_home: Client, rex: Pet) -> Visit:
    return make_visit(cleos_home, visit_on=FRIDAY, pets=[rex])


def box(page: Page, visit: Visit) -> Locator:
    return page.locator(f"#visit-{visit.pk}")


def lane(page: Page, key: object) -> Locator:
    return page.locator(f'[data-lane="{key}"][data-day="{FRIDAY}"]')


def holder(visit: Visit) -> User | None:
    visit.refresh_from_db()
    return visit.sitter


def test_a_box_is_dragged_to_a_sitter_and_back(
    window: Windows, mona: User, visit: Visit, sam: User, stan: User
) -> None:
    page = window(mona)
    page.goto(DAY)
    other = make_visit(visit.client, visit_on=FRIDAY, sitter=sam, exact_time=time(8))
    page.reload()
    page.mouse.wheel(0, 120)
    top = page.evaluate("scrollY")
    box(page, visit).drag_to(lane(page, stan.pk))
    expect(lane(page, stan.pk).locator("li")).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("Cleo Carter: given to Stan Stranger.")
    expect(lane(page, "nobody").locator(".badge")).to_have_text("0")
    assert holder(visit) == stan
    assert page.evaluate("scrollY") == top  # nothing jumps
    # Without a reload, onto a lane with a visit: in time order.
    box(page, visit).drag_to(lane(page, sam.pk))
    expect(lane(page, sam.pk).locator("li")).to_have_count(2)
    ids = [
        int(each.get_attribute("data-visit") or 0)
        for each in lane(page, sam.pk).locator("li").all()
    ]
    assert ids == [other.pk, visit.pk]
    box(page, visit).drag_to(lane(page, "anyone"))
    expect(lane(page, "anyone").locator("li")).to_have_count(1)
    visit.refresh_from_db()
    assert (visit.sitter, visit.is_for_anyone) == (None, True)


def test_in_the_week_a_chip_moves_within_its_day(
    window: Windows, mona: User, visit: Visit, sam: User, stan: User
) -> None:
    page = window(mona)
    page.goto(f"/schedule/?view=week&on={FRIDAY}")
    box(page, visit).drag_to(page.locator(f'[data-lane="{sam.pk}"][data-day="2037-11-26"]'))
    assert holder(visit) is None
    box(page, visit).drag_to(lane(page, sam.pk))
    expect(lane(page, sam.pk).locator("a")).to_have_count(1)
    expect(lane(page, "nobody").locator("a")).to_have_count(0)
    assert holder(visit) == sam


def test_a_visit_is_assigned_by_keyboard_and_the_focus_stays_with_it(
    window: Windows, mona: User, visit: Visit, sam: User, stan: User
) -> None:
    page = window(mona)
    page.goto(DAY)
    box(page, visit).get_by_role("link", name="Assign Carter, Cleo").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Sitter")).to_be_focused()
    page.keyboard.type("Stan")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(lane(page, stan.pk).locator("li")).to_have_count(1)
    expect(box(page, visit).locator(".visit-assign")).to_be_focused()
    assert holder(visit) == stan
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="PRIMARY: Sam Sitter").press("Enter")
    expect(lane(page, sam.pk).locator("li")).to_have_count(1)
    assert holder(visit) == sam


def test_warnings_and_refusals_are_said(
    window: Windows, mona: User, visit: Visit, sam: User, stan: User
) -> None:
    TimeOff.objects.create(sitter=sam, first_on=FRIDAY, last_on=FRIDAY)
    page = window(mona)
    page.goto(DAY)
    update_client(visit.client, values={"blocked_sitters": [stan]}, by=mona)
    box(page, visit).drag_to(lane(page, stan.pk))
    expect(page.locator(".toast-error")).to_contain_text("Stan Stranger cannot be assigned")
    expect(lane(page, "nobody").locator("li")).to_have_count(1)
    page.locator(".toast-error [data-toast-close]").click()
    box(page, visit).drag_to(lane(page, sam.pk))
    expect(page.locator(".toast-warning")).to_contain_text("Sam Sitter is off from 27 Nov")
    assert holder(visit) == sam


def test_what_another_office_did_meanwhile_is_shown(
    window: Windows, ada: User, mona: User, visit: Visit, stan: User
) -> None:
    sam = visit.client.primary_sitter
    assert sam
    first, second = window(mona), window(ada)
    for page in (first, second):
        page.goto(DAY)
    box(first, visit).drag_to(lane(first, sam.pk))
    expect(lane(first, sam.pk).locator("li")).to_have_count(1)
    box(second, visit).drag_to(lane(second, stan.pk))
    expect(second.locator(".toast-error")).to_contain_text("Somebody changed this visit meanwhile")
    expect(lane(second, sam.pk).locator("li")).to_have_count(1)
    expect(lane(second, "nobody").locator("li")).to_have_count(0)
    assert holder(visit) == sam


def test_the_client_filter_picks_by_typing(
    window: Windows, mona: User, visit: Visit, carls_home: Client
) -> None:
    make_visit(carls_home, visit_on=FRIDAY)
    page = window(mona)
    page.goto(DAY)
    expect(page.locator(".visit-box")).to_have_count(2)
    page.get_by_role("combobox", name="Client", exact=True).fill("cleo")
    options = page.get_by_role("listbox", name="Client").get_by_role("option")
    expect(options).to_have_count(1)
    options.click()
    expect(page.locator(".visit-box")).to_have_count(1)
    page.locator(".schedule-client").click()
    expect(page.locator(".visit-box")).to_have_count(2)


def test_filters_and_giving_work_without_script(
    window: Windows, mona: User, visit: Visit, sam: User
) -> None:
    page = window(mona, java_script_enabled=False)
    page.goto(DAY)
    page.get_by_label("Sitter", exact=True).select_option("nobody")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Assign Carter, Cleo").click()
    page.get_by_label("Sitter", exact=True).select_option(label="Sam Sitter")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("given to Sam Sitter")
    assert "sitter=nobody" in page.url  # back where it was opened
    expect(page.locator(".visit-box")).to_have_count(0)
    assert holder(visit) == sam


@pytest.mark.parametrize("view", ["day", "week", "month", "table"])
def test_every_view_fits_a_phone(
    window: Windows, mona: User, visit: Visit, sam: User, view: str
) -> None:
    page = window(mona, **PHONE)
    page.goto(f"/schedule/?view={view}&on={FRIDAY}")
    assert overflow(page) == 0
    if view == "day":
        expect(box(page, visit)).to_be_visible()
        expect(lane(page, sam.pk)).not_to_be_visible()  # who is free is no news on a phone


@pytest.mark.parametrize("width", [1040, 1280])
def test_a_price_in_the_table_stays_on_one_line_and_the_table_in_its_window(
    window: Windows, mona: User, visit: Visit, width: int
) -> None:
    update_client(visit.client, values={"last_name": "Wolfeschlegelstein-Hohenberger"}, by=mona)
    Visit.objects.update(price=1042)
    page = window(mona, viewport={"width": width, "height": 900})
    page.goto(f"/schedule/?view=table&on={FRIDAY}")
    price = page.locator(".table tbody .cell-price")
    expect(price).to_have_text("$1,042.00")
    lines = """cell => {
        const range = document.createRange(); range.selectNodeContents(cell);
        return range.getClientRects().length;
    }"""
    assert price.evaluate(lines) == 1
    assert overflow(page) == 0


def test_a_day_prints_its_visits_and_nothing_to_press(
    window: Windows, mona: User, visit: Visit, sam: User
) -> None:
    page = window(mona)
    page.goto(DAY)
    page.emulate_media(media="print")
    expect(box(page, visit)).to_be_visible()
    expect(page.locator(".schedule-title")).to_contain_text("27 November 2037")
    for hidden in (".schedule-bar", ".page-actions", ".visit-assign", ".lane-free"):
        expect(page.locator(hidden).first).not_to_be_visible()


def test_the_weekday_of_a_new_visit_moves_along_with_its_day(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona)
    page.goto(f"/visits/new/?client={cleos_home.pk}&on={FRIDAY}")
    page.get_by_label("On days of the week").check()

    def ticked() -> list[str]:
        return [each.input_value() for each in page.locator("[name=weekdays]:checked").all()]

    assert ticked() == ["4"]
    for day, weekday in (("2037-12-01", "1"), ("", "1"), ("2037-12-06", "6")):
        page.locator("#id_visit_on").fill(day)
        assert ticked() == [weekday]
    page.get_by_label("Mon", exact=True).check()
    page.locator("#id_visit_on").fill("2037-12-02")
    assert ticked() == ["6", "0"]


def test_back_at_a_list_the_filters_say_what_it_shows(
    window: Windows, mona: User, visit: Visit, sam: User
) -> None:
    page = window(mona)
    page.goto(DAY)
    page.get_by_label("Sitter", exact=True).select_option(label="Sam Sitter")
    page.wait_for_url("**sitter=*")
    page.get_by_label("Status", exact=True).select_option("all")
    page.wait_for_url("**status=all*")
    page.go_back()
    expect(page.get_by_label("Status", exact=True)).to_have_value("")
    page.go_back()
    expect(page.get_by_label("Sitter", exact=True)).to_have_value("")
    expect(lane(page, "nobody").locator("li")).to_have_count(1)
