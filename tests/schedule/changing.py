"""Saves and visits of the past, for tests about what is new at a home."""

from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_visit

DAY = timedelta(days=1)


def before(days: float) -> datetime:
    return timezone.now() - DAY * days


def change(record: Client | Pet, by: User | None, *, days_ago: float = 0, **values: Any) -> None:
    """A save some days ago, of the record as it is by then."""
    with time_machine.travel(before(days_ago), tick=False):
        if isinstance(record, Pet):
            update_pet(Pet.objects.get(pk=record.pk), values=values, by=by)
        else:
            update_client(Client.objects.get(pk=record.pk), values=values, by=by)


def was_there(client: Client, sitter: User, *, days_ago: int, **fields: Any) -> Visit:
    at = before(days_ago)
    past = {"status": VisitStatus.COMPLETED, "completed_at": at, "visit_on": at.date()}
    return make_visit(client, sitter=sitter, **{**past, **fields})
