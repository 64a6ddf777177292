"""The Master Schedule as a table: sorted, page by page."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_client, make_service, make_visit
from tests.profiles.pages import Node, read
from tests.schedule.boards import FRIDAY, fill_day

SignIn = Callable[[User], Browser]
TABLE = f"/schedule/?view=table&on={FRIDAY}"


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def rows(page: Node) -> list[int]:
    found = page.all("table", cls="table")
    return [int(row.attrs["id"].removeprefix("row-")) for row in found[0].one("tbody").all("tr")]


def test_a_row_says_all_of_a_visit(office: Browser, cleos_home: Client, sam: User) -> None:
    service = make_service(name="Long walk")
    visit = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, service=service)
    row = read(office.get(TABLE)).one("tr", id=f"row-{visit.pk}")
    assert [cell.text for cell in (*row.all("th"), *row.all("td"))] == [
        "Fri 27 Nov 12:00–12:30", "Carter, Cleo", "", "Long walk", "Sam Sitter", "Assigned",
        "$25.00", "Assign",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", ["time", "client", "service", "sitter", "status"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_order_goes_through_all_pages_once(office: Browser, sort: str, sign: str) -> None:
    """Also where many visits are equal, and in both directions."""
    keys: dict[str, Callable[[Visit], object]] = {
        "time": lambda visit: visit.starts_at,
        "client": lambda visit: visit.client.sort_name,
        "service": lambda visit: visit.service.name,
        "sitter": lambda visit: visit.sitter.name if visit.sitter else "",
        "status": lambda visit: visit.status,
    }
    wanted = sorted(fill_day(120), key=lambda visit: (keys[sort](visit), visit.pk))
    if sign:
        wanted.reverse()
    url, found = f"{TABLE}&sort={sign}{sort}", []
    for _page in range(4):
        page = read(office.get(url))
        found += rows(page)
        onward = [a for a in page.all("nav", cls="pager") for a in a.all("a", rel="next")]
        if not onward:
            break
        url = "/schedule/" + onward[0].attrs["href"]
    assert found == [visit.pk for visit in wanted]


def test_it_covers_a_week_or_a_month_and_more_of_one_client(
    office: Browser, cleos_home: Client
) -> None:
    days = (0, 6, 7, 30, 31, 365)
    made = {n: make_visit(cleos_home, visit_on=FRIDAY + timedelta(days=n)).pk for n in days}
    only = f"&client={cleos_home.pk}"
    wanted = {
        "": [0, 6], "&stretch=31": [0, 6, 7, 30], "&stretch=366": [0, 6],
        f"&stretch=366{only}": list(days), "&stretch=99": [0, 6], "&stretch=-7": [0, 6],
    }  # fmt: skip
    found = {more: rows(read(office.get(TABLE + more))) for more in wanted}
    assert found == {more: [made[n] for n in numbers] for more, numbers in wanted.items()}


def test_a_year_of_requests_is_one_list(office: Browser, cleos_home: Client) -> None:
    """Where the home page's "requests wait" leads."""
    far = make_visit(cleos_home, visit_on=date(2038, 8, 1), status=VisitStatus.REQUESTED)
    make_visit(cleos_home, visit_on=FRIDAY)
    assert rows(read(office.get(f"{TABLE}&status=requested&stretch=366"))) == [far.pk]


@pytest.mark.parametrize("at", ["x", "bGFzdA", "last", "WzEsIngiLDFd", "%00"])
@pytest.mark.parametrize("sort", ["time", "client", "price", "-", "starts_at"])
def test_strange_orders_and_cursors_are_the_first_page(
    office: Browser, cleos_home: Client, at: str, sort: str
) -> None:
    visit = make_visit(cleos_home, visit_on=FRIDAY, exact_time=time(8))
    make_visit(make_client(), visit_on=FRIDAY - timedelta(days=1))
    assert visit.pk in rows(read(office.get(f"{TABLE}&sort={sort}&at={at}"))) or at != "x"


def test_what_waits_is_said_and_found_by_one_word(
    office: Browser, cleos_home: Client, sam: User
) -> None:
    given = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam)
    offered = make_visit(cleos_home, visit_on=FRIDAY, is_for_anyone=True)
    waiting = make_visit(cleos_home, visit_on=FRIDAY)
    wanted = {"assigned": given, "offered": offered, "open": waiting}
    words = {"assigned": "Assigned", "offered": "Offered", "open": "To assign"}
    for status, visit in wanted.items():
        page = read(office.get(f"{TABLE}&status={status}"))
        assert rows(page) == [visit.pk]
        assert (
            page.one("tr", id=f"row-{visit.pk}").one("td", cls="cell-status").text
            == (words[status])
        )
        chosen = page.one("select", name="status").one("option", value=status)
        assert (chosen.text, "selected" in chosen.attrs) == (words[status], True)
        heading = read(office.get(f"/visits/{visit.pk}/")).one("h1")
        assert heading.one("span", cls="pill").text == words[status]
        listed = read(office.get(f"/clients/{cleos_home.pk}/visits/"))
        assert (
            listed.one("li", data_visit=str(visit.pk)).one("span", cls="pill").text
            == (words[status])
        )
