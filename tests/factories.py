"""Plain functions that make records for tests. Every keyword is a field; the rest is believable."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from pawfile.access.models import Ground, Key, Reveal
from pawfile.accounts.models import Role, User
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import create_client, create_pet
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Series, Service, TimeBlock, Visit

_numbers = count(1)


def make_user(role: Role, name: str, **fields: Any) -> User:
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.com")
    return User.objects.create_user(
        email, fields.pop("password", "paws-and-tails"), role=role, name=name, **fields
    )


def make_client(**values: Any) -> Client:
    logins = values.pop("logins", [])
    defaults = {"first_name": "Cleo", "last_name": f"Client{next(_numbers)}"}
    client = create_client(values={**defaults, **values}, by=None)
    client.logins.set(logins)
    return client


def make_pet(client: Client, **values: Any) -> Pet:
    defaults = {"name": "Rex", "animal": "Dog"}
    return create_pet(values={"client": client, **defaults, **values}, by=None)


def make_block(name: str = "Morning", start: int = 7, end: int = 10, **fields: Any) -> TimeBlock:
    """A part of the day, from one full hour to another."""
    return TimeBlock.objects.create(name=name, start=time(start), end=time(end), **fields)


def make_service(**fields: Any) -> Service:
    number = next(_numbers)
    defaults = {
        "name": f"Walk {number}",
        "client_name": f"Dog walk {number}",
        "price": Decimal("25.00"),
    }
    return Service.objects.create(**{**defaults, **fields})


def make_visit(client: Client, **fields: Any) -> Visit:
    """A visit as a bare row, past every rule: today at noon, unless told otherwise.

    ``visit_on`` and ``exact_time`` or ``block`` decide when it is; ``pets`` are its pets.
    """
    pets = fields.pop("pets", [])
    service = fields.pop("service", None) or make_service()
    zone = ZoneInfo(SiteOptions.load().time_zone)
    day: date = fields.pop("visit_on", None) or timezone.localdate(timezone=zone)
    block: TimeBlock | None = fields.pop("block", None)
    exact: time | None = fields.pop("exact_time", None if block else time(12))
    start = exact or (block.start if block else time(12))
    starts_at = datetime.combine(day, start, zone)
    ends_at = starts_at + timedelta(minutes=service.minutes)
    if block and not exact:
        last = day + timedelta(days=1) if block.is_overnight else day
        ends_at = datetime.combine(last, block.end, zone)
    own = {"client": client, "service": service, "visit_on": day, "block": block}
    own |= {"exact_time": exact, "starts_at": starts_at, "ends_at": ends_at}
    own |= {"price": service.price}
    visit = Visit.objects.create(**{**own, **fields})
    visit.pets.set(pets)
    return visit


def make_reveal(
    client: Client, *, by: User | None, key: str = "alarm_code", **fields: Any
) -> Reveal:
    """A secret of the home, or of the ``pet``, opened by somebody, now and for the office."""
    pet: Pet | None = fields.get("pet")
    own = {
        "label": fields.pop("label", None) or str((pet or client).field(key).label),
        "ground": Ground.OFFICE,
        "opened_by_name": str(by or "Gone"),
    }
    return Reveal.objects.create(client=client, key=key, opened_by=by, **{**own, **fields})


def in_series(visit: Visit) -> Visit:
    """The visit as the first of an ongoing daily series."""
    visit.series = Series.objects.create(
        client=visit.client,
        service=visit.service,
        exact_time=time(12),
        rule="FREQ=DAILY",
        starts_on=visit.visit_on,
        generated_until_on=visit.visit_on,
    )
    visit.series_on = visit.visit_on
    visit.save()
    return visit


def make_key(client: Client, **fields: Any) -> Key:
    """A key at the office, unless ``place`` and ``sitter`` or ``location`` say otherwise."""
    return Key.objects.create(client=client, **{"code": f"Tag {next(_numbers)}", **fields})
