"""The card "Today" on the office's home page."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.models import Ask, ChangeRequest, VisitStatus
from tests.factories import make_visit
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]


def card(browser: Browser) -> list[str]:
    return [item.text for item in read(browser.get("/")).one("section", data_today="").all("li")]


def test_it_counts_visits_those_nobody_has_and_requests(
    signed_in: SignIn, mona: User, cleos_home: Client, sam: User
) -> None:
    browser = signed_in(mona)
    assert card(browser) == ["0 visits"]
    held = make_visit(cleos_home, sitter=sam)
    make_visit(cleos_home, sitter=sam, status=VisitStatus.DECLINED)
    make_visit(cleos_home, is_for_anyone=True)
    make_visit(cleos_home, sitter=sam, status=VisitStatus.CANCELED)
    make_visit(cleos_home)
    later = timezone.localdate() + timedelta(days=40)
    make_visit(cleos_home, visit_on=later, status=VisitStatus.REQUESTED)
    ChangeRequest.objects.create(visit=held, ask=Ask.CANCEL)
    assert card(browser) == ["4 visits", "2 visits to assign", "2 requests wait for an answer"]


def test_it_is_for_the_office(signed_in: SignIn, sam: User, cleo: User) -> None:
    for user in (sam, cleo):
        assert read(signed_in(user).get("/")).all("section", data_today="") == []


def test_it_costs_the_same_for_1_and_30_visits(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(mona), []
    for more in (1, 29):
        for _each in range(more):
            make_visit(cleos_home)
        browser.get("/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
