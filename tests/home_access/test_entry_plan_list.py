"""Homes to think about before a visit: fewer than two ways in, or none confirmed lately."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.schedule.models import VisitStatus
from tests.factories import make_client, make_visit
from tests.home_access.ways import make_way, today
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]
URL = "/entry-plans/"


def days_ahead(days: int) -> date:
    return today() + timedelta(days=days)


def months_ago(months: int, days: int = 0) -> date:
    day: date = today() - relativedelta(months=months)
    return day - timedelta(days=days)


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def expected(cleos_home: Client) -> Client:
    """Cleo, who has a visit next week."""
    make_visit(cleos_home, visit_on=days_ahead(7))
    return cleos_home


def listed(browser: Browser) -> list[list[str]]:
    rows = read(browser.get(URL)).all("tr", data_client="")
    return [[cell.text for cell in row.all("td")[:2]] for row in rows]


def missing(browser: Browser) -> list[str]:
    return [cells[1] for cells in listed(browser)]


def counted(browser: Browser) -> list[str]:
    cards = read(browser.get("/")).all("li", data_weak_plans="")
    return [card.attrs["data-weak-plans"] for card in cards]


def test_two_ways_of_which_one_was_confirmed_lately_are_enough(
    monas: Browser, expected: Client
) -> None:
    assert missing(monas) == ["No way in"]
    way = make_way(expected)
    assert missing(monas) == ["One way in only · Not confirmed"]
    make_way(expected, "garage")
    assert missing(monas) == ["Not confirmed"]
    way.confirmed_on = months_ago(6, days=1)
    way.save()
    assert [text[:20] for text in missing(monas)] == ["Not confirmed since "]
    way.confirmed_on = months_ago(6)
    way.save()
    assert missing(monas) == []
    assert counted(monas) == []


def test_the_company_says_how_often(monas: Browser, expected: Client) -> None:
    for kind in ("key", "garage"):
        make_way(expected, kind, confirmed_on=months_ago(3))
    assert missing(monas) == []
    SiteOptions.objects.update_or_create(pk=1, defaults={"entry_confirm_months": 2})
    assert len(missing(monas)) == 1


@pytest.mark.parametrize(
    ("days", "status", "is_listed"),
    [
        (1, VisitStatus.ASSIGNED, True), (29, VisitStatus.REQUESTED, True),
        (31, VisitStatus.ACCEPTED, False), (-1, VisitStatus.COMPLETED, False),
        (7, VisitStatus.CANCELED, False), (7, VisitStatus.UNAVAILABLE, False),
    ],
)  # fmt: skip
def test_only_a_visit_of_the_next_30_days_counts(
    monas: Browser, cleos_home: Client, days: int, status: VisitStatus, is_listed: bool
) -> None:
    make_visit(cleos_home, visit_on=days_ahead(days), status=status)
    tomorrow = make_client()
    make_visit(tomorrow, visit_on=days_ahead(1))
    assert (len(listed(monas)), counted(monas)) == (1 + is_listed, [str(1 + is_listed)])


def test_inactive_clients_are_left_out(monas: Browser, expected: Client) -> None:
    update_client(expected, values={"status": "Inactive"}, by=None)
    assert (listed(monas), counted(monas)) == ([], [])


def test_the_next_visit_comes_first(monas: Browser, expected: Client) -> None:
    sooner = make_client()
    make_visit(sooner, visit_on=days_ahead(2))
    make_visit(sooner, visit_on=days_ahead(20))
    rows = read(monas.get(URL)).all("tr", data_client="")
    assert [row.attrs["data-client"] for row in rows] == [str(sooner.pk), str(expected.pk)]


def test_it_is_for_the_office_that_sees_how_to_get_in(
    signed_in: SignIn, ada: User, mona: User, sam: User, expected: Client
) -> None:
    assert [counted(signed_in(who)) for who in (ada, mona, sam)] == [["1"], ["1"], []]
    FieldRule.objects.create(subject="client", key="entry_instructions", manager=Access.HIDE)
    SiteOptions.renew_fields()
    assert [counted(signed_in(who)) for who in (ada, mona)] == [["1"], []]
    assert signed_in(mona).get(URL).status_code == 404


def test_it_costs_the_same_for_1_and_3_clients(monas: Browser, expected: Client) -> None:
    counts = []
    for more in (0, 2):
        for _each in range(more):
            make_visit(make_client(), visit_on=days_ahead(3))
        for url in (URL, "/"):
            monas.get(url)
            with CaptureQueriesContext(connection) as asked:
                monas.get(url)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
