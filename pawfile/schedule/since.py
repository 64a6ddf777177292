"""What changed at a home since its sitter was there last, and what of it must be read first.

A change counts if the sitter sees the field, whoever made it but the sitter. Safety-critical ones
wait to be acknowledged: whatever came after the last acknowledgement, and before the first one
whatever the window of change marks shows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Label
from pawfile.history.marks import window_start
from pawfile.lib.prepared import PreparedRecords, Slot, in_slots, padded, prepared_on, slots
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import change_url, who_text
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.models import PENDING, Acknowledgement, Visit, VisitStatus

#: Which visits of a sitter news are for: those to come and the one under way.
AHEAD = (*PENDING, VisitStatus.IN_PROGRESS)
#: Whose changes, by the table they are in.
TABLES: tuple[tuple[type[ClientChange] | type[PetChange], str], ...] = (
    (ClientChange, "client"),
    (PetChange, "pet"),
)


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that somebody else changed, as it is since. ``text`` is told of what is critical."""

    change_id: int
    pet: Pet | None
    label: Label
    changed_at: datetime
    who: str
    is_secret: bool
    is_critical: bool
    is_unread: bool
    text: str
    url: str

    @property
    def name(self) -> str:
        """ "Rex, medication", or only the label of what the home has."""
        return f"{self.pet.name}, {str(self.label).lower()}" if self.pet else str(self.label)


@dataclass(slots=True)
class News:
    """``last_at``: when the sitter completed the last visit there, if there was one."""

    client: Client
    last_at: datetime | None = None
    unread: list[Changed] = field(default_factory=list)
    since: list[Changed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.unread or self.since)

    @property
    def others(self) -> list[Changed]:
        """What is new and needs no acknowledgement."""
        return [each for each in self.since if not each.is_unread]

    @property
    def labels(self) -> str:
        return ", ".join(each.name for each in (*self.unread, *self.others))


def has_news(visit: Visit, reader: User) -> bool:
    """Whether the reader is its sitter and it is not over."""
    return reader.is_sitter and visit.sitter_id == reader.pk and visit.status in AHEAD


@dataclass(frozen=True, slots=True)
class Told:
    """A field that counts, as far as a statement depends on it: condition, and animals."""

    key: str
    condition: tuple[str, Any]
    animals: frozenset[str]
    is_critical: bool


def told_of(items: Iterable[PolicyField]) -> tuple[Told, ...]:
    def told(item: PolicyField) -> Told:
        when = item.field.shown_when
        condition = (when.key, when.value) if when else ("", None)
        return Told(item.key, condition, item.field.animals, item.field.is_safety_critical)

    return tuple(map(told, items))


def shown(fields: Iterable[Told]) -> Q:
    """Changes of these fields; what condition or animal take away from a record is not there."""
    alike: dict[tuple[tuple[str, Any], frozenset[str]], list[str]] = defaultdict(list)
    for each in fields:
        alike[each.condition, each.animals].append(each.key)
    found = Q(pk__in=[])
    for ((key, value), animals), keys in alike.items():
        fits = Q(key__in=keys)
        if key:
            column = f"record__custom__{key}" if key.startswith("cf_") else f"record__{key}"
            fits &= Q(**{column: value})
        if animals:
            fits &= Q(record__animal__in=sorted(animals))
        found |= fits
    return found


def critical_in(policy: Policy) -> list[PolicyField]:
    return [item for item in policy.fields.values() if item.field.is_safety_critical]


def unread(subject: str, fields: Iterable[Told], start: datetime | Slot | None) -> Any:
    """The condition on a change under which its row's ``sitter``, an annotation, has still to
    read it. ``fields`` are those that count."""
    read = Acknowledgement.objects.filter(sitter=OuterRef("sitter"))
    if subject == "pet":
        read = read.filter(pet=OuterRef("record"))
    else:
        read = read.filter(client=OuterRef("record"), pet=None)
    is_new: Any = ~Exists(read.filter(change_id__gte=OuterRef("pk")))
    if start is not None:
        is_new &= Q(changed_at__gte=start) | Exists(read)
    return shown(fields) & not_by(F("sitter")) & is_new


def not_by(sitter: F | Slot) -> Q:
    return Q(changed_by=None) | ~Q(changed_by=sitter)


