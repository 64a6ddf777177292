"""Sitters hear of what the office does to their visits to come."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client
from pawfile.schedule.letters import Became, Fate, tell_became
from pawfile.schedule.models import HELD, PENDING, Visit, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet


@contextmanager
def sitters_told(
    visits: VisitQuerySet, *, client: Client, by: User, site: str
) -> Iterator[None]:  # fmt: skip
    """What is done inside, in one transaction, to these visits of this client: whoever holds one to
    come and loses it, gets it back or has to be there at another time, reads it in one mail. Who
    did it is not told, and nobody of what is over. Raises ``StaleRecordError`` if the client is
    gone."""
    with transaction.atomic():
        try:
            lock_client(client)
        except Client.DoesNotExist as gone:
            raise StaleRecordError from gone
        ahead = visits.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")
        before = list(ahead.select_related("client", "service", "block", "sitter"))
        yield
        if not before or not SiteOptions.load().has_moved_mails:
            return
        rows = Visit.objects.select_related("service", "block")
        after = rows.in_bulk([visit.pk for visit in before])
        told: dict[User, list[Became]] = defaultdict(list)
        for old in before:
            new = after.get(old.pk)
            if old.sitter and (fate := fate_of(old, new)):
                told[old.sitter].append(Became(fate, old, new))
        for sitter, became in told.items():
            if sitter.is_active and sitter != by.actor:
                tell_became(sitter=sitter, became=became, by=by, site=site)


def fate_of(old: Visit, new: Visit | None) -> Fate | None:
    """What its sitter has to know; ``None`` if nothing."""
    is_held = new is not None and new.sitter_id == old.sitter_id and new.status in HELD
    if old.status == VisitStatus.CANCELED:
        return Fate.BACK if is_held else None
    if old.status not in PENDING:
        return None
    if new is None or new.status in (VisitStatus.CANCELED, VisitStatus.UNAVAILABLE):
        return Fate.CANCELED
    if new.sitter_id != old.sitter_id:
        return Fate.GIVEN
    if (new.starts_at, new.ends_at, new.service_id) != (old.starts_at, old.ends_at, old.service_id):
        return Fate.CHANGED
    return None
