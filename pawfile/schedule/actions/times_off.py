from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.schedule.models import HELD, TimeOff, Visit, VisitStatus


@transaction.atomic
def add_time_off(
    *, first_on: date, last_on: date | None = None, note: str = "", by: User
) -> tuple[TimeOff, int]:
    """Keep when a sitter does not want to work, and count the visits that lie there already.

    Raises ``ValidationError`` for days that lie within a time off already.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    last_on = last_on or first_on
    refuse_kept(by, first_on, last_on)
    off = TimeOff.objects.create(sitter=by, first_on=first_on, last_on=last_on, note=note.strip())
    held = Visit.objects.filter(sitter=by, visit_on__range=(off.first_on, off.last_on))
    ahead = held.filter(status__in=HELD).exclude(status=VisitStatus.COMPLETED)
    return off, ahead.count()


def refuse_kept(sitter: User, first_on: date, last_on: date) -> None:
    kept = TimeOff.objects.filter(sitter=sitter, first_on__lte=first_on, last_on__gte=last_on)
    if (off := kept.first()) is None:
        return
    days = {
        "first": date_format(off.first_on, "D j M Y"),
        "last": date_format(off.last_on, "D j M Y"),
    }
    if off.first_on == off.last_on:
        raise ValidationError({"first_on": _("You are off on %(first)s already.") % days})
    said = _("You are off from %(first)s to %(last)s already.")
    raise ValidationError({"first_on": said % days})
