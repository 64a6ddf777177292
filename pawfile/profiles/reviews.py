"""Sections that clients look through every so many months: what is due, what they read there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicySection, policy_for
from pawfile.lib.prepared import fetch
from pawfile.profiles.display import NEVER, ShownSection, confirmed_of, shown_sections
from pawfile.profiles.models import Client, Pet


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A section of the home, or of a pet, as the client reads it.

    ``edit_url`` is its form; empty for who may change nothing.
    """

    record: Client | Pet
    pet: Pet | None
    section: ShownSection
    edit_url: str
    is_due: bool

    @property
    def confirmed_at(self) -> datetime | None:
        return self.section.confirmed_at

    @property
    def name(self) -> str:
        """As the page's button names it."""
        return f"{self.pet.pk if self.pet else 'home'}/{self.section.key}"

    @property
    def title(self) -> str:
        return f"{self.pet.name}: {self.section.label}" if self.pet else str(self.section.label)


def reviewed_sections(policy: Policy) -> list[PolicySection]:
    """Those clients are asked about; who sees nothing of a section is not asked."""
    return [section for section in policy.sections if section.review_months]


def is_due(since: datetime, months: int, now: datetime) -> bool:
    limit: datetime = now - relativedelta(months=months)
    return since <= limit


def review_of(client: Client, reader: User) -> list[ReviewPart]:
    """Every section that the client is asked about, home first, as this client may see it."""
    policy, pet_policy = policy_for(reader, "client"), policy_for(reader, "pet")
    parts = parts_of([client], policy) if reviewed_sections(policy) else []
    if reviewed_sections(pet_policy):
        pets = fetch(Pet.objects.visible_to(reader).with_links(), client=client.pk)
        parts += parts_of(pets, pet_policy)
    return parts


def parts_of(records: Sequence[Client] | Sequence[Pet], policy: Policy) -> list[ReviewPart]:
    months = {section.key: section.review_months for section in reviewed_sections(policy)}
    confirmed, now = confirmed_of(records, policy), timezone.now()
    parts = []
    for record in records:
        pet = record if isinstance(record, Pet) else None
        of_record = confirmed.get((pet.client_id, pet.pk) if pet else (record.pk, None), NEVER)
        form = reverse(f"{record.subject.key}_edit", args=[record.pk]) if policy.editable else ""
        sections = shown_sections(
            record, policy, {}, leave_out=["client", "photo"], confirmed=of_record
        )
        for section in sections:
            if section.key in months:
                since = section.confirmed_at or record.created_at
                parts.append(
                    ReviewPart(
                        record=record,
                        pet=pet,
                        section=section,
                        edit_url=f"{form}#{section.key}" if form else "",
                        is_due=is_due(since, months[section.key], now),
                    )
                )
    return parts


def due_of(client: Client, reader: User) -> Sequence[ReviewPart]:
    return [part for part in review_of(client, reader) if part.is_due]
