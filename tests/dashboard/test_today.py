"""The card "Today" on the office's home page."""

from collections.abc import Callable
from datetime import time, timedelta

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.models import Ask, ChangeRequest, VisitStatus
from tests.factories import make_service, make_visit
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


def next_card(browser: Browser) -> str:
    return read(browser.get("/")).one("section", data_next_visits="").text


def test_a_sitter_is_told_the_next_visits_and_what_can_be_taken(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client
) -> None:
    browser = signed_in(sam)
    assert "No visits planned." in next_card(browser)
    day = timezone.localdate() + timedelta(days=1)
    for hour, status in enumerate((VisitStatus.ASSIGNED, VisitStatus.CANCELED), 9):
        make_visit(cleos_home, sitter=sam, visit_on=day, exact_time=time(hour), status=status)
    make_visit(cleos_home, sitter=stan, visit_on=day, exact_time=time(11))
    make_visit(cleos_home, sitter=sam, visit_on=day - timedelta(days=9))
    make_visit(cleos_home, is_for_anyone=True, visit_on=day)
    told = next_card(browser)
    assert told.count(f"{date_format(day, 'D j M')}, ") == 1
    assert "09:00–" in told
    assert "Carter, Cleo" in told
    assert "1 visit that you can take" in told


def test_a_client_is_told_the_next_visits_at_home_by_the_names_clients_know(
    signed_in: SignIn, cleo: User, cleos_home: Client, carls_home: Client
) -> None:
    browser, day = signed_in(cleo), timezone.localdate() + timedelta(days=1)
    walk = make_service(name="DW30", client_name="Dog walk")
    visit = make_visit(cleos_home, service=walk, visit_on=day)
    make_visit(carls_home, visit_on=day)
    make_visit(cleos_home, visit_on=day, status=VisitStatus.REQUESTED)
    page = read(browser.get("/")).one("section", data_next_visits="")
    assert [item.attrs["data-visit"] for item in page.all("li")] == [str(visit.pk)]
    assert "Dog walk" in page.text
    assert "DW30" not in page.text
    assert browser.get(visit.get_absolute_url()).status_code == 200
