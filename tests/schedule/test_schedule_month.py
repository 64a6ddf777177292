"""The Master Schedule, one month: counts by status that lead to the day."""

from collections.abc import Callable
from datetime import date

from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.models import VisitStatus
from tests.factories import make_visit
from tests.profiles.pages import read
from tests.schedule.boards import FRIDAY, visits_in

SignIn = Callable[[User], Browser]
MONTH = f"/schedule/?view=month&on={FRIDAY}"


def test_a_day_counts_its_visits_by_status_and_opens(
    signed_in: SignIn, mona: User, cleos_home: Client, sam: User
) -> None:
    made = [make_visit(cleos_home, visit_on=FRIDAY, sitter=sam) for _ in range(2)]
    made.append(make_visit(cleos_home, visit_on=FRIDAY, status=VisitStatus.REQUESTED))
    make_visit(cleos_home, visit_on=FRIDAY, status=VisitStatus.CANCELED)
    make_visit(cleos_home, visit_on=date(2037, 12, 1))
    browser = signed_in(mona)
    page = read(browser.get(MONTH))
    days = [cell for cell in page.all("td") if cell.all("ul", cls="month-counts")]
    assert [cell.text for cell in days] == ["Fri 27 3 visits 1 Requested 2 Assigned"]
    opened = read(browser.get("/schedule/" + days[0].one("a").attrs["href"]))
    assert sorted(visits_in(opened)) == [visit.pk for visit in made]


def test_a_month_has_its_days_in_whole_weeks(signed_in: SignIn, mona: User) -> None:
    browser = signed_in(mona)
    for on, weeks, days in (("2037-02-14", 4, 28), ("2028-02-29", 5, 29), ("2037-08-01", 6, 31)):
        page = read(browser.get(f"/schedule/?view=month&on={on}"))
        rows = page.one("table", cls="month").one("tbody").all("tr")
        found = [row.all("td") for row in rows]
        assert ([len(row) for row in found], len(page.all("a", cls="month-day"))) == (
            [7] * weeks, days,
        )  # fmt: skip


def test_filters_count_too(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    make_visit(cleos_home, visit_on=FRIDAY)
    make_visit(carls_home, visit_on=FRIDAY)
    page = read(signed_in(mona).get(f"{MONTH}&client={carls_home.pk}"))
    assert [each.text for each in page.all("ul", cls="month-counts")] == ["1 To assign"]
