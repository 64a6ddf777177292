"""/visits/<id>/series/edit/ and /cancel/, and what the page of a visit says of its series."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.actions.series import Scope, change_series
from pawfile.schedule.models import AssignTo, Series, Visit, VisitStatus
from tests.factories import make_visit
from tests.profiles.pages import content, read
from tests.schedule.series import make_series

SignedIn = Callable[[User], Browser]
DAY = timedelta(days=1)


@pytest.fixture
def monas(signed_in: SignedIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def series(cleos_home: Client) -> Series:
    today = timezone.localdate()
    return make_series(cleos_home, today + DAY, until_on=today + DAY * 10)


def nth(series: Series, number: int) -> Visit:
    return series.visits.order_by("series_on")[number]


def answers(visit: Visit, **changed: object) -> dict[str, object]:
    series = visit.series
    assert series
    given = {"service": visit.service_id, "exact_time": "12:00", "assign_to": "nobody"}
    given |= {"version": visit.version, "series": series.pk}
    return given | {"repeat": "day", "weeks": "1", "until_on": str(series.until_on)} | changed


def url(visit: Visit, more: str = "") -> str:
    return f"/visits/{visit.pk}/series/edit/{more}"


def hours() -> list[int]:
    rows = Visit.objects.order_by("visit_on", "pk").values_list("exact_time", flat=True)
    return [clock.hour for clock in rows if clock]


def test_the_page_of_a_visit_says_how_it_repeats_and_offers_what_can_be_done(
    signed_in: SignedIn, monas: Browser, series: Series, sam: User, cleo: User
) -> None:
    visit = nth(series, 3)
    Visit.objects.filter(pk=visit.pk).update(sitter=sam)
    text = f"Every day, until {series.until_on:%-d %b %Y}"
    page = content(monas.get(f"/visits/{visit.pk}/"))
    assert (text in page, url(visit, "?scope=all") in page) == (True, True)
    for person in (sam, cleo):
        page = content(signed_in(person).get(f"/visits/{visit.pk}/"))
        assert (text in page, "/series/" in page) == (True, False)


def test_a_visit_that_stands_alone_says_nothing_and_has_no_such_pages(
    monas: Browser, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home)
    assert "Repeats" not in content(monas.get(f"/visits/{visit.pk}/"))
    assert monas.get(url(visit)).status_code == 404
    assert monas.get(f"/visits/{visit.pk}/series/cancel/").status_code == 404


def test_the_form_shows_the_series_as_it_is(monas: Browser, series: Series) -> None:
    page = read(monas.get(url(nth(series, 3))))
    assert page.one("input", name="repeat", checked="").attrs["value"] == "day"
    assert page.one("input", name="until_on").attrs["value"] == str(series.until_on)
    assert page.one("input", name="exact_time").attrs["value"] == "12:00"
    assert not page.all("input", name="visit_on")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("later", [12] * 3 + [15] * 7), ("all", [15] * 10), ("nonsense", [12] * 3 + [15] * 7)],
)
def test_a_change_goes_as_far_as_was_asked(
    monas: Browser, series: Series, scope: str, expected: list[int]
) -> None:
    visit = nth(series, 3)
    answer = monas.post(url(visit, f"?scope={scope}"), answers(visit, exact_time="15:00"))
    assert (answer.status_code, answer["Location"]) == (302, f"/visits/{visit.pk}/")
    assert hours() == expected


def test_who_has_them_stays_unless_it_is_chosen_anew(
    monas: Browser, cleos_home: Client, sam: User, stan: User
) -> None:
    today = timezone.localdate()
    series = make_series(
        cleos_home,
        today + DAY,
        until_on=today + DAY * 5,
        assign_to=AssignTo.SITTER,
        sitter=sam,
    )
    given_away = nth(series, 4)
    Visit.objects.filter(pk=given_away.pk).update(sitter=stan)
    visit = nth(series, 1)
    monas.post(url(visit), answers(visit, assign_to=sam.pk, note="Feed the cat"))
    given_away.refresh_from_db()
    assert (given_away.sitter, given_away.note) == (stan, "Feed the cat")
    visit.refresh_from_db()
    monas.post(url(visit), answers(visit, assign_to=stan.pk, note="Feed the cat"))
    assert Visit.objects.filter(sitter=stan).count() == 4


def test_a_blocked_sitter_is_refused(monas: Browser, series: Series, sam: User) -> None:
    series.client.blocked_sitters.add(sam)
    visit = nth(series, 3)
    answer = monas.post(url(visit), answers(visit, assign_to=sam.pk))
    assert (answer.status_code, Visit.objects.filter(sitter=sam).count()) == (422, 0)


def test_who_comes_too_late_is_told_and_decides(monas: Browser, series: Series, mona: User) -> None:
    visit = nth(series, 3)
    typed = answers(visit, exact_time="15:00")
    until = series.starts_on + DAY * 8
    change_series(
        visit=visit, scope=Scope.ALL, values={"until_on": until}, opened_version=1, by=mona
    )
    answer = monas.post(url(visit), typed)
    page = read(answer)
    assert (answer.status_code, set(hours())) == (409, {12})
    visit.refresh_from_db()
    assert page.one("input", name="exact_time").attrs["value"] == "15:00"
    again = {name: page.one("input", name=name).attrs["value"] for name in ("version", "series")}
    assert monas.post(url(visit), typed | again).status_code == 302
    assert 15 in hours()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"until_on": "2020-01-01"}, "The last day is before the first one."),
        ({"repeat": ""}, "This field is required."),
        ({"exact_time": ""}, "Choose a time block or give a time."),
        ({"service": "0"}, "Select a valid choice."),
        ({"series": "x"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_is_said(
    monas: Browser, series: Series, wrong: dict[str, object], said: str
) -> None:
    visit = nth(series, 3)
    answer = monas.post(url(visit), answers(visit, **wrong))
    assert (answer.status_code, said in content(answer)) == (422, True)
    assert (hours(), Series.objects.count()) == ([12] * 10, 1)


def test_rule_90_a_series_is_canceled_from_a_day_on(monas: Browser, series: Series) -> None:
    visit = nth(series, 3)
    page = read(monas.get(f"/visits/{visit.pk}/series/cancel/"))
    assert page.one("input", name="from_on").attrs["value"] == str(visit.visit_on)
    given = {"from_on": str(visit.visit_on), "reason": "Moved away"}
    answer = monas.post(f"/visits/{visit.pk}/series/cancel/", given, follow=True)
    assert "The series ends. 7 visits are canceled." in content(answer)
    assert series.visits.filter(status=VisitStatus.CANCELED).count() == 7


def test_without_a_day_nothing_is_canceled(monas: Browser, series: Series) -> None:
    answer = monas.post(f"/visits/{nth(series, 3).pk}/series/cancel/", {"from_on": ""})
    assert answer.status_code == 422
    assert not series.visits.filter(status=VisitStatus.CANCELED).exists()


@pytest.mark.parametrize("page", ["edit", "cancel"])
def test_sitters_and_clients_never(
    signed_in: SignedIn, series: Series, sam: User, cleo: User, page: str
) -> None:
    address = f"/visits/{nth(series, 3).pk}/series/{page}/"
    assert [signed_in(person).get(address).status_code for person in (sam, cleo)] == [403, 403]


@pytest.mark.parametrize("page", ["edit", "cancel"])
def test_other_methods_and_visits_that_are_not_there(
    monas: Browser, series: Series, page: str
) -> None:
    assert monas.delete(f"/visits/{nth(series, 3).pk}/series/{page}/").status_code == 405
    assert monas.get(f"/visits/999999/series/{page}/").status_code == 404


def test_the_form_takes_as_many_queries_however_long_the_series(
    monas: Browser, cleos_home: Client
) -> None:
    today = timezone.localdate()
    counts = []
    for days in (1, 40):
        series = make_series(cleos_home, today, until_on=today + DAY * days, exact_time=time(9))
        with CaptureQueriesContext(connection) as queries:
            monas.get(url(nth(series, 0)))
        counts.append(len(queries))
    assert counts[0] == counts[1]
