"""What clients changed in their own profiles: for the office, until somebody ticks it off."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, policy_for
from pawfile.lib.times import said
from pawfile.options.models import SiteOptions
from pawfile.profiles.as_of import end_of
from pawfile.profiles.changes import ShownChange, field_label, shown_change
from pawfile.profiles.display import change_url
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange

#: So many changes stand on the page; what could hurt first, then the newest.
MOST = 300
#: So far the home page counts.
COUNTED = 1000
MODELS: dict[str, Any] = {"client": ClientChange, "pet": PetChange}


@dataclass(frozen=True, slots=True)
class Entry:
    """A change on the list. ``ticked`` says who ticked it off and when."""

    shown: ShownChange
    subject: str
    is_critical: bool
    ticked: str
    ticked_by: str


@dataclass(slots=True)
class Group:
    """A client with what was changed, the safety-critical first."""

    client: Client
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_critical(self) -> bool:
        return any(entry.is_critical for entry in self.entries)

    @property
    def newest(self) -> datetime:
        return max(entry.shown.changed_at for entry in self.entries)

    @property
    def waiting(self) -> list[Entry]:
        """What one press ticks off: what stands on the page, and nothing that came since."""
        return [entry for entry in self.entries if not entry.ticked]


def changes_for(reader: User, subject: str) -> QuerySet[Any]:
    """The changes by clients of fields that this person sees; nothing for who is not office."""
    model = MODELS[subject]
    if not (reader.is_office and reader.is_active):
        return model.objects.none()  # type: ignore[no-any-return]
    found = model.objects.filter(is_by_client=True, key__in=policy_for(reader, subject).keys)
    if subject == "pet" and not reader.is_administrator:
        found = found.filter(record__active=True)
    return found  # type: ignore[no-any-return]


def waiting(reader: User, subject: str) -> QuerySet[Any]:
    return changes_for(reader, subject).filter(ticked_at=None)


def waiting_count(reader: User) -> int:
    """How many wait, up to a thousand. Two queries on the few rows that wait."""
    counts = [waiting(reader, subject)[:COUNTED].count() for subject in MODELS]
    return min(sum(counts), COUNTED)


def critical_keys(policy: Policy) -> list[str]:
    return [key for key, item in policy.fields.items() if item.field.is_safety_critical]


def listed(rows: QuerySet[Any], policy: Policy, subject: str) -> list[Any]:
    """The rows for the page, each with ``is_critical``."""
    critical = When(key__in=critical_keys(policy), then=Value(True))
    marked = rows.annotate(
        is_critical=Case(critical, default=Value(False), output_field=BooleanField())
    )
    related = ["record", "changed_by", "ticked_by"]
    related += ["record__client"] if subject == "pet" else []
    return list(marked.select_related(*related).order_by("-is_critical", "-pk")[:MOST])


def since_yesterday(reader: User, subject: str) -> QuerySet[Any]:
    today = timezone.localdate()
    start = end_of(today - timedelta(days=2))
    return changes_for(reader, subject).filter(changed_at__gte=start)


def groups_of(*, reader: User, company: SiteOptions, is_recent: bool) -> tuple[list[Group], bool]:
    """By client, those with something safety-critical first; and whether there are more. Two
    queries however many there are."""
    found: dict[int, Group] = {}
    has_more = False
    for subject in MODELS:
        policy = policy_for(reader, subject)
        rows = (since_yesterday if is_recent else waiting)(reader, subject)
        changes = listed(rows, policy, subject)
        has_more = has_more or len(changes) == MOST
        for change in changes:
            client = change.record.client if isinstance(change.record, Pet) else change.record
            group = found.setdefault(client.pk, Group(client))
            group.entries.append(entry(change, subject, policy, reader=reader, company=company))
    for group in found.values():
        group.entries.sort(key=weight)
    return sorted(found.values(), key=lambda each: (not each.is_critical, -stamp(each))), has_more


def weight(entry: Entry) -> tuple[bool, float]:
    return not entry.is_critical, -entry.shown.changed_at.timestamp()


def stamp(group: Group) -> float:
    return group.newest.timestamp()


def entry(
    change: Any, subject: str, policy: Policy, *, reader: User, company: SiteOptions
) -> Entry:
    item, record = policy.fields[change.key], change.record
    shown = shown_change(
        change,
        item,
        record,
        reader=reader,
        company=company,
        policy=policy,
        label=field_label(item, record),
        url=change_url(record, item.key),
    )
    return Entry(
        shown=shown,
        subject=subject,
        is_critical=change.is_critical,
        ticked=said(change.ticked_at) if change.ticked_at else "",
        ticked_by=str(change.ticked_by or "") if change.ticked_at else "",
    )
