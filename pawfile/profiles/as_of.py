"""Profiles as they were on a day, worked out backwards: each field's text before its first later
change. What never changed since reads as it does today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Kind
from pawfile.fields.values import plain_text
from pawfile.history.marks import Mark
from pawfile.profiles.display import (
    ShownField,
    ShownSection,
    by_need,
    change_url,
    shown_field,
)
from pawfile.profiles.models import Client, Pet, PetChange
from pawfile.profiles.models.profile import Profile, fetch_links


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a field since then: ``text`` it had, changed ``count`` times."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class PastPet:
    pet: Pet
    name: str
    animal: str
    sections: list[ShownSection]


def end_of(day: date) -> datetime:
    """The moment when the day ends where the company is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def first_day(client: Client) -> date:
    """The day on which the client came into the book."""
    return timezone.localdate(client.created_at)


def since(records: Sequence[Profile], at: datetime, policy: Policy) -> dict[tuple[int, str], Since]:
    """(record id, key) → what was changed at that moment or later. Two queries."""
    if not records:
        return {}
    model: Any = records[0].change_model
    changes = model.objects
    later = changes.filter(record__in=records, key__in=policy.keys, changed_at__gte=at)
    counted = later.order_by().values("record", "key").annotate(first=Min("pk"), count=Count("pk"))
    counts = {each["first"]: each["count"] for each in counted}
    return {
        (change.record_id, change.key): Since(change.old_text, counts[change.pk])
        for change in changes.filter(pk__in=counts).only("record_id", "key", "old_text")
    }


class Past:
    """One record on that day, for one reader."""

    def __init__(
        self, record: Profile, policy: Policy, since_then: dict[tuple[int, str], Since]
    ) -> None:
        self.record, self.policy = record, policy
        self.since = {key: each for (pk, key), each in since_then.items() if pk == record.pk}

    def text(self, item: PolicyField) -> str:
        if item.key in self.since:
            return self.since[item.key].text
        return self.record.field_text(item.field)

    def applies(self, item: PolicyField) -> bool:
        """Whether animal and condition let the field be there, as they were then."""
        animal = self.policy.fields.get("animal")
        if animal is not None and not item.is_for(self.text(animal)):
            return False
        condition = item.field.shown_when
        if condition is None:
            return True
        if condition.key not in self.since:
            return self.record.is_shown(item.field)
        asked = self.policy.catalogue[condition.key]
        return self.since[condition.key].text == plain_text(asked, condition.value)

    def shown(self, item: PolicyField) -> ShownField:
        """Codes are dots, as ever; nobody knows which they were."""
        changed = self.since.get(item.key)
        if changed is None:
            plain = shown_field(item, self.record, None)
            return ShownField(
                plain.key, plain.label, plain.kind, plain.text, plain.values, plain.dial
            )
        is_secret = item.kind == Kind.SECRET
        text = _("•••••• (another one, or none)") if is_secret else changed.text or "–"
        kind = Kind.TEXT if item.kind in (Kind.SECRET, Kind.PHONE) else item.kind
        mark, url = Mark(changed.count, False), change_url(self.record, item.key)
        return ShownField(item.key, item.label, kind.value, text, mark=mark, mark_url=url)

    def sections(self, *, leave_out: Sequence[str] = ()) -> list[ShownSection]:
        found = []
        for section in self.policy.sections:
            items = [
                self.shown(item)
                for item in section.fields
                if item.key not in leave_out and self.applies(item)
            ]
            filled = [each for each in items if each.is_filled or each.mark]
            missing = [each.label for each in items if not (each.is_filled or each.mark)]
            if items:
                found.append(ShownSection(section.key, section.label, filled, missing))
        return found


def past_client(client: Client, day: date, *, reader: User) -> list[ShownSection]:
    policy = policy_for(reader, "client")
    client.fetch_links(item.field for item in policy.fields.values())
    past = Past(client, policy, since([client], end_of(day), policy))
    sections = past.sections()
    return sections if policy.catalogue.has_own_order else by_need(sections)


def past_pets(pets: Sequence[Pet], day: date, *, reader: User) -> list[PastPet]:
    """Those that were at this home by the end of that day."""
    policy = policy_for(reader, "pet")
    at = end_of(day)
    moves = PetChange.objects.filter(record__in=pets, key="client", changed_at__gte=at)
    moved = set(moves.values_list("record", flat=True))
    known = [pet for pet in pets if pet.created_at < at and pet.pk not in moved]
    fetch_links(known, [item.field for item in policy.fields.values()])
    found = since(known, at, policy)
    shown = []
    for pet in known:
        past = Past(pet, policy, found)
        name, animal = (past.text(policy.fields[key]) for key in ("name", "animal"))
        sections = past.sections(leave_out=["client", "photo", "name", "animal"])
        shown.append(PastPet(pet, name, animal, sections))
    return shown
