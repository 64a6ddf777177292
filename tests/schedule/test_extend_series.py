"""Rule 89 and its neighbours: the worker makes one more day of each series, and never twice."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from threading import Event
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.jobs import periodic
from pawfile.jobs.models import PeriodicWork
from pawfile.jobs.worker import work
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import Status
from pawfile.schedule.actions.visits import delete_visit
from pawfile.schedule.generating import extend_series
from pawfile.schedule.models import AssignTo, Series, Visit, VisitStatus
from pawfile.schedule.prices import set_custom_price
from pawfile.schedule.recurrence import Every, Repeat
from tests.at_once import at_once
from tests.factories import make_client, make_pet, make_service
from tests.schedule.series import MONDAYS, days_of_visits, make_series

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2027, 6, 7)  # a Monday
US = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"]
#: Zone, the clock of the series, a night in which the clocks are changed, when the visit begins.
NIGHTS = [
    *[(zone, time(2, 30), date(2028, 3, 12), "03:30 {summer}") for zone in US],
    *[(zone, time(1, 30), date(2028, 11, 5), "01:30 {summer}") for zone in US],
    # Half an hour only: 2:15 is left out in October, 1:45 comes twice in April.
    ("Australia/Lord_Howe", time(2, 15), date(2028, 10, 1), "02:45 +1100"),
    ("Australia/Lord_Howe", time(1, 45), date(2028, 4, 2), "01:45 +1100"),
]
SUMMER = dict(zip(US, ("-0400", "-0500", "-0600", "-0700"), strict=True))


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    options = SiteOptions.load()
    noon = datetime(2027, 6, 7, 12, tzinfo=ZoneInfo(options.time_zone))
    with time_machine.travel(noon, tick=False):
        yield


def test_rule_89_exactly_one_more_day_is_made_and_a_rerun_adds_nothing(
    cleos_home: Client,
) -> None:
    series = make_series(cleos_home, TODAY)
    assert days_of_visits(series) == [TODAY + DAY * n for n in range(61)]
    assert extend_series(today=TODAY) == 0
    assert extend_series(today=TODAY + DAY) == 1
    assert extend_series(today=TODAY + DAY) == 0
    assert days_of_visits(series) == [TODAY + DAY * n for n in range(62)]


def test_rule_89_the_worker_does_it_on_its_first_look_of_a_day(cleos_home: Client) -> None:
    series = make_series(cleos_home, TODAY)
    with time_machine.travel(timezone.now() + DAY, tick=False):
        for _look in range(3):
            PeriodicWork.objects.update(next_run_at=timezone.now())
            work(stop=Event(), once=True)
    assert "look_ahead" in periodic._registered
    assert days_of_visits(series)[-2:] == [TODAY + DAY * 60, TODAY + DAY * 61]


def test_days_missed_while_no_worker_ran_are_made_up_but_none_in_the_past(
    cleos_home: Client,
) -> None:
    SiteOptions.objects.update(lookahead_days=3)
    series = make_series(cleos_home, TODAY)
    extend_series(today=TODAY + DAY * 10)
    assert days_of_visits(series) == [
        *(TODAY + DAY * n for n in range(4)),
        *(TODAY + DAY * n for n in range(10, 14)),
    ]


def test_a_series_with_a_last_day_is_extended_until_then(cleos_home: Client) -> None:
    SiteOptions.objects.update(lookahead_days=5)
    series = make_series(cleos_home, TODAY, until_on=TODAY + DAY * 8)
    for n in range(20):
        extend_series(today=TODAY + DAY * n)
    assert days_of_visits(series) == [TODAY + DAY * n for n in range(9)]


def test_one_that_begins_later_has_its_first_visits_at_once(cleos_home: Client) -> None:
    far = TODAY + DAY * 200
    series = make_series(cleos_home, far, MONDAYS)
    assert len(days_of_visits(series)) == 9
    assert extend_series(today=TODAY + DAY) == 0


def test_a_deleted_visit_does_not_come_back(cleos_home: Client, ada: User) -> None:
    series = make_series(cleos_home, TODAY)
    gone = series.visits.get(series_on=TODAY + DAY * 60)
    delete_visit(visit=gone, by=ada)
    extend_series(today=TODAY + DAY)
    assert days_of_visits(series) == [
        TODAY + DAY * n for n in range(62) if TODAY + DAY * n != gone.visit_on
    ]


def test_a_sitter_blocked_meanwhile_gets_no_visit(cleos_home: Client, sam: User) -> None:
    given = make_series(cleos_home, TODAY, assign_to=AssignTo.SITTER, sitter=sam)
    primary = make_series(cleos_home, TODAY, assign_to=AssignTo.PRIMARY)
    assert set(given.visits.values_list("sitter", flat=True)) == {sam.pk}
    cleos_home.blocked_sitters.add(sam)
    assert extend_series(today=TODAY + DAY) == 2
    new = Visit.objects.filter(series__in=[given, primary], series_on=TODAY + DAY * 61)
    assert [(visit.sitter, visit.status) for visit in new] == [(None, VisitStatus.ASSIGNED)] * 2


def test_an_inactive_sitter_and_a_missing_primary_get_none(cleos_home: Client, sam: User) -> None:
    given = make_series(cleos_home, TODAY, assign_to=AssignTo.SITTER, sitter=sam)
    primary = make_series(cleos_home, TODAY, assign_to=AssignTo.PRIMARY)
    cleos_home.refresh_from_db()
    update_client(cleos_home, values={"primary_sitter": None}, by=None)
    User.objects.filter(pk=sam.pk).update(is_active=False)
    extend_series(today=TODAY + DAY)
    new = Visit.objects.filter(series__in=[given, primary], series_on=TODAY + DAY * 61)
    assert [visit.sitter for visit in new] == [None, None]


def test_the_primary_of_the_day_has_it(cleos_home: Client, stan: User) -> None:
    series = make_series(cleos_home, TODAY, assign_to=AssignTo.PRIMARY)
    cleos_home.refresh_from_db()
    update_client(cleos_home, values={"primary_sitter": stan}, by=None)
    extend_series(today=TODAY + DAY)
    assert series.visits.get(series_on=TODAY + DAY * 61).sitter == stan


def test_where_nobody_has_to_accept_visits_are_accepted(cleos_home: Client) -> None:
    SiteOptions.objects.update(has_acceptance=False)
    series = make_series(cleos_home, TODAY, assign_to=AssignTo.PRIMARY)
    extend_series(today=TODAY + DAY)
    assert set(series.visits.values_list("status", flat=True)) == {VisitStatus.ACCEPTED}


def test_anyone_stays_anyone(cleos_home: Client) -> None:
    series = make_series(cleos_home, TODAY, assign_to=AssignTo.ANYONE)
    extend_series(today=TODAY + DAY)
    assert series.visits.filter(is_for_anyone=True, sitter=None).count() == 62


def test_a_new_visit_has_the_price_of_its_day(cleos_home: Client) -> None:
    walk = make_service(price="25.00")
    series = make_series(cleos_home, TODAY, service=walk)
    last = TODAY + DAY * 61
    set_custom_price(client=cleos_home, service=walk, price=Decimal(18), effective_on=last, by=None)
    extend_series(today=TODAY + DAY)
    prices = series.visits.filter(series_on__gte=last - DAY).values_list("price", flat=True)
    assert list(prices) == [Decimal(25), Decimal(18)]


def test_pets_go_along_while_they_are_active(cleos_home: Client, rex: Pet) -> None:
    tom = make_pet(cleos_home, name="Tom")
    series = make_series(cleos_home, TODAY, pets=[rex, tom])
    update_pet(tom, values={"active": False}, by=None)
    extend_series(today=TODAY + DAY)
    assert series.visits.filter(pets=rex).count() == 62
    assert series.visits.filter(pets=tom).count() == 61


def test_an_inactive_client_gets_none_and_later_only_what_is_ahead(cleos_home: Client) -> None:
    SiteOptions.objects.update(lookahead_days=2)
    series = make_series(cleos_home, TODAY)
    cleos_home.refresh_from_db()
    update_client(cleos_home, values={"status": Status.INACTIVE}, by=None)
    assert extend_series(today=TODAY + DAY * 5) == 0
    update_client(cleos_home, values={"status": Status.ACTIVE}, by=None)
    assert extend_series(today=TODAY + DAY * 9) == 3
    assert days_of_visits(series) == [TODAY + DAY * n for n in (0, 1, 2, 9, 10, 11)]


@pytest.mark.parametrize(("price", "status"), [("25.00", "Active"), ("0.00", "Prospect")])
def test_rules_7_and_9_a_paid_series_makes_a_prospect_active(
    cleos_home: Client, price: str, status: str
) -> None:
    make_series(cleos_home, TODAY, service=make_service(price=price))
    cleos_home.refresh_from_db()
    assert cleos_home.status == status


def test_a_series_that_cannot_be_extended_keeps_no_other(
    cleos_home: Client, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = make_series(cleos_home, TODAY), make_series(cleos_home, TODAY)
    Series.objects.filter(pk=bad.pk).update(rule="FREQ=NEVER")
    assert extend_series(today=TODAY + DAY) == 1
    assert f"Series {bad.pk} could not be extended" in caplog.text
    assert len(days_of_visits(good)) == 62


def test_many_series_take_as_many_statements_as_a_few() -> None:
    walk = make_service()

    def statements(count: int, today: date) -> int:
        for _number in range(count):
            client = make_client(status=Status.ACTIVE)
            make_series(client, TODAY, service=walk, pets=[make_pet(client)])
        with CaptureQueriesContext(connection) as queries:
            assert extend_series(today=today) >= count
        return len(queries)

    assert statements(1, TODAY + DAY) == statements(9, TODAY + DAY * 2)


def test_month_ends_and_29_february(cleos_home: Client) -> None:
    SiteOptions.objects.update(lookahead_days=300)
    series = make_series(cleos_home, date(2027, 8, 31), Repeat(Every.MONTH, month_day=31))
    found = [(day.month, day.day) for day in days_of_visits(series)]
    assert found[:7] == [(8, 31), (9, 30), (10, 31), (11, 30), (12, 31), (1, 31), (2, 29)]


@pytest.mark.parametrize("zone", [*US, "Australia/Lord_Howe"])
def test_both_nights_of_changing_clocks_have_one_visit_each(cleos_home: Client, zone: str) -> None:
    SiteOptions.objects.update(time_zone=zone, lookahead_days=400)
    last = TODAY + DAY * 365
    series = make_series(cleos_home, TODAY, exact_time=time(2, 30), until_on=last)
    visits = list(series.visits.order_by("starts_at"))
    assert len(visits) == 366
    assert all(visit.ends_at - visit.starts_at == timedelta(minutes=30) for visit in visits)
    here = [timezone.localtime(visit.starts_at, ZoneInfo(zone)) for visit in visits]
    assert [moment.date() for moment in here] == [visit.visit_on for visit in visits]
    assert sum(moment.time() != time(2, 30) for moment in here) <= 1


@pytest.mark.parametrize(("zone", "clock", "night", "begins"), NIGHTS)
def test_the_worker_that_comes_every_day_makes_that_night_once(
    cleos_home: Client, zone: str, clock: time, night: date, begins: str
) -> None:
    SiteOptions.objects.update(time_zone=zone, lookahead_days=2)
    before = night - DAY * 4
    with time_machine.travel(datetime.combine(before, time(12), ZoneInfo(zone)), tick=False):
        series = make_series(cleos_home, before, exact_time=clock)
    for number in range(1, 6):
        at = datetime.combine(before + DAY * number, clock, ZoneInfo(zone))
        with time_machine.travel(at, tick=False):
            assert [extend_series(), extend_series()] == [1, 0]
    assert days_of_visits(series) == [before + DAY * number for number in range(8)]
    visit = series.visits.get(visit_on=night)
    here = timezone.localtime(visit.starts_at, ZoneInfo(zone))
    assert f"{here:%H:%M %z}" == begins.format(summer=SUMMER.get(zone))
    assert visit.ends_at - visit.starts_at == timedelta(minutes=30)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_visit_once() -> None:
    series = [make_series(make_client(), TODAY) for _number in range(5)]
    tomorrow = TODAY + DAY
    results = at_once(*[lambda: extend_series(today=tomorrow)] * 3)
    assert sorted(results) == [0, 0, 5]
    assert [len(days_of_visits(each)) for each in series] == [62] * 5
