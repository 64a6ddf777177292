"""New visits that come again: /visits/new/ with its repeat fields."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Series, Visit
from tests.factories import make_service
from tests.profiles.pages import content, read

SignedIn = Callable[[User], Browser]
DAY = timedelta(days=1)
PAST = "Mon 1 Jan 2001 is over: this visit is in the past."


@pytest.fixture
def monas(signed_in: SignedIn, mona: User) -> Browser:
    return signed_in(mona)


def answers(**changed: object) -> dict[str, object]:
    day = timezone.localdate() + DAY * 7
    given: dict[str, object] = {"services": [make_service(name="Walk").pk], "visit_on": str(day)}
    given |= {"exact_time": "12:00", "assign_to": "nobody", "repeat": "", "weeks": "1"}
    return given | changed


def post(browser: Browser, client: Client, **changed: object) -> HttpResponseBase:
    return browser.post(f"/visits/new/?client={client.pk}", answers(**changed))


def test_the_weekday_of_the_day_is_ticked(monas: Browser, cleos_home: Client) -> None:
    page = read(monas.get(f"/visits/new/?client={cleos_home.pk}&on=2027-06-09"))
    ticked = [box.attrs["value"] for box in page.all("input", name="weekdays", checked="")]
    assert ticked == ["2"]


def test_a_visit_that_does_not_repeat_has_no_series(monas: Browser, cleos_home: Client) -> None:
    post(monas, cleos_home)
    assert (Visit.objects.count(), Series.objects.count()) == (1, 0)


def test_a_series_is_made_and_its_first_visit_shown(
    monas: Browser, cleos_home: Client, rex: Pet
) -> None:
    day = date(2027, 6, 9)  # a Wednesday
    given = answers(visit_on=str(day), repeat="week", weekdays=["0", "2"], pets=[rex.pk])
    answer = monas.post(f"/visits/new/?client={cleos_home.pk}", given, follow=True)
    page = content(answer)
    assert "Every Monday and Wednesday, ongoing" in page
    series = Series.objects.get()
    assert answer.redirect_chain[0][0] == f"/visits/{series.visits.first().pk}/"  # type: ignore[union-attr]
    assert [visit.visit_on for visit in series.visits.all()[:3]] == [
        day,
        day + DAY * 5,
        day + DAY * 7,
    ]
    assert rex.visits.count() == series.visits.count() == 17


@pytest.mark.parametrize(("days", "is_said"), [(None, True), (90, True), (20, False)])
def test_how_far_the_visits_are_made_is_said(
    monas: Browser, cleos_home: Client, days: int | None, is_said: bool
) -> None:
    """They are made 60 days ahead; a shorter series is there at once."""
    today = timezone.localdate()
    given = answers(repeat="day", until_on=str(today + DAY * days) if days else "")
    answer = monas.post(f"/visits/new/?client={cleos_home.pk}", given, follow=True)
    made = Visit.objects.latest("visit_on").visit_on
    page = read(answer)
    assert f"{Visit.objects.count()} visits are in the schedule." in page.text
    assert (f"That is up to {made.day} {made:%B %Y}; later ones" in page.text) is is_said


def test_several_services_are_several_series(monas: Browser, cleos_home: Client) -> None:
    services = [make_service(name="Sit").pk, make_service(name="Feed").pk]
    until = timezone.localdate() + DAY * 9
    post(monas, cleos_home, services=services, repeat="day", until_on=str(until))
    assert (Series.objects.count(), Visit.objects.count()) == (2, 6)


def test_the_31st_is_told_in_words(monas: Browser, cleos_home: Client) -> None:
    given = answers(visit_on="2027-08-31", repeat="month")
    page = content(monas.post(f"/visits/new/?client={cleos_home.pk}", given, follow=True))
    assert "Every month on day 31, or on the last day of a shorter month, ongoing" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"repeat": "week"}, "Choose at least one day of the week."),
        (
            {"repeat": "week", "weekdays": ["0", "4"], "visit_on": "2027-06-09"},
            "Wed 9 Jun 2027 is not among the days. Tick it too, or begin on another day.",
        ),
        ({"repeat": "week", "weekdays": ["7"]}, "7 is not one of the available choices."),
        ({"repeat": "year"}, "year is not one of the available choices."),
        (
            {"repeat": "week", "weekdays": ["1"], "weeks": "0"},
            "greater than or equal to 1",
        ),
        ({"repeat": "week", "weekdays": ["1"], "weeks": "53"}, "less than or equal to 52"),
        ({"repeat": "day", "until_on": "soon"}, "Write a day, like 2027-06-30."),
        ({"repeat": "day", "until_on": "2020-01-01"}, "The last day is before the first one."),
        ({"repeat": "day", "until_on": "9999-12-31"}, "Choose a day before the year 2100."),
        ({"repeat": "day", "visit_on": "2001-01-01"}, PAST),
        ({"repeat": "day", "visit_on": "2001-01-01", "is_sure": PAST}, "A series begins on"),
        ({"repeat": "day", "visit_on": "2099-13-01"}, "Write a day, like 2027-06-30."),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    monas: Browser, cleos_home: Client, wrong: dict[str, object], said: str
) -> None:
    answer = post(monas, cleos_home, **wrong)
    page = content(answer)
    assert (answer.status_code, said in page) == (422, True)
    assert (Visit.objects.count(), Series.objects.count()) == (0, 0)
