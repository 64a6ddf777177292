"""Changes that a sitter has not read some hours before a visit.

The sitter hears of it, and when half of that time is left the office does; each once a visit.
"""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pawfile.accounts.models import OFFICE, User
from pawfile.options.models import SiteOptions
from pawfile.schedule.letters import tell_unread
from pawfile.schedule.models import Told, UnreadNotice, Visit
from pawfile.schedule.unread import held_until, unread_names

#: One look tells of so many visits, and a mail names so many.
MOST, MOST_MAILED = 200, 30


@transaction.atomic
def tell_of_unread() -> None:
    """Every few minutes. What was told is kept with the mails, in one transaction."""
    company = SiteOptions.load()
    hours = timedelta(hours=company.unread_deadline_hours)
    if not hours:
        return
    with timezone.override(ZoneInfo(company.time_zone)):
        of_sitters: dict[User, list[Visit]] = defaultdict(list)
        for visit in untold(Told.SITTER, within=hours, company=company):
            if visit.sitter and visit.sitter.is_active:
                of_sitters[visit.sitter].append(visit)
        for sitter, visits in of_sitters.items():
            tell(sitter, visits)
        found = untold(Told.OFFICE, within=hours / 2, company=company)
        for person in User.objects.active().filter(role__in=OFFICE) if found else ():
            tell(person, found)


def tell(to: User, visits: list[Visit]) -> None:
    more = max(len(visits) - MOST_MAILED, 0)
    tell_unread(to=to, visits=visits[:MOST_MAILED], more=more, site=settings.SITE_URL)


def untold(told: Told, *, within: timedelta, company: SiteOptions) -> list[Visit]:
    """Visits that begin soon and are unread, the soonest first; from now on they count as told."""
    visits = held_until(Visit.objects.all(), timezone.now() + within)
    visits = visits.exclude(unread_notices__told=told)
    unread = unread_names(visits, reader=None, company=company)
    linked = Visit.objects.filter(pk__in=unread).select_related("client", "block", "sitter")
    found = list(linked.order_by("starts_at", "pk")[:MOST])
    UnreadNotice.objects.bulk_create([UnreadNotice(visit=visit, told=told) for visit in found])
    return found
