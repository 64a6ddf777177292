"""Makes the hand-written households, by the same actions that the office's forms use."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from pawfile.demo.company import Company
from pawfile.demo.shape import Household, Values
from pawfile.history.models import Tracked
from pawfile.profiles.actions import create_client, create_pet
from pawfile.profiles.models import Client, Pet

COMPANY_ZONE = ZoneInfo("America/New_York")


def days_ago(now: datetime, days: int, number: int) -> datetime:
    """A moment of the working day so many days ago; another one for each number."""
    day = timezone.localdate(now, COMPANY_ZONE) - timedelta(days=days)
    clock = time(8 + number % 10, 7 * number % 60, 11 * number % 60)
    return datetime.combine(day, clock, COMPANY_ZONE)


class Book:
    """The clients and pets made so far, by name."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.clients: dict[str, Client] = {}
        self.pets: dict[tuple[str, str], Pet] = {}
        self.portraits: list[tuple[Pet, tuple[str, str]]] = []

    def add(self, home: Household) -> None:
        when = days_ago(self.company.now, home.since, len(self.clients))
        by = self.company.users["manager"]
        client = create_client(values=self.client_values(home.values), by=by)
        client.logins.set([self.company.users[login] for login in home.logins])
        date_back(client, when)
        for values in home.pets:
            pet = create_pet(values=self.pet_values(client, values), by=by)
            self.pets[home.name, pet.name] = pet
            if "portrait" in values:
                self.portraits.append((pet, values["portrait"]))
            date_back(pet, max(when, first_days(pet)))
        self.clients[home.name] = client

    def client_values(self, values: Values) -> Values:
        """The values as the action takes them: rows instead of short names."""
        users, found = self.company.users, dict(values)
        for key in ("primary_sitter", "secondary_sitter"):
            if key in found:
                found[key] = users[found[key]]
        if "blocked_sitters" in found:
            found["blocked_sitters"] = [users[short] for short in found["blocked_sitters"]]
        if "vet" in found:
            found["vet"] = self.company.vets[found["vet"]]
        if "territory" in found:
            found["territory"] = self.company.territories[found["territory"]]
        return found

    def pet_values(self, client: Client, values: Values) -> Values:
        found = {"client": client, **values}
        found.pop("portrait", None)
        if "born" in found:
            found["born"] = found["born"](timezone.localdate(self.company.now, COMPANY_ZONE))
        if "pet_vet" in found:
            found["pet_vet"] = self.company.vets[found["pet_vet"]]
        return found


def first_days(pet: Pet) -> datetime:
    """Ten days after birth; long ago if nothing is known about it."""
    born = pet.born
    day = date(born.year or 1900, born.month or 1, born.day or 1)
    return datetime.combine(day + timedelta(days=10), time(12), COMPANY_ZONE)


def date_back(record: Tracked, when: datetime) -> None:
    """Move the making of a record to an earlier day. That is no change of the record itself."""
    record.created_at = record.updated_at = when
    type(record)._base_manager.filter(pk=record.pk).update(created_at=when, updated_at=when)


def date_save_back(record: Tracked, when: datetime) -> None:
    """Move the last save of a record, with its history, to an earlier day."""
    changes: Any = record.change_model
    changes.objects.filter(record=record.pk, version=record.version).update(changed_at=when)
    type(record)._base_manager.filter(pk=record.pk).update(updated_at=when)
