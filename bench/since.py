"""A sitter's day of thirty visits at thirty homes, with and without changes since the last one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bench.kind import Kind
from pawfile.accounts.models import User
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange
from pawfile.profiles.models.client import Status
from pawfile.schedule.models import Service, Visit, VisitStatus

VISITS = 30
#: What others changed at each home and of each pet there: ordinary, and to be read first.
OF_HOME = ("parking", "lights", "entry_instructions")
OF_PET = ("feeding", "medication", "behavior_warnings")


def kinds() -> Iterator[Kind]:
    """My Schedule of two sitters whom the company's other lines leave alone."""
    mine = reverse("my_schedule")
    calm, busy = day_of_visits("Calm", 0), day_of_visits("Busy", VISITS)
    yield Kind("mine-calm", "My Schedule, 30 visits", [mine], reader=calm)
    yield Kind("mine-news", "My Schedule, 30 with changes", [mine], reader=busy)


def day_of_visits(name: str, offset: int) -> User:
    """A sitter with visits today; at those of Busy others changed something since the last one."""
    email = f"{name.lower()}@bench.test"
    sitter = User.objects.create_user(email, "paws-and-tails", name=name, role="sitter")
    with_pets = Client.objects.filter(status=Status.ACTIVE, pets__active=True).distinct()
    homes = list(with_pets.order_by("pk")[offset : offset + VISITS])
    now = timezone.now()
    service = Service.objects.create(name=f"{name} visit", minutes=30)
    for begin, status in (
        (now - timedelta(days=9), VisitStatus.COMPLETED),
        (now, VisitStatus.ACCEPTED),
    ):
        for home in homes:
            visit = Visit.objects.create(
                client=home,
                service=service,
                sitter=sitter,
                visit_on=timezone.localdate(begin),
                starts_at=begin,
                ends_at=begin + timedelta(minutes=30),
                status=status,
            )
            visit.pets.set(home.pets.all())
    if offset:
        for home in homes:
            change(ClientChange, home, OF_HOME)
            for pet in home.pets.all():
                change(PetChange, pet, OF_PET)
    return sitter


def change(changes: Any, record: Client | Pet, keys: tuple[str, ...]) -> None:
    changes.objects.bulk_create(
        changes(record=record, key=key, old_text="Before", new_text="After", version=1)
        for key in keys
    )
