"""The activity log as one reader asks for it: filters, and one page of entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from pawfile.accounts.models import STAFF, User
from pawfile.activity.models import Activity, ActivityKind, ActivityQuerySet
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, keyset_page
from pawfile.lib.text import fold

#: A search reads so many entries, the newest ones that the other filters leave, and no more.
SEARCHED = 20_000
#: Days beyond are typing errors or years half typed.
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given."""

    q: str = ""
    kind: str = ""
    by: int | None = None
    since: date | None = None
    until: date | None = None
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        kind, by = str(query.get("kind", "")), str(query.get("by", ""))
        return cls(
            q=str(query.get("q", "")).replace("\0", "").strip()[:200],
            kind=kind if kind in ActivityKind.values else "",
            by=int(by) if is_id(by) else None,
            since=read_day(str(query.get("from", ""))),
            until=read_day(str(query.get("to", ""))),
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.kind or self.by is not None or self.since or self.until)


def read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def start_of(day: date) -> datetime:
    """When the day begins where the company is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def filtered(filters: Filters, *, reader: User) -> ActivityQuerySet:
    entries = Activity.objects.visible_to(reader)
    if filters.kind:
        entries = entries.filter(kind=filters.kind)
    if filters.by is not None:
        entries = entries.filter(by=filters.by)
    if filters.since:
        entries = entries.filter(done_at__gte=start_of(filters.since))
    if filters.until:
        entries = entries.filter(done_at__lt=start_of(filters.until + timedelta(days=1)))
    if filters.q:
        entries = searched(entries).filter(about_folded__contains=fold(filters.q))
    return entries


def searched(entries: ActivityQuerySet) -> ActivityQuerySet:
    """The newest entries, as a stretch of time: a range of the index on either database."""
    newest = entries.order_by("-done_at", "-pk")[:SEARCHED]
    oldest = newest.aggregate(at=Min("done_at"))["at"]
    return entries.filter(done_at__gte=oldest) if oldest else entries


def log_page(filters: Filters, *, reader: User) -> Page[Activity]:
    """One page, newest first: one query, two when it searches."""
    return keyset_page(
        filtered(filters, reader=reader).select_related("by"),
        column="done_at",
        descending=True,
        cursor=filters.cursor,
    )


def people(filters: Filters) -> list[User]:
    """Whom one can ask for: staff, and whoever is asked for."""
    wanted = Q(role__in=STAFF) | Q(pk=filters.by)
    return list(User.objects.get_queryset().filter(wanted).order_by("name", "pk"))
