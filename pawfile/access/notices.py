"""Key notices: a sitter is to come, and holds no key of a client who uses keys.

None if the client's Uses Keys is No, the service needs no key, or notices are off (rules 10–12).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from pawfile.access.board import Row, rows_of
from pawfile.access.models import Key, KeyNotice
from pawfile.accounts.models import OFFICE, User
from pawfile.fields.policy import policy_for
from pawfile.mail.actions import queue_mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.letters import when_text
from pawfile.schedule.models import PENDING, Visit
from pawfile.schedule.models.visit import VisitQuerySet

#: So far ahead a missing key is worth a word, and so many visits are listed.
AHEAD = timedelta(days=7)
MOST = 200
#: A mail names so many visits; the page behind its link has all.
MOST_MAILED = 30


def lacking(visits: VisitQuerySet, *, now: datetime, until: datetime) -> VisitQuerySet:
    """Those that begin before ``until`` and whose sitter holds no key of the home."""
    held = Key.objects.filter(client=OuterRef("client"), sitter=OuterRef("sitter"))
    ahead = visits.filter(
        status__in=PENDING,
        sitter__isnull=False,
        ends_at__gte=now,
        starts_at__lt=until,
        client__uses_keys=True,
        service__uses_key=True,
    )
    return ahead.filter(~Exists(held))


def noticed(reader: User, *, until: datetime | None = None) -> VisitQuerySet:
    """The visits about which this reader is told; no client is, and nobody who may not know
    whether the client uses keys."""
    visits, now = Visit.objects.visible_to(reader), timezone.now()
    is_told = not reader.is_client and "uses_keys" in policy_for(reader, "client")
    options = reader.site_options or SiteOptions.load()
    if not is_told or not options.has_key_notices:
        return visits.none()
    if reader.is_sitter:
        visits = visits.filter(sitter=reader)
    return lacking(visits, now=now, until=until or now + AHEAD).order_by("starts_at", "pk")


def visits_without_key(visits: Collection[Visit], reader: User) -> set[int]:
    """Of these visits those about which the reader is told. One query; none if nobody is to come
    to any of them."""
    held = [visit.pk for visit in visits if visit.sitter_id and visit.status in PENDING]
    if not held:
        return set()
    wanted = noticed(reader).filter(pk__in=held)
    return set(wanted.order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Needed:
    """A home that the sitter is to visit without a key of it, and where its keys are."""

    client: Client
    visit: Visit
    keys: list[Row]


def keys_needed(sitter: User) -> list[Needed]:
    """Until tomorrow's end, the soonest visit of each home first. Five queries at most."""
    today = timezone.localdate()
    end = datetime.combine(today + timedelta(days=2), datetime.min.time())
    visits = noticed(sitter, until=timezone.make_aware(end)).select_related("client", "block")
    first: dict[int, Visit] = {}
    for visit in visits:
        first.setdefault(visit.client_id, visit)
    if not first:
        return []
    keys = Key.objects.visible_to(sitter).filter(client__in=first)
    linked = keys.select_related("client", "sitter", "location")
    rows = rows_of(linked, reader=sitter, today=today)
    return [
        Needed(visit.client, visit, [row for row in rows if row.key.client_id == visit.client_id])
        for visit in first.values()
    ]


@transaction.atomic
def tell_office() -> None:
    """Mail the office what it was not told yet: each visit once, all of one look in one mail."""
    options = SiteOptions.load()
    if not options.has_key_notices:
        return
    now = timezone.now()
    visits = lacking(Visit.objects.filter(key_notice=None), now=now, until=now + AHEAD)
    linked = visits.select_related("client", "service", "sitter", "block")
    found = list(linked.order_by("starts_at", "pk")[:MOST])
    if not found:
        return
    KeyNotice.objects.bulk_create([KeyNotice(visit=visit) for visit in found])
    with timezone.override(ZoneInfo(options.time_zone)):
        lines = [line_of(visit) for visit in found[:MOST_MAILED]]
    link = urljoin(settings.SITE_URL, reverse("key_notice_list").lstrip("/"))
    for person in User.objects.active().filter(role__in=OFFICE):
        queue_mail(
            to=person.email,
            template="key_notice",
            context={
                "name": person.nickname or person.name,
                "visits": lines,
                "count": len(found),
                "more": max(len(found) - MOST_MAILED, 0),
            },
            links={"keys": link},
            by=None,
            is_for_staff=True,
        )


def line_of(visit: Visit) -> dict[str, str]:
    return {
        "when": when_text(visit),
        "client": visit.client.name,
        "sitter": str(visit.sitter),
    }
