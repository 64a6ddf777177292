"""Clients with a visit soon whom one bad lock would leave without a way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.access.models import EntryCheck, WayIn
from pawfile.access.plan import may_see_plan
from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.generating import company_today
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
    """With ``next_visit_at``, and ``way_count``, ``last_confirmed_on``, ``has_changed``."""
    soon = Visit.objects.visible_to(reader).upcoming().filter(starts_at__lte=timezone.now() + AHEAD)
    changed = EntryCheck.objects.open().filter(is_unchanged=False)
    ways = WayIn.objects.filter(client=OuterRef("pk")).order_by().values("client")
    clients = Client.objects.visible_to(reader).current()
    found = clients.filter(pk__in=soon.order_by().values("client")).annotate(
        next_visit_at=Subquery(soon.filter(client=OuterRef("pk")).values("starts_at")[:1]),
        way_count=Coalesce(Subquery(ways.annotate(count=Count("pk")).values("count")), 0),
        last_confirmed_on=Subquery(ways.annotate(last=Max("confirmed_on")).values("last")),
        has_changed=Exists(changed.filter(client=OuterRef("pk"))),
    )
    since = company_today(company) - relativedelta(months=company.entry_confirm_months)
    is_weak = Q(way_count__lt=ENOUGH) | Q(last_confirmed_on=None) | Q(last_confirmed_on__lt=since)
    return found.filter(is_weak)


def weak_plan_count(reader: User, *, company: SiteOptions) -> int:
    return weak_clients(reader, company=company).count() if may_see_plan(reader) else 0


def weak_plans(reader: User, *, company: SiteOptions) -> tuple[list[WeakPlan], bool]:
    """The next visit first, and whether there are more than are listed. One query."""
    clients: Any = weak_clients(reader, company=company)
    found = list(clients.order_by("next_visit_at", "pk")[: MOST + 1])
    since = company_today(company) - relativedelta(months=company.entry_confirm_months)
    listed = [
        WeakPlan(client, client.next_visit_at, reasons_of(client, since)) for client in found[:MOST]
    ]
    return listed, len(found) > MOST


def reasons_of(client: Any, since: date) -> list[str]:
    last: date | None = client.last_confirmed_on
    is_in_doubt = client.has_changed and last is None
    reasons = [_("The client says that something has changed")] if is_in_doubt else []
    if not client.way_count:
        return [*reasons, _("No way in")]
    if client.way_count < ENOUGH:
        reasons.append(_("One way in only"))
    if last is None:
        reasons += [] if is_in_doubt else [_("Not confirmed")]
    elif last < since:
        reasons.append(_("Not confirmed since %s") % date_format(last, "j M Y"))
    return reasons
