"""A change of one visit of a series, of it and the later ones, of all from today on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from pawfile.accounts.models import Role, User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.moves import cancel_visit
from pawfile.schedule.actions.series import Scope, cancel_series, change_series
from pawfile.schedule.actions.visits import change_visit, delete_visit
from pawfile.schedule.generating import extend_series
from pawfile.schedule.models import AssignTo, Series, Visit, VisitStatus
from pawfile.schedule.recurrence import Every, Repeat
from tests.at_once import at_once
from tests.factories import make_client, make_user
from tests.schedule.series import MONDAYS, make_series

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2027, 6, 7)  # a Monday
WEEKS = [TODAY + DAY * 7 * n for n in range(9)]
TUESDAYS = Repeat(Every.WEEK, frozenset({1}))
LATE = {"exact_time": time(15)}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    zone = ZoneInfo(SiteOptions.load().time_zone)
    with time_machine.travel(datetime(2027, 6, 7, 12, tzinfo=zone), tick=False):
        yield


@pytest.fixture
def series(cleos_home: Client) -> Series:
    return make_series(cleos_home, TODAY, MONDAYS)


def visit_of(series: Series, number: int) -> Visit:
    return series.visits.order_by("series_on")[number]


def on_the_plan() -> list[date]:
    rows = Visit.objects.exclude(status=VisitStatus.CANCELED).order_by("visit_on")
    return list(rows.values_list("visit_on", flat=True))


def times() -> list[int]:
    rows = Visit.objects.order_by("visit_on", "pk").values_list("exact_time", flat=True)
    return [clock.hour if clock else 0 for clock in rows]


def test_one(series: Series, mona: User, sam: User) -> None:
    visit = visit_of(series, 3)
    values = {**LATE, "assign_to": AssignTo.SITTER, "sitter": sam}
    changed = change_series(visit=visit, scope=Scope.ONE, values=values, opened_version=1, by=mona)
    assert (changed.exact_time, changed.sitter, changed.series) == (time(15), sam, series)
    assert times() == [12] * 3 + [15] + [12] * 5
    assert Visit.objects.filter(sitter=sam).count() == 1


def test_this_and_later(series: Series, mona: User) -> None:
    visit = visit_of(series, 3)
    ids = set(Visit.objects.values_list("pk", flat=True))
    changed = change_series(visit=visit, scope=Scope.LATER, values=LATE, opened_version=1, by=mona)
    assert times() == [12] * 3 + [15] * 6
    assert set(Visit.objects.values_list("pk", flat=True)) == ids, "the very same visits"
    series.refresh_from_db()
    new = changed.series
    assert new is not None
    assert (series.until_on, new.starts_on, new.until_on) == (WEEKS[3] - DAY, WEEKS[3], None)
    assert (series.visits.count(), new.visits.count()) == (3, 6)
    assert extend_series(today=WEEKS[1]) == 1
    assert times()[-1] == 15


def test_all_is_all_from_today_on(series: Series, mona: User) -> None:
    with time_machine.travel(datetime(2027, 6, 18, 12, tzinfo=ZoneInfo("America/New_York"))):
        change_series(
            visit=visit_of(series, 5), scope=Scope.ALL, values=LATE, opened_version=1, by=mona
        )
        extend_series()
    assert times() == [12] * 2 + [15] * 9


def test_other_days(series: Series, mona: User) -> None:
    values = {"repeat": TUESDAYS}
    visit = visit_of(series, 3)
    change_series(visit=visit, scope=Scope.LATER, values=values, opened_version=1, by=mona)
    assert on_the_plan() == WEEKS[:3] + [day + DAY for day in WEEKS[3:]]
    gone = Visit.objects.filter(status=VisitStatus.CANCELED)
    assert list(gone.values_list("visit_on", flat=True)) == WEEKS[3:]
    assert {visit.cancel_reason for visit in gone} == {"The series was changed."}


def test_one_day_more_keeps_the_visits_there_are(series: Series, mona: User) -> None:
    ids = set(Visit.objects.values_list("pk", flat=True))
    values = {"repeat": Repeat(Every.WEEK, frozenset({0, 1}))}
    change_series(
        visit=visit_of(series, 7), scope=Scope.LATER, values=values, opened_version=1, by=mona
    )
    assert on_the_plan() == sorted([*WEEKS, WEEKS[7] + DAY, WEEKS[8] + DAY])
    assert ids < set(Visit.objects.values_list("pk", flat=True))


def test_there_and_back_again_loses_nothing(series: Series, mona: User) -> None:
    for repeat in (TUESDAYS, MONDAYS, TUESDAYS, MONDAYS):
        visit = Visit.objects.exclude(status=VisitStatus.CANCELED).order_by("visit_on")[0]
        change_series(
            visit=visit, scope=Scope.ALL, values={"repeat": repeat}, opened_version=None, by=mona
        )
    assert on_the_plan() == WEEKS


def test_a_last_day_and_none_again(series: Series, mona: User) -> None:
    values = {"until_on": WEEKS[4]}
    visit = visit_of(series, 2)
    visit = change_series(visit=visit, scope=Scope.LATER, values=values, opened_version=1, by=mona)
    assert on_the_plan() == WEEKS[:5]
    change_series(
        visit=visit, scope=Scope.ALL, values={"until_on": None}, opened_version=None, by=mona
    )
    assert on_the_plan() == WEEKS


def test_done_begun_canceled_and_deleted_visits_stay_as_they_are(
    series: Series, mona: User, ada: User
) -> None:
    done, begun, canceled, deleted = (visit_of(series, n) for n in (3, 4, 5, 6))
    Visit.objects.filter(pk=done.pk).update(status=VisitStatus.COMPLETED)
    Visit.objects.filter(pk=begun.pk).update(status=VisitStatus.IN_PROGRESS)
    cancel_visit(visit=canceled, reason="Away", by=mona)
    delete_visit(visit=deleted, by=ada)
    change_series(
        visit=visit_of(series, 2), scope=Scope.LATER, values=LATE, opened_version=1, by=mona
    )
    assert times() == [12, 12, 15, 12, 12, 12, 15, 15]
    assert on_the_plan() == [*WEEKS[:5], *WEEKS[7:]]


def test_what_was_changed_of_one_alone_stays(series: Series, mona: User) -> None:
    odd = visit_of(series, 5)
    change_visit(visit=odd, values={"note": "Feed the cat"}, opened_version=1, by=mona)
    values = {**LATE, "note": ""}
    change_series(
        visit=visit_of(series, 1), scope=Scope.LATER, values=values, opened_version=1, by=mona
    )
    odd.refresh_from_db()
    assert (odd.note, odd.exact_time) == ("Feed the cat", time(15))


def test_a_visit_moved_to_another_day_stays_there(series: Series, mona: User) -> None:
    values = {"visit_on": WEEKS[2] + DAY * 2}
    change_visit(visit=visit_of(series, 2), values=values, opened_version=1, by=mona)
    change_series(
        visit=visit_of(series, 1), scope=Scope.LATER, values=LATE, opened_version=1, by=mona
    )
    assert on_the_plan() == [*WEEKS[:2], WEEKS[2] + DAY * 2, *WEEKS[3:]]
    assert times() == [12] + [15] * 8


def test_every_other_week_stays_the_same_week(cleos_home: Client, mona: User) -> None:
    every_other = Repeat(Every.WEEK, frozenset({0}), 2)
    series = make_series(cleos_home, TODAY, every_other)
    with time_machine.travel(datetime(2027, 6, 14, 12, tzinfo=ZoneInfo("America/New_York"))):
        change_series(
            visit=visit_of(series, 2), scope=Scope.ALL, values=LATE, opened_version=1, by=mona
        )
        extend_series()
    assert on_the_plan() == [*WEEKS[::2], WEEKS[8] + DAY * 14][: len(on_the_plan())]
    assert len(on_the_plan()) == 5


def test_another_sitter_for_all(series: Series, mona: User, sam: User) -> None:
    values = {"assign_to": AssignTo.SITTER, "sitter": sam}
    change_series(
        visit=visit_of(series, 4), scope=Scope.LATER, values=values, opened_version=1, by=mona
    )
    assert Visit.objects.filter(sitter=sam).count() == 5
    extend_series(today=WEEKS[1])
    assert Visit.objects.filter(sitter=sam).count() == 6


def test_a_blocked_sitter_is_refused_and_nothing_changed(
    series: Series, mona: User, sam: User
) -> None:
    series.client.blocked_sitters.add(sam)
    values = {**LATE, "assign_to": AssignTo.SITTER, "sitter": sam}
    with pytest.raises(ValidationError, match="cannot be assigned"):
        change_series(
            visit=visit_of(series, 4), scope=Scope.LATER, values=values, opened_version=1, by=mona
        )
    assert (times(), Series.objects.count()) == ([12] * 9, 1)


def test_pets_of_all(series: Series, mona: User, rex: Pet) -> None:
    visit = visit_of(series, 4)
    change_series(visit=visit, scope=Scope.LATER, values={"pets": [rex]}, opened_version=1, by=mona)
    extend_series(today=WEEKS[1])
    assert rex.visits.count() == 6


def test_a_part_that_has_ended_does_not_run_into_the_next(series: Series, mona: User) -> None:
    change_series(
        visit=visit_of(series, 5), scope=Scope.LATER, values=LATE, opened_version=1, by=mona
    )
    first = visit_of(series, 1)
    with pytest.raises(ValidationError, match="This series ends on 11 Jul 2027"):
        change_series(
            visit=first, scope=Scope.LATER, values={"until_on": None}, opened_version=1, by=mona
        )
    change_series(visit=first, scope=Scope.LATER, values=LATE, opened_version=1, by=mona)
    assert times() == [12] + [15] * 8


def test_after_the_end_of_a_series_all_is_nothing(series: Series, mona: User) -> None:
    cancel_series(series=series, from_on=TODAY, reason="", by=mona)
    visit = visit_of(series, 3)
    with pytest.raises(ValidationError, match="No visit of this series is ahead"):
        change_series(visit=visit, scope=Scope.ALL, values=LATE, opened_version=None, by=mona)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"until_on": WEEKS[2] - DAY}, "until_on"),
        ({"until_on": date(2100, 1, 1)}, "until_on"),
        ({"repeat": TUESDAYS, "until_on": WEEKS[3]}, "until_on"),
        ({"exact_time": None}, "block"),
    ],
)
def test_what_cannot_be_is_refused(series: Series, mona: User, values: dict, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        change_series(
            visit=visit_of(series, 3), scope=Scope.LATER, values=values, opened_version=1, by=mona
        )
    assert list(refused.value.message_dict) == [field]
    assert on_the_plan() == WEEKS


def test_a_form_opened_before_somebody_elses_change_is_refused(series: Series, mona: User) -> None:
    stale = visit_of(series, 4)
    change_series(
        visit=visit_of(series, 4), scope=Scope.LATER, values=LATE, opened_version=1, by=mona
    )
    for scope in (Scope.ONE, Scope.LATER, Scope.ALL):
        with pytest.raises(StaleRecordError):
            change_series(visit=stale, scope=scope, values={"note": "x"}, opened_version=1, by=mona)


@pytest.mark.django_db(transaction=True)
def test_of_two_offices_that_change_one_series_at_once_one_is_told() -> None:
    mona = make_user(Role.MANAGER, "Mona")
    for _round in range(3):
        series = make_series(make_client(), TODAY, MONDAYS)
        visit = visit_of(series, 2)

        def change(repeat: Repeat, visit: Visit = visit) -> Visit:
            values = {"repeat": repeat}
            return change_series(
                visit=Visit.objects.get(pk=visit.pk),
                scope=Scope.LATER,
                values=values,
                opened_version=visit.version,
                by=mona,
            )

        results = at_once(
            partial(change, Repeat(Every.WEEK, frozenset({0, 2}))),
            partial(change, Repeat(Every.WEEK, frozenset({0, 4}))),
            lambda: extend_series(today=WEEKS[1]),
        )
        assert sorted(type(result).__name__ for result in results[:2]) != ["Visit", "Visit"]
        rows = Visit.objects.filter(client=series.client).exclude(status=VisitStatus.CANCELED)
        found = list(rows.values_list("visit_on", flat=True))
        assert len(found) == len(set(found))
        extend_series(today=WEEKS[1])
        assert set(WEEKS) <= set(rows.values_list("visit_on", flat=True))
