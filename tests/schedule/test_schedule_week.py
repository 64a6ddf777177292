"""The Master Schedule, one week: days by sitters."""

from collections.abc import Callable
from datetime import date, time

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.models import TimeOff, VisitStatus
from tests.factories import make_visit
from tests.profiles.pages import Node, read
from tests.schedule.boards import FRIDAY, visits_in

SignIn = Callable[[User], Browser]
WEEK = f"/schedule/?view=week&on={FRIDAY}"


def cells(page: Node) -> dict[str, list[int]]:
    return {cell.attrs["id"]: visits_in(cell) for cell in page.all("td", data_lane="")}


def test_a_visit_stands_on_its_day_beside_its_sitter(
    signed_in: SignIn, mona: User, cleos_home: Client, sam: User
) -> None:
    sunday = make_visit(cleos_home, visit_on=date(2037, 11, 22), sitter=sam)
    late = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, exact_time=time(20))
    early = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, exact_time=time(7))
    free = make_visit(cleos_home, visit_on=date(2037, 11, 28))
    make_visit(cleos_home, visit_on=date(2037, 11, 29), sitter=sam)
    page = read(signed_in(mona).get(WEEK))
    filled = {key: found for key, found in cells(page).items() if found}
    assert filled == {
        f"cell-{sam.pk}-20371122": [sunday.pk],
        f"cell-{sam.pk}-20371127": [early.pk, late.pk],
        "cell-nobody-20371128": [free.pk],
    }
    assert len(page.one("table", cls="week").one("thead").all("th")) == 8
    assert page.one("h2", cls="schedule-title").text.startswith("22 – 28 November 2037 4 visits")


def test_a_chip_says_time_client_and_status(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, visit_on=FRIDAY, status=VisitStatus.REQUESTED)
    chip = read(signed_in(mona).get(WEEK)).one("a", id=f"visit-{visit.pk}")
    assert chip.text == "12:00 Carter, Requested"
    assert "visit-requested" in chip.attrs["class"].split()


def test_what_does_not_fit_into_a_cell_leads_to_the_day(
    signed_in: SignIn, mona: User, cleos_home: Client, sam: User
) -> None:
    for hour in range(6, 12):
        make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, exact_time=time(hour))
    browser = signed_in(mona)
    more = read(browser.get(WEEK)).one("a", cls="chip-more")
    assert more.text == "2 more"
    assert len(visits_in(read(browser.get(more.attrs["href"])))) == 6


def test_days_off_are_marked(signed_in: SignIn, mona: User, sam: User) -> None:
    TimeOff.objects.create(sitter=sam, first_on=date(2037, 11, 26), last_on=date(2037, 12, 9))
    page = read(signed_in(mona).get(WEEK))
    off = [cell.attrs["id"] for cell in page.all("td", data_lane="") if "Time off" in cell.text]
    assert off == [f"cell-{sam.pk}-203711{day}" for day in (26, 27, 28)]
