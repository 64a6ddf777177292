""" "Locks and codes unchanged?": asking a client by mail, and what the answer does.

The link in the mail is the only key to it: it answers this one question, says nothing of the home,
and is kept as a digest.
"""

import secrets
from datetime import timedelta
from urllib.parse import urljoin

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from pawfile.access.actions.entry import confirm_ways, doubt_ways
from pawfile.access.models import EntryCheck
from pawfile.access.models.entry import digest_of
from pawfile.mail.actions import queue_mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models.client import Status
from pawfile.schedule.models import HELD, PENDING, Visit
from pawfile.schedule.models.visit import VisitQuerySet

#: So long before the visit the client is asked.
AHEAD = timedelta(days=2)
SECRET_BYTES = 32


def visits_to_ask(options: SiteOptions) -> VisitQuerySet:
    """Visits of the next two days that are a client's first, or the first after a long pause, and
    of which that client was not asked yet."""
    if not options.entry_check_days:
        return Visit.objects.none()
    now = timezone.now()
    pause = timedelta(days=options.entry_check_days)
    is_earlier = Q(starts_at__lt=OuterRef("starts_at")) | Q(
        starts_at=OuterRef("starts_at"), pk__lt=OuterRef("pk")
    )
    before = Visit.objects.filter(
        is_earlier,
        client=OuterRef("client"),
        status__in=HELD,
        ends_at__gt=OuterRef("starts_at") - pause,
    )
    soon = Visit.objects.filter(
        status__in=PENDING, starts_at__gt=now, starts_at__lte=now + AHEAD
    ).exclude(Q(client__status=Status.INACTIVE) | Q(client__email=""))
    asked = EntryCheck.objects.filter(visit=OuterRef("pk"))
    return soon.filter(~Exists(before), ~Exists(asked)).order_by("pk")


@transaction.atomic
def ask_client(*, visit: Visit, site: str) -> None:
    """Mail the question, unless somebody has meanwhile, or the visit is off. ``site`` is the
    address of the book."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.status not in PENDING or EntryCheck.objects.filter(visit=visit).exists():
        return
    secret = secrets.token_urlsafe(SECRET_BYTES)
    client = visit.client
    EntryCheck.objects.create(
        client=client, visit=visit, digest=digest_of(secret), expires_at=visit.ends_at
    )
    address = reverse("entry_check", args=[secret]).lstrip("/")
    queue_mail(
        to=client.email,
        template="entry_check",
        context={"name": client.first_name},
        links={"answer": urljoin(site, address)},
        by=None,
    )


def find_check(secret: str) -> EntryCheck | None:
    return EntryCheck.objects.all().opened_by(secret)


@transaction.atomic
def answer_check(*, check: EntryCheck, is_unchanged: bool) -> None:
    """Confirm every way in, or none any more.

    Who said that something changed does not take that back with the link: a mail may be in the
    wrong hands, and then the doubt is the safe answer. "Unchanged" counts once.
    """
    locked = EntryCheck.objects.select_for_update().get(pk=check.pk)
    if locked.is_unchanged is False or locked.is_unchanged == is_unchanged:
        return
    locked.is_unchanged, locked.answered_at = is_unchanged, timezone.now()
    locked.save(update_fields=["is_unchanged", "answered_at"])
    ways = locked.client.ways_in.all()
    if is_unchanged:
        confirm_ways(ways=ways, by=None)
    else:
        doubt_ways(ways=ways)
