"""A person's visits as an iCalendar file (RFC 5545), through the same gates as the pages.

Never in it: phones, codes, prices. The address of the home and the note to the sitter only for
whoever asked for them and may see them.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.options.models import SiteOptions
from pawfile.profiles.table import ADDRESS_KEYS, address_of
from pawfile.schedule.models import HELD, OFF, CalendarFeed, Visit, VisitEvent, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.own_visits import pets_of
from pawfile.schedule.zones import zone_rules

S = VisitStatus
BEFORE, AHEAD = timedelta(days=30), timedelta(days=365)
#: Days here and in UTC differ, and a visit may end on the next.
MARGIN = timedelta(days=2)
#: Visits in one calendar: more than any app is pleasant with.
MOST = 5000
#: How often an app is asked to look.
REFRESH = timedelta(hours=1)
PRODUCT = "-//Pawfile//Visits//EN"
#: All that is read; a client has a hundred columns more.
COLUMNS = (
    "visit_on", "starts_at", "ends_at", "status", "version", "note", "created_at",
    "service__name", "service__client_name", "client__first_name", "client__last_name",
    *(f"client__{key}" for key in ADDRESS_KEYS),
)  # fmt: skip
#: Nobody has agreed yet.
OPEN = (S.REQUESTED, S.ASSIGNED, S.DECLINED)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, before it is written. Lists of them are compared by their ``repr``."""

    uid: str
    summary: str
    start: datetime
    end: datetime
    status: str
    sequence: int
    revised_at: datetime
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """All that the file depends on, and the file."""

    name: str
    zone: ZoneInfo
    today: date
    entries: list[Entry]

    @property
    def fingerprint(self) -> str:
        """Tells whether the file would be another, much sooner than writing it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]

    def as_file(self) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("x-wr-calname", self.name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
        first, last = self.today - BEFORE - MARGIN, self.today + AHEAD + MARGIN
        calendar.add_component(zone_rules(self.zone, first, last))
        for entry in self.entries:
            calendar.add_component(event_of(entry))
        return bytes(calendar.to_ical())


def event_of(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("status", entry.status)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.revised_at)
    event.add("last-modified", entry.revised_at)
    if entry.address:
        event.add("location", entry.address)
    if entry.note:
        event.add("description", entry.note)
    return event


def read_feed(feed: CalendarFeed, *, company: SiteOptions) -> CalendarFile:
    """What its person may read now."""
    reader, zone = feed.user, ZoneInfo(company.time_zone)
    reader.site_options = company
    today = timezone.localdate(timezone=zone)
    name = plain(_("Visits, %s") % company.company_name)
    return CalendarFile(name, zone, today, entries_of(visits_for(reader, today), feed, zone))


def visits_for(reader: User, today: date) -> list[Visit]:
    """From 30 days ago to a year ahead; if that is too much, the next ones rather than the last."""
    revised = VisitEvent.objects.filter(visit=OuterRef("pk")).order_by("-version", "-pk")
    newest = Subquery(revised.values("done_at")[:1], output_field=DateTimeField())
    visits = own(reader).select_related("client", "service").only(*COLUMNS)
    visits = visits.annotate(revised_at=Coalesce(newest, "created_at"))
    order = ("visit_on", "starts_at", "pk")
    ahead = visits.filter(visit_on__range=(today, today + AHEAD)).order_by(*order)[:MOST]
    found = list(ahead)
    behind = visits.filter(visit_on__gte=today - BEFORE, visit_on__lt=today)
    last = behind.order_by(*(f"-{key}" for key in order))[: MOST - len(found)]
    return [*reversed(last), *found]


def own(reader: User) -> VisitQuerySet:
    """The office reads everybody's; a sitter the own ones, without what is offered to ANYONE."""
    visits = Visit.objects.visible_to(reader)
    return visits.filter(sitter=reader, status__in=HELD) if reader.is_sitter else visits


def entries_of(visits: list[Visit], feed: CalendarFeed, zone: ZoneInfo) -> list[Entry]:
    reader, pets = feed.user, pets_of([visit.pk for visit in visits], feed.user)
    policy = policy_for(reader, "client")
    has_note, found = feed.has_note and may_have_notes(reader), []
    for visit in visits:
        start, end = times_of(visit, zone)
        found.append(
            Entry(
                uid=f"visit-{visit.pk}@{feed.calendar_id}",
                summary=plain(summary_of(visit, pets[visit.pk], reader)),
                start=start,
                end=end,
                status=status_of(visit),
                sequence=visit.version,
                revised_at=visit.revised_at,  # type: ignore[attr-defined]
                address=plain(address_of(visit.client, policy)) if feed.has_address else "",
                note=plain(visit.note) if has_note else "",
            )
        )
    return found


def summary_of(visit: Visit, pets: list[str], reader: User) -> str:
    """ "Walk · Cleo Carter (Rex, Tom)" for staff, "Walk · Rex, Tom" for the client."""
    names = ", ".join(pets)
    if reader.is_client:
        service = visit.service.client_name or visit.service.name
        return f"{service} · {names}" if names else service
    who = f"{visit.client.name} ({names})" if names else visit.client.name
    return f"{visit.service.name} · {who}"


def status_of(visit: Visit) -> str:
    if visit.status in OFF:
        return "CANCELLED"
    return "TENTATIVE" if visit.status in OPEN else "CONFIRMED"


def times_of(visit: Visit, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end on the company's clock.

    In UTC where it touches the hour that comes twice, in the night the clocks go back: the first
    one is meant by such a time, says the RFC, but some apps take the second.
    """
    start, end = visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)
    if comes_twice(start) or comes_twice(end):
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


def comes_twice(moment: datetime) -> bool:
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def plain(text: str) -> str:
    """Without what some calendar app takes for the end of a line or chokes on."""
    return _CONTROL.sub("", "\n".join(text.splitlines()))


def may_have_address(reader: User) -> bool:
    policy = policy_for(reader, "client")
    return any(key in policy for key in ADDRESS_KEYS)


def may_have_notes(reader: User) -> bool:
    """Notes are for the sitter and the office."""
    return not reader.is_client