def news_of(
    clients: Iterable[Client],
    sitter: User,
    *,
    company: SiteOptions,
    pets: Iterable[Pet] | None = None,
) -> dict[int, News]:
    """Client → what is new there. Three queries for any number; a fourth if ``pets``, those of the
    clients that the sitter sees, are not at hand."""
    news = {client.pk: News(client) for client in clients}
    if not news:
        return {}
    for client, last_at in last_visits(news, sitter):
        news[client].last_at = last_at
    if pets is None:
        pets = Pet.objects.visible_to(sitter).filter(client__in=list(news))
    animals = {pet.pk: pet for pet in pets}
    start = window_start(company.change_window)
    for changes, subject in TABLES:
        policy = policy_for(sitter, subject)
        ids: Collection[int] = animals if changes is PetChange else news
        for row in newest(changes, policy, ids, sitter=sitter, start=start):
            pet = animals[row.record_id] if changes is PetChange else None
            home = news[pet.client_id if pet else row.record_id]
            record: Client | Pet = pet or home.client
            told = changed(row, record, policy.fields[row.key], sitter, company)
            if told.is_unread:
                home.unread.append(told)
            if is_since(told.changed_at, home.last_at or start):
                home.since.append(told)
    for home in news.values():
        home.unread.sort(key=lambda each: each.changed_at, reverse=True)
        home.since.sort(key=lambda each: (each.is_critical, each.changed_at), reverse=True)
    return news


def is_since(changed_at: datetime, start: datetime | None) -> bool:
    return start is None or changed_at > start


def last_visits(clients: Collection[int], sitter: User) -> Iterable[tuple[int, datetime]]:
    """When the sitter last completed a visit there; of one without a time, when it was to end."""
    visits = Visit.objects.visible_to(sitter).filter(sitter=sitter, client__in=list(clients))
    done = visits.filter(status=VisitStatus.COMPLETED).order_by().values("client")
    ended = done.annotate(last_at=Max(Coalesce("completed_at", "ends_at")))
    return ended.values_list("client", "last_at")


def newest(
    changes: Any, policy: Policy, ids: Collection[int], *, sitter: User, start: datetime | None
) -> list[Any]:
    """The newest change of each field of these records that somebody else made, with ``told`` and
    ``is_unread``. One query, and none without records."""
    if not ids:
        return []
    asked, fields = padded(list(ids)), told_of(policy.fields.values())
    shape = (policy.catalogue.key, fields, len(asked), start is not None)
    values = in_slots(asked) | {"sitter": sitter.pk, "start": start}
    found: list[Any] = prepared_on(changes.objects.all(), _newest, *shape).records(values)
    return found


def _newest(
    changes: Any, subject: str, fields: tuple[Told, ...], count: int, has_start: bool
) -> PreparedRecords:
    """Texts are read of what is safety-critical only: they may be long."""
    sitter = Slot("sitter")
    others = changes.filter(shown(fields), not_by(sitter), record__pk__in=slots(count))
    last = others.order_by().values("record", "key").annotate(last=Max("pk"))
    critical = [each for each in fields if each.is_critical]
    told = Case(
        When(key__in=[each.key for each in critical], then=F("new_text")),
        default=Value(""),
        output_field=TextField(),
    )
    start = Slot("start") if has_start else None
    is_unread = Case(When(unread(subject, critical, start), then=Value(True)), default=Value(False))
    rows = changes.filter(pk__in=last.values("last")).select_related("changed_by")
    rows = rows.annotate(sitter=ExpressionWrapper(sitter, output_field=BigIntegerField()))
    rows = rows.defer("old_text", "new_text").annotate(told=told, is_unread=is_unread)
    return PreparedRecords(rows.order_by("pk"))


def changed(
    row: Any, record: Client | Pet, item: PolicyField, reader: User, company: SiteOptions
) -> Changed:
    return Changed(
        change_id=row.pk,
        pet=record if isinstance(record, Pet) else None,
        label=item.label,
        changed_at=row.changed_at,
        who=who_text(row.changed_by, reader=reader, company=company),
        is_secret=item.field.is_secret,
        is_critical=item.field.is_safety_critical,
        is_unread=row.is_unread,
        text="" if item.field.is_secret else row.told,
        url=change_url(record, item.key),
    )
