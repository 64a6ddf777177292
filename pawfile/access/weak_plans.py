"""Clients with a visit soon whom one bad lock would leave without a way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.access.models import WayIn
from pawfile.access.plan import may_see_plan
from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit

#: So far ahead a visit counts, and so many ways in are enough.
AHEAD, ENOUGH = timedelta(days=30), 2
#: The list shows so many, the next visit first.
MOST = 200


@dataclass(frozen=True, slots=True)
class WeakPlan:
    client: Client
    next_visit_at: datetime
    reasons: Sequence[str]


def weak_clients(reader: User, *, company: SiteOptions) -> QuerySet[Client]:
    """With ``next_visit_at``, ``way_count`` and ``last_confirmed_on`` of the plan."""
    soon = Visit.objects.visible_to(reader).upcoming().filter(starts_at__lte=timezone.now() + AHEAD)
    ways = WayIn.objects.filter(client=OuterRef("pk")).order_by().values("client")
    clients = (
        Client.objects.visible_to(reader)
        .current()
        .annotate(
            next_visit_at=Subquery(soon.filter(client=OuterRef("pk")).values("starts_at")[:1]),
            way_count=Coalesce(Subquery(ways.annotate(count=Count("pk")).values("count")), 0),
            last_confirmed_on=Subquery(ways.annotate(last=Max("confirmed_on")).values("last")),
        )
    )
    since = timezone.localdate() - relativedelta(months=company.entry_confirm_months)
    is_weak = Q(way_count__lt=ENOUGH) | Q(last_confirmed_on=None) | Q(last_confirmed_on__lt=since)
    return clients.filter(is_weak, pk__in=soon.order_by().values("client"))


def weak_plan_count(reader: User, *, company: SiteOptions) -> int:
    return weak_clients(reader, company=company).count() if may_see_plan(reader) else 0


def weak_plans(reader: User, *, company: SiteOptions) -> tuple[list[WeakPlan], bool]:
    """The next visit first, and whether there are more than are listed. One query."""
    clients: Any = weak_clients(reader, company=company)
    found = list(clients.order_by("next_visit_at", "pk")[: MOST + 1])
    since = timezone.localdate() - relativedelta(months=company.entry_confirm_months)
    listed = [
        WeakPlan(client, client.next_visit_at, reasons_of(client, since)) for client in found[:MOST]
    ]
    return listed, len(found) > MOST


def reasons_of(client: Any, since: date) -> list[str]:
    if not client.way_count:
        return [_("No way in")]
    reasons = [_("One way in only")] if client.way_count < ENOUGH else []
    last: date | None = client.last_confirmed_on
    if last is None:
        reasons.append(_("Never confirmed"))
    elif last < since:
        reasons.append(_("Not confirmed since %s") % date_format(last, "j M Y"))
    return reasons
