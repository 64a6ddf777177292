"""A feed of hard days, read by three real clients: each understands what the book says."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client as Browser
from pytest_django.live_server_helper import LiveServer

from pawfile.accounts.models import Role
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Pet
from pawfile.schedule.models import CalendarFeed, Service, TimeBlock, Visit, VisitStatus
from pawfile.schedule.times import span_of
from tests.calendars.clients import Seen, ical_js, khal, vdirsyncer
from tests.factories import make_block, make_client, make_pet, make_service, make_user, make_visit
from tests.schedule.feeds import feed_url

NOW = datetime(2028, 2, 15, 17, tzinfo=UTC)
#: Zone → the days whose small hours are left out, and come twice.
NIGHTS = {
    "America/New_York": (date(2028, 3, 12), date(2028, 11, 5)),
    "America/Denver": (date(2028, 3, 12), date(2028, 11, 5)),
    "Australia/Lord_Howe": (date(2028, 10, 1), date(2028, 4, 2)),
}
CLOCKS = [time(0, 30), time(1, 15), time(1, 45), time(2, 15), time(2, 45), time(3, 30)]
LEAP_DAY = date(2028, 2, 29)
WORDS = {
    VisitStatus.CANCELED: "CANCELLED",
    VisitStatus.ACCEPTED: "CONFIRMED",
    VisitStatus.ASSIGNED: "TENTATIVE",
}
#: What a name could try, and what is left of it.
NAMES = {
    r"Semi; colon, comma \ back\nslash: \;": r"Semi; colon, comma \ back\nslash: \;",
    '"Quoted" <b>&amp;</b> %41 =?utf-8?q?x?=': '"Quoted" <b>&amp;</b> %41 =?utf-8?q?x?=',
    "X\r\nEND:VEVENT\r\nBEGIN:VEVENT": "X\nEND:VEVENT\nBEGIN:VEVENT",
    "Line\u2028para\u2029next\x85form\x0cunit\x1fend": "Line\npara\nnext\nform\nunitend",
    "Bell\x07\x1b[31m": "Bell[31m",
    "Pączki, 花子, كلب, 👩‍👩‍👧‍👦" * 12: "Pączki, 花子, كلب, 👩‍👩‍👧‍👦" * 12,
    "x" * 57 + "é" * 75: "x" * 57 + "é" * 75,
}


def visit_as_made(day: date, clock: time | None, block: TimeBlock | None = None) -> Visit:
    """A visit at the times that adding one works out."""
    walk = Service.objects.filter(name="Walk").first() or make_service(name="Walk")
    home = make_client(first_name="Cleo", last_name="Carter")
    zone = SiteOptions.load().time_zone
    starts_at, ends_at = span_of(
        visit_on=day, block=block, exact_time=clock, minutes=walk.minutes, zone=zone
    )
    return make_visit(
        home, service=walk, visit_on=day, exact_time=clock, block=block,
        starts_at=starts_at, ends_at=ends_at, status=VisitStatus.ACCEPTED,
    )  # fmt: skip


def name_pet(visit: Visit, name: str) -> None:
    """Past the forms, which refuse most of these names."""
    pet = make_pet(visit.client, name="Rex")
    Pet._base_manager.filter(pk=pet.pk).update(name=name)
    visit.pets.add(pet)


@pytest.mark.parametrize("zone", NIGHTS)
def test_three_clients_read_the_same_events(
    zone: str, live_server: LiveServer, tmp_path: Path
) -> None:
    """Both nights the clocks change, over midnight, 29 February, canceled, and hostile names."""
    SiteOptions.objects.update_or_create(pk=1, defaults={"time_zone": zone})
    with time_machine.travel(NOW, tick=True):
        night = make_block("Night", 22, 6, is_overnight=True)
        made = [visit_as_made(day, clock) for day in NIGHTS[zone] for clock in CLOCKS]
        made += [visit_as_made(day - timedelta(days=1), None, night) for day in NIGHTS[zone]]
        made += [visit_as_made(LEAP_DAY, time(23, 45)), visit_as_made(LEAP_DAY, time(12))]
        for visit, status in zip(made, WORDS, strict=False):
            Visit.objects.filter(pk=visit.pk).update(status=status)
        names = dict(zip((visit.pk for visit in made), NAMES, strict=False))
        for visit in made[: len(NAMES)]:
            name_pet(visit, names[visit.pk])
        office = make_user(Role.MANAGER, "Mona")
        url = feed_url(office)
        body = Browser().get(url).content
        fetched = vdirsyncer(live_server.url + url, tmp_path)
    number = CalendarFeed.objects.get(user=office).calendar_id
    wanted = sorted(
        Seen(
            uid=f"visit-{visit.pk}@{number}",
            start=visit.starts_at,
            end=visit.ends_at,
            summary="Walk · Cleo Carter"
            + (f" ({NAMES[names[visit.pk]]})" if visit.pk in names else ""),
            status=WORDS[VisitStatus(visit.status)],
        )
        for visit in Visit.objects.all()
    )
    assert len(wanted) == 16
    assert fetched == sorted(each._replace(uid="") for each in wanted)
    assert ical_js(body, tmp_path) == wanted
    assert khal(body, tmp_path) == wanted


def test_no_line_is_longer_than_75_octets_and_none_breaks_a_character(
    live_server: LiveServer,
) -> None:
    with time_machine.travel(NOW, tick=False):
        for name in NAMES:
            name_pet(visit_as_made(LEAP_DAY, time(9)), name)
        body = Browser().get(feed_url(make_user(Role.MANAGER, "Mona"))).content
    lines = body.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]
    assert len(body.splitlines()) == len(body.decode().splitlines()) == len(lines) - 1
    assert sum(line == b"BEGIN:VEVENT" for line in lines) == len(NAMES)
