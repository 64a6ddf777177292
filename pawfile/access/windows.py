"""When the codes of a home are open to a sitter: around an own visit that takes place."""

from datetime import datetime, timedelta

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus

S = VisitStatus
#: The sitter has said yes, and nobody has said no since.
AGREED = (S.ACCEPTED, S.CONFIRMED, S.IN_PROGRESS, S.COMPLETED)


def open_visits(
    client: Client, sitter: User, *, company: SiteOptions, now: datetime
) -> list[Visit]:
    """The sitter's visits for which the home's codes are open now, locked until the transaction
    ends; the one that is nearest first."""
    before = timedelta(hours=company.reveal_hours_before)
    after = timedelta(hours=company.reveal_hours_after)
    visits = Visit.objects.visible_to(sitter).filter(
        client=client,
        sitter=sitter,
        status__in=AGREED,
        starts_at__lte=now + before,
        ends_at__gte=now - after,
    )
    locked = visits.select_related("service", "block").select_for_update(of=("self",))
    return sorted(locked, key=lambda visit: distance(visit, now))


def distance(visit: Visit, now: datetime) -> timedelta:
    """How long until it begins, or since it ended; nothing while it takes place."""
    return max(visit.starts_at - now, now - visit.ends_at, timedelta())
