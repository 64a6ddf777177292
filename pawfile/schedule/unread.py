"""Visits to come whose sitter has not read what could hurt: for the office, and by mail."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.fields.catalogue import catalogues
from pawfile.fields.policy import Policy, PolicyField, policy_for, role_policy
from pawfile.history.marks import window_start
from pawfile.options.models import SiteOptions
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.models import Visit
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.since import critical_in, told_of, unread

#: So far ahead the office is shown them, and so many are listed.
AHEAD = timedelta(days=7)
MOST = 200


@dataclass(frozen=True, slots=True)
class UnreadVisit:
    """A visit, and the names of the fields that its sitter has not read."""

    visit: Visit
    names: Sequence[str]


def sitters_policy(subject: str, company: SiteOptions) -> Policy:
    """What any sitter sees."""
    fields_of = catalogues(company)[subject]
    return role_policy(fields_of, Role.SITTER, is_editor=company.has_sitter_editing)


def items_for(subject: str, reader: User | None, company: SiteOptions) -> list[PolicyField]:
    """The critical fields that sitters see; of those, what this reader sees too."""
    items = critical_in(sitters_policy(subject, company))
    if reader is None:
        return items
    policy = policy_for(reader, subject)
    return [policy.fields[item.key] for item in items if item.key in policy]


def unread_names(
    visits: VisitQuerySet, *, reader: User | None, company: SiteOptions
) -> dict[int, list[str]]:
    """Visit → what its sitter has not read, as this reader (``None``: the sitter) may know it.

    Visits without any are not in it. Two queries.
    """
    found: dict[int, list[str]] = defaultdict(list)
    start = window_start(company.change_window)
    for changes, home in ((PetChange, "record__client__visits"), (ClientChange, "record__visits")):
        is_pet = changes is PetChange
        subject = "pet" if is_pet else "client"
        items = items_for(subject, reader, company)
        labels = {item.key: str(item.label) for item in items}
        rows: Any = changes.objects.annotate(visit=F(f"{home}__pk"), sitter=F(f"{home}__sitter"))
        if is_pet:
            rows = rows.filter(record__active=True).annotate(name=F("record__name"))
        # The homes are named too: without, a database begins with the history of all homes.
        homes = {f"record{'__client' if is_pet else ''}__in": visits.order_by().values("client")}
        rows = rows.filter(visit__in=visits.order_by().values("pk"), **homes)
        rows = rows.filter(unread(subject, told_of(items), start)).order_by()
        columns = ("visit", "key", "name") if is_pet else ("visit", "key")
        for visit, key, *pet in rows.values_list(*columns).distinct():
            label = labels[key]
            found[visit].append(f"{pet[0]}, {label.lower()}" if pet else label)
    return found


def held_until(visits: VisitQuerySet, until: datetime) -> VisitQuerySet:
    return visits.held_ahead().filter(starts_at__lt=until)


def unread_count(reader: User, *, company: SiteOptions) -> int:
    """How many visits of the next days have a sitter who has not read."""
    visits = held_until(Visit.objects.visible_to(reader), timezone.now() + AHEAD)
    return len(unread_names(visits, reader=reader, company=company))


def unread_visits(reader: User, *, company: SiteOptions) -> tuple[list[UnreadVisit], int]:
    """Those of the next days, the soonest first, and how many there are in all. Three queries."""
    visits = held_until(Visit.objects.visible_to(reader), timezone.now() + AHEAD)
    names = unread_names(visits, reader=reader, company=company)
    linked = Visit.objects.visible_to(reader).select_related("client", "service", "sitter", "block")
    shown = linked.filter(pk__in=names).order_by("starts_at", "pk")[:MOST]
    return [UnreadVisit(visit, sorted(names[visit.pk])) for visit in shown], len(names)
