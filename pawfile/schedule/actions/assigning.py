"""Giving a visit to somebody."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.schedule.assigning import first_status, holder_for
from pawfile.schedule.history import change_text, locked, save_visit
from pawfile.schedule.models import AssignTo, Visit, VisitStatus
from pawfile.schedule.prices import price_of
from pawfile.schedule.statuses import move, note_first_paid_visit

#: Of these even the sitter who has it is given it anew, or refused.
AS_IF_NEW = (
    VisitStatus.REQUESTED,
    VisitStatus.UNAVAILABLE,
    VisitStatus.DECLINED,
    VisitStatus.COMPLETED,
)


@transaction.atomic
def assign_visit(
    *, visit: Visit, assign_to: AssignTo | str, sitter: User | None = None, by: User | None
) -> Visit:
    """Give it to a sitter, to anyone or back to nobody. Who has it already keeps it as it is.

    A new sitter has to accept, unless the company does without. An Unavailable visit gets its
    price back. Raises ``ValidationError``, also for whom the client blocks (rules 19 and 21).
    """
    lock_client(visit.client)
    visit = locked(visit)
    if visit.status == VisitStatus.CANCELED:
        raise ValidationError(_("This visit is canceled. Restore it before assigning it."))
    holder, is_for_anyone = holder_for(visit.client, assign_to, sitter)
    is_same = (visit.sitter_id, visit.is_for_anyone) == (holder and holder.pk, is_for_anyone)
    if is_same and visit.status not in AS_IF_NEW:
        return visit
    old = holder_text(visit)
    if visit.status == VisitStatus.UNAVAILABLE:
        visit.price = price_of(client=visit.client, service=visit.service, on=visit.visit_on).amount
    move(visit, first_status(holder, SiteOptions.load()))
    visit.sitter, visit.is_for_anyone, visit.is_offer_taken = holder, is_for_anyone, False
    save_visit(visit, change_text(_("Sitter"), old, holder_text(visit)), by=by)
    note_first_paid_visit(visit, by=by)
    return visit


def holder_text(visit: Visit) -> str:
    if visit.is_for_anyone:
        return str(AssignTo.ANYONE.label)
    return str(visit.sitter or _("nobody"))
