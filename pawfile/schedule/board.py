"""The Master Schedule: what the office asks for, and the visits of those days in words."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, policy_for
from pawfile.lib.numbers import is_id
from pawfile.lib.prepared import Prepared
from pawfile.profiles.lists import Listed, read_lists
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.table import in_territory
from pawfile.schedule.models import OFF, OFFERED, OPEN, WORDS, Visit, VisitStatus, word_of
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.times import EARLIEST, LATEST

NOBODY, ANYONE = "nobody", "anyone"
ALL = "all"
#: How many days the table covers; more only of what an index finds: one client, one status.
STRETCHES = {7: _("1 week"), 31: _("1 month")}
LONG_STRETCH = {366: _("1 year")}
#: So many boxes are kept as put into words.
KEPT = 16_000
#: What the table can be sorted by.
SORTS = ("time", "client", "service", "sitter", "status")


#: Of the visits that are assigned in the table of moves: those that the filter means.
WAITING: dict[str, dict[str, Any]] = {
    OPEN: {"sitter": None, "is_for_anyone": False},
    OFFERED: {"is_for_anyone": True},
    VisitStatus.ASSIGNED: {"sitter__isnull": False},
}


class View(models.TextChoices):
    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")
    TABLE = "table", _("Table")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given."""

    on: date
    view: str = View.DAY
    sitter: str = ""
    client: int | None = None
    territory: int | None = None
    service: int | None = None
    status: str = ""
    stretch: int = 7
    sort: str = "time"
    descending: bool = False
    cursor: str = ""

    @classmethod
    def read(
        cls, query: Mapping[str, Any], policy: Policy, *, today: date, view: str = ""
    ) -> "Filters":
        """``view`` is the one to fall back to."""

        def text(name: str) -> str:
            return str(query.get(name, ""))

        def number(name: str) -> int | None:
            return int(text(name)) if is_id(text(name)) else None

        sitter, status, sort = text("sitter"), text("status"), text("sort")
        order = sort.removeprefix("-")
        client, days = number("client"), number("stretch") or 7
        status = status if status in (*WORDS, ALL) else ""
        known = STRETCHES | (LONG_STRETCH if client or status in WORDS else {})
        return cls(
            on=read_day(text("on")) or today,
            view=next((v for v in (text("view"), view) if v in View.values), View.DAY),
            sitter=sitter if sitter in (NOBODY, ANYONE) or is_id(sitter) else "",
            client=client,
            territory=number("territory") if "territory" in policy else None,
            service=number("service"),
            status=status,
            stretch=days if days in known else 7,
            sort=order if order in SORTS else "time",
            descending=order in SORTS and sort.startswith("-"),
            cursor=text("at")[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.sitter or self.client or self.territory or self.service or self.status)

    @property
    def stretches(self) -> dict[int, Any]:
        """What the table can be asked to cover."""
        is_short = self.client or self.status in WORDS
        return STRETCHES | (LONG_STRETCH if is_short else {})

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that are shown."""
        if self.view == View.WEEK:
            first = start_of_week(self.on)
            return first, first + timedelta(days=6)
        if self.view == View.MONTH:
            first = self.on.replace(day=1)
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        if self.view == View.TABLE:
            return self.on, self.on + timedelta(days=self.stretch - 1)
        return self.on, self.on

    @property
    def before(self) -> date:
        """Where the arrow back leads."""
        first, last = self.days
        if self.view == View.MONTH:
            return max((first - timedelta(days=1)).replace(day=1), EARLIEST)
        return max(first - timedelta(days=(last - first).days + 1), EARLIEST)

    @property
    def after(self) -> date:
        return min(self.days[1] + timedelta(days=1), LATEST)

    @property
    def title(self) -> str:
        first, last = self.days
        if self.view == View.DAY:
            return date_format(first, "l, j F Y")
        if self.view == View.MONTH:
            return date_format(first, "F Y")
        start = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
        start = "j F Y" if first.year != last.year else start
        return f"{date_format(first, start)} – {date_format(last, 'j F Y')}"


def read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def start_of_week(day: date) -> date:
    """Sunday or Monday, as people of this language count."""
    return day - timedelta(days=(day.isoweekday() - int(get_format("FIRST_DAY_OF_WEEK"))) % 7)


@dataclass(eq=False, slots=True)
class Box:
    """A visit in words, as far as this reader may read them. Each is equal to itself alone, which
    makes it cheap to keep things by."""

    pk: int
    version: int
    day: date
    when: str
    block: str
    client: str
    pets: str
    service: str
    place: str
    status: str
    sitter: str
    lane: str
    is_training: bool
    price: Decimal


class Told(NamedTuple):
    """What a box is made of: these columns of a visit."""

    id: int
    version: int
    visit_on: date
    starts_at: datetime
    ends_at: datetime
    block: str | None
    status: str
    is_training: bool
    is_for_anyone: bool
    sitter_id: int | None
    sitter: str | None
    service: str
    last_name: str
    first_name: str
    street: str
    city: str
    #: Only the table tells it.
    price: Decimal = Decimal(0)


COLUMNS = (
    "id", "version", "visit_on", "starts_at", "ends_at", "block__name", "status",
    "is_training", "is_for_anyone", "sitter_id", "sitter__name", "service__name",
    "client__last_name", "client__first_name", "client__street", "client__city",
)  # fmt: skip


def filtered(filters: Filters, *, reader: User) -> VisitQuerySet:
    """The visits of the days shown that the filters leave; those that are off only if asked for."""
    visits = Visit.objects.visible_to(reader).filter(visit_on__range=filters.days)
    if not filters.status:
        visits = visits.exclude(status__in=OFF)
    elif filters.status in WAITING:
        visits = visits.filter(status=VisitStatus.ASSIGNED, **WAITING[filters.status])
    elif filters.status != ALL:
        visits = visits.filter(status=filters.status)
    if filters.sitter == NOBODY:
        visits = visits.filter(unassigned())
    elif filters.sitter == ANYONE:
        visits = visits.filter(is_for_anyone=True)
    elif filters.sitter:
        visits = visits.filter(sitter=int(filters.sitter))
    if filters.client is not None:
        visits = visits.filter(client=filters.client)
    if filters.service is not None:
        visits = visits.filter(service=filters.service)
    if filters.territory is not None:
        homes = Client.objects.visible_to(reader).filter(in_territory(filters.territory))
        visits = visits.filter(client__in=homes.order_by().values("pk"))
    return visits


def sitters() -> list[Listed]:
    """Who has a lane, visits or not: one query."""
    return read_lists("sitters")["sitters"]


def unassigned() -> Q:
    """Nobody has it: never assigned, or the sitter declined."""
    return Q(sitter=None, is_for_anyone=False) | Q(status=VisitStatus.DECLINED)


def lane_of(row: Told | Visit) -> str:
    if row.status == VisitStatus.DECLINED:
        return NOBODY
    if row.is_for_anyone:
        return ANYONE
    return str(row.sitter_id or NOBODY)


class Kept(NamedTuple):
    """A box with what it was made of: the row as the database answers, and the pets."""

    row: tuple[Any, ...]
    pets: str
    box: Box


#: Boxes by how they look and by visit: the same visits are looked at all day.
_kept: defaultdict["ShownAs", dict[int, Kept]] = defaultdict(dict)


def boxes(visits: VisitQuerySet, *, reader: User) -> list[Box]:
    """Boxes in time order: one query for the visits, one for their pets.

    A box is made anew only if the database answers otherwise than when it was made.
    """
    query = Prepared(visits.order_by("starts_at", "pk").values_list(*COLUMNS))
    rows = query.raw()
    pets = pet_names(visits, reader=reader) if rows else {}
    how = shown_as(reader)
    known, found = _kept[how], {}
    for row in rows:
        kept = known.get(row[0])
        if kept and kept.row == row and kept.pets == pets.get(row[0], ""):
            found[row[0]] = kept.box
    changed = [row for row in rows if row[0] not in found]
    if len(known) + len(changed) > KEPT:
        known.clear()
    for row, told in zip(changed, query.read(changed), strict=True):
        names = pets.get(row[0], "")
        found[row[0]] = made(Told(*told), names, how)
        known[row[0]] = Kept(row, names, found[row[0]])
    return [found[row[0]] for row in rows]


class ShownAs(NamedTuple):
    """What else than the visit decides how a box looks; an address is shown as far as the policy
    has it."""

    has_street: bool
    has_city: bool
    zone: tzinfo
    language: str | None


def shown_as(reader: User) -> ShownAs:
    policy = policy_for(reader, "client")
    zone, language = timezone.get_current_timezone(), get_language()
    return ShownAs("street" in policy, "city" in policy, zone, language)


def drawn_up(rows: Iterable[Told], pets: Mapping[int, str], *, reader: User) -> Iterator[Box]:
    """Boxes of visits that are not looked at all day."""
    how = shown_as(reader)
    return (made(row, pets.get(row.id, ""), how) for row in rows)


def made(told: Told, pets: str, how: ShownAs) -> Box:
    """The visit in words."""
    return Box(
        told.id,
        told.version,
        told.visit_on,
        clocks(told.starts_at, told.ends_at, how.zone),
        told.block or "",
        f"{told.last_name}, {told.first_name}",
        pets,
        told.service,
        place_of(told.street if how.has_street else "", told.city if how.has_city else ""),
        word_of(
            told.status,
            has_sitter=told.sitter_id is not None,
            is_for_anyone=told.is_for_anyone,
        ),
        told.sitter or "",
        lane_of(told),
        told.is_training,
        told.price,
    )


def place_of(street: str, city: str) -> str:
    return f"{street}, {city}" if street and city else street or city


def pet_names(visits: VisitQuerySet, *, reader: User) -> dict[int, str]:
    """Visit → names of its pets that the reader may see."""
    found: dict[int, str] = {}
    shown = Pet.objects.visible_to(reader).filter(visits__in=visits.order_by().values("pk"))
    names = Prepared(shown.order_by("sort_name", "pk").values_list("visits", "name"))
    for visit, name in names.rows():
        found[visit] = f"{found[visit]}, {name}" if visit in found else name
    return found


def clocks(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> str:
    """As ``times.clock_text``, in a tenth of its time."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    text = f"{start.hour:02}:{start.minute:02}–{end.hour:02}:{end.minute:02}"
    return text if start.day == end.day else gettext("%s (next day)") % text


def today_counts(reader: User) -> dict[str, int]:
    """Today's visits, and those of them that nobody has."""
    today = timezone.localdate()
    visits = Visit.objects.visible_to(reader)
    of_today = visits.filter(visit_on=today).exclude(status__in=OFF)
    return of_today.aggregate(
        visits=models.Count("pk"), unassigned=models.Count("pk", filter=unassigned())
    )


def month_days(filters: Filters, *, reader: User) -> list[list["Day"]]:
    """The weeks of the month; each day with its visits counted by status: one query."""
    first, last = filters.days
    counted: dict[date, Counter[str]] = defaultdict(Counter)
    has_sitter = models.ExpressionWrapper(Q(sitter__isnull=False), models.BooleanField())
    groups = filtered(filters, reader=reader).order_by().annotate(has_sitter=has_sitter)
    kinds = groups.values("visit_on", "status", "is_for_anyone", "has_sitter")
    for row in kinds.annotate(count=models.Count("pk")):
        word = word_of(
            row["status"], has_sitter=row["has_sitter"], is_for_anyone=row["is_for_anyone"]
        )
        counted[row["visit_on"]][word] += row["count"]
    start = start_of_week(first)
    weeks = ((last - start).days // 7) + 1
    days = [start + timedelta(days=place) for place in range(weeks * 7)]
    made = [Day(day, day.month == first.month, in_order(counted[day])) for day in days]
    return [made[place : place + 7] for place in range(0, len(made), 7)]


def in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(word, counts[word]) for word in WORDS if word in counts]


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    is_inside: bool
    counts: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(count for _status, count in self.counts)
