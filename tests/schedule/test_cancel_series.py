"""Rule 90: a canceled series makes no visits any more; one visit less is no end of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pawfile.accounts.models import Role, User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.actions.moves import cancel_visit
from pawfile.schedule.actions.series import cancel_series
from pawfile.schedule.actions.visits import delete_visit
from pawfile.schedule.generating import extend_series
from pawfile.schedule.models import Series, Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_client, make_user
from tests.schedule.series import MONDAYS, days_of_visits, make_series

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2027, 6, 7)  # a Monday


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    zone = ZoneInfo(SiteOptions.load().time_zone)
    with time_machine.travel(datetime(2027, 6, 7, 12, tzinfo=zone), tick=False):
        yield


def taking_place(series: Series) -> list[date]:
    rows = series.visits.exclude(status=VisitStatus.CANCELED).order_by("series_on")
    return list(rows.values_list("visit_on", flat=True))


def test_rule_90_the_worker_makes_no_visits_of_a_canceled_series(
    cleos_home: Client, mona: User
) -> None:
    series = make_series(cleos_home, TODAY)
    assert cancel_series(series=series, from_on=TODAY + DAY * 3, reason="Moved", by=mona) == 58
    assert extend_series(today=TODAY + DAY * 30) == 0
    assert taking_place(series) == [TODAY + DAY * n for n in range(3)]
    gone = series.visits.get(series_on=TODAY + DAY * 3)
    assert (gone.cancel_reason, gone.events.get().done_by) == ("Moved", mona)


def test_rule_90_deleting_one_visit_leaves_the_series_going(cleos_home: Client, ada: User) -> None:
    series = make_series(cleos_home, TODAY, MONDAYS)
    delete_visit(visit=series.visits.order_by("series_on")[2], by=ada)
    assert extend_series(today=TODAY + DAY * 7) == 1
    weeks = [TODAY + DAY * 7 * n for n in range(10)]
    assert days_of_visits(series) == [day for day in weeks if day != weeks[2]]


def test_canceling_one_visit_leaves_the_series_going(cleos_home: Client, mona: User) -> None:
    series = make_series(cleos_home, TODAY, MONDAYS)
    cancel_visit(visit=series.visits.order_by("series_on")[2], reason="Away", by=mona)
    assert extend_series(today=TODAY + DAY * 7) == 1
    assert len(taking_place(series)) == 9


def test_what_was_done_or_has_begun_stays(cleos_home: Client, mona: User) -> None:
    series = make_series(cleos_home, TODAY)
    first, second, third = series.visits.order_by("series_on")[:3]
    Visit.objects.filter(pk=first.pk).update(status=VisitStatus.COMPLETED)
    Visit.objects.filter(pk=second.pk).update(status=VisitStatus.IN_PROGRESS)
    cancel_visit(visit=third, reason="Away", by=mona)
    cancel_series(series=series, from_on=TODAY, reason="Moved", by=mona)
    kept = series.visits.order_by("series_on").values_list("status", "cancel_reason")[:4]
    assert list(kept) == [
        (VisitStatus.COMPLETED, ""),
        (VisitStatus.IN_PROGRESS, ""),
        (VisitStatus.CANCELED, "Away"),
        (VisitStatus.CANCELED, "Moved"),
    ]


def test_one_that_ends_far_ahead_is_made_until_then(cleos_home: Client, mona: User) -> None:
    SiteOptions.objects.update(lookahead_days=5)
    series = make_series(cleos_home, TODAY)
    assert cancel_series(series=series, from_on=TODAY + DAY * 9, reason="", by=mona) == 0
    for n in range(20):
        extend_series(today=TODAY + DAY * n)
    assert taking_place(series) == [TODAY + DAY * n for n in range(9)]


def test_a_later_end_does_not_make_it_longer(cleos_home: Client, mona: User) -> None:
    series = make_series(cleos_home, TODAY, until_on=TODAY + DAY * 4)
    cancel_series(series=series, from_on=TODAY + DAY * 50, reason="", by=mona)
    series.refresh_from_db()
    assert series.until_on == TODAY + DAY * 4


@pytest.mark.django_db(transaction=True)
def test_canceled_while_the_worker_extends_it_nothing_is_left_over() -> None:
    mona = make_user(Role.MANAGER, "Mona")
    for number in range(1, 4):
        series = make_series(make_client(), TODAY)
        results = at_once(
            partial(cancel_series, series=series, from_on=TODAY + DAY * 2, reason="", by=mona),
            partial(extend_series, today=TODAY + DAY * number),
        )
        assert [type(result) for result in results] == [int, int], results
        assert taking_place(series) == [TODAY, TODAY + DAY]
        assert extend_series(today=TODAY + DAY * (number + 5)) == 0
