"""A person's calendar as an app reads it, parsed by the library."""

from typing import Any

from django.test import Client as Browser
from icalendar import Calendar

from pawfile.accounts.models import User
from pawfile.schedule.actions.feeds import change_feed, renew_feed


def feed_url(user: User, **options: bool) -> str:
    secret = renew_feed(by=user)
    if options:
        change_feed(by=user, **options)
    return f"/calendar/{secret}.ics"


def read_feed(user: User, **options: bool) -> Any:
    """The answer to an app that has never signed in."""
    return Browser().get(feed_url(user, **options))


def events(user: User, **options: bool) -> list[Any]:
    answer = read_feed(user, **options)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def summaries(user: User) -> list[str]:
    return [str(event["summary"]) for event in events(user)]
