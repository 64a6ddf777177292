"""Whatever offices do with series, in whichever order: no visit is lost and none is doubled."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pawfile.accounts.models import Role, User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.actions.moves import cancel_visit, complete
from pawfile.schedule.actions.series import (
    KEPT,
    Scope,
    add_series,
    cancel_series,
    change_series,
)
from pawfile.schedule.actions.visits import delete_visit
from pawfile.schedule.generating import company_today, extend_series
from pawfile.schedule.models import AssignTo, Series, Service, Visit, VisitStatus
from pawfile.schedule.recurrence import Every, Repeat, days_of
from tests.factories import make_client, make_service, make_user

DAY = timedelta(days=1)
START = datetime(2028, 1, 20, 17, tzinfo=UTC)

repeats = st.one_of(
    st.just(Repeat(Every.DAY)),
    st.builds(
        Repeat,
        st.just(Every.WEEK),
        st.frozensets(st.integers(0, 6), min_size=1),
        st.integers(1, 3),
    ),
    st.builds(Repeat, st.just(Every.MONTH), month_day=st.integers(1, 31)),
)
ends = st.none() | st.integers(0, 60)
numbers = st.integers(0, 40)
changes = st.fixed_dictionaries(
    {},
    optional={
        "repeat": repeats,
        "until_on": ends,
        "exact_time": st.sampled_from([time(8), time(15)]),
        "note": st.sampled_from(["", "Feed the cat"]),
        "assign_to": st.sampled_from([AssignTo.NOBODY, AssignTo.ANYONE]),
    },
)
steps = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 20)),
    st.tuples(st.just("change"), numbers, st.sampled_from([Scope.LATER, Scope.ALL]), changes),
    st.tuples(st.just("move"), numbers, st.integers(-3, 3)),
    st.tuples(st.just("cancel"), numbers),
    st.tuples(st.just("delete"), numbers),
    st.tuples(st.just("complete"), numbers),
    st.tuples(st.just("end"), numbers, st.integers(-5, 20)),
)


class History:
    """One client's series, and what a person would remember of them."""

    def __init__(self, client: Client, service: Service, admin: User) -> None:
        self.client, self.service, self.admin = client, service, admin
        self.deleted: set[date] = set()
        self.made_on: dict[int, date] = {}

    def today(self) -> date:
        return company_today(SiteOptions.load())

    def visit(self, number: int) -> Visit | None:
        visits = list(Visit.objects.filter(client=self.client).order_by("series_on", "pk"))
        return visits[number % len(visits)] if visits else None

    def begin(self, repeat: Repeat, until: int | None) -> None:
        today = self.today()
        add_series(
            client=self.client,
            pets=[],
            service=self.service,
            starts_on=today,
            repeat=repeat,
            until_on=None if until is None else today + DAY * (until + 40),
            exact_time=time(12),
            by=self.admin,
        )
        self.remember()

    def remember(self) -> None:
        for series in self.series():
            self.made_on.setdefault(series.pk, self.today())

    def series(self) -> list[Series]:
        return list(Series.objects.filter(client=self.client))

    def change(self, number: int, scope: Scope, wanted: dict[str, Any]) -> None:
        visit = self.visit(number)
        if visit is None or visit.series_on is None:
            return
        values = dict(wanted)
        if values.get("until_on") is not None:
            values["until_on"] = visit.series_on + DAY * values["until_on"]
        change_series(
            visit=visit, scope=scope, values=values, opened_version=visit.version, by=self.admin
        )

    def move(self, number: int, days: int) -> None:
        visit = self.visit(number)
        if visit:
            values = {"visit_on": visit.visit_on + DAY * days}
            change_series(
                visit=visit, scope=Scope.ONE, values=values, opened_version=None, by=self.admin
            )

    def cancel(self, number: int) -> None:
        visit = self.visit(number)
        if visit:
            cancel_visit(visit=visit, reason="", by=self.admin)

    def complete(self, number: int) -> None:
        visit = self.visit(number)
        if visit:
            Visit.objects.filter(pk=visit.pk, status=VisitStatus.ASSIGNED).update(
                status=VisitStatus.ACCEPTED
            )
            complete(visit=visit, by=self.admin)

    def delete(self, number: int) -> None:
        visit = self.visit(number)
        if visit and visit.series_on:
            delete_visit(visit=visit, by=self.admin)
            self.deleted.add(visit.series_on)

    def end(self, number: int, days: int) -> None:
        visit = self.visit(number)
        if visit and visit.series:
            from_on = visit.visit_on + DAY * days
            cancel_series(series=visit.series, from_on=from_on, reason="", by=self.admin)

    def check(self) -> None:
        visits = list(Visit.objects.filter(client=self.client).select_related("series"))
        taking_place = [v.series_on for v in visits if v.status != VisitStatus.CANCELED]
        assert len(taking_place) == len(set(taking_place)), "doubled"
        there = {visit.series_on for visit in visits} | self.deleted
        for series in self.series():
            assert series.generated_until_on
            assert set(self.due(series)) <= there, "lost"
        for visit in visits:
            if visit.status not in KEPT:
                assert visit.series
                assert visit.series_on in days_of(
                    visit.series.rule,
                    starts_on=visit.series.starts_on,
                    first=visit.series.starts_on,
                    last=visit.series.until_on or date(2029, 1, 1),
                ), "left over"

    def due(self, series: Series) -> list[date]:
        """The days on which somebody counts on a visit: since the series was made, until its end,
        as far ahead as the company looks."""
        ahead = self.today() + DAY * SiteOptions.load().lookahead_days
        return days_of(
            series.rule,
            starts_on=series.starts_on,
            first=max(series.starts_on, self.made_on[series.pk]),
            last=min(ahead, series.until_on or ahead),
        )


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(repeat=repeats, until=ends, story=st.lists(steps, max_size=12))
def test_no_visit_is_lost_or_doubled(
    db: None, repeat: Repeat, until: int | None, story: list[tuple]
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"lookahead_days": 45})
    history = History(make_client(), make_service(), make_user(Role.ADMINISTRATOR, "Ada"))
    now = START
    with time_machine.travel(now, tick=False) as clock:
        history.begin(repeat, until)
        for step, *details in story:
            if step == "wait":
                now += DAY * details[0]
                clock.move_to(now)
                extend_series()
            else:
                try:
                    getattr(history, step)(*details)
                except (ValidationError, StaleRecordError):
                    continue
            history.remember()
            history.check()
