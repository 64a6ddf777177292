from datetime import date

from django.db import transaction

from pawfile.accounts.models import User
from pawfile.schedule.models import HELD, TimeOff, Visit, VisitStatus


@transaction.atomic
def add_time_off(
    *, first_on: date, last_on: date | None = None, note: str = "", by: User
) -> tuple[TimeOff, int]:
    """Keep when a sitter does not want to work, and count the visits that lie there already."""
    off = TimeOff.objects.create(
        sitter=by, first_on=first_on, last_on=last_on or first_on, note=note.strip()
    )
    held = Visit.objects.filter(sitter=by, visit_on__range=(off.first_on, off.last_on))
    ahead = held.filter(status__in=HELD).exclude(status=VisitStatus.COMPLETED)
    return off, ahead.count()
