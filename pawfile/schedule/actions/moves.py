"""What people do with one visit: accept, arrive, complete, cancel and back.

Each locks the visit, moves it as the table ``MOVES`` allows, and keeps who did it. They raise
``ValidationError`` with a sentence for people, and ``StaleRecordError`` if the visit is gone.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client
from pawfile.schedule.actions.acknowledging import refuse_unread
from pawfile.schedule.actions.blocking import take_off
from pawfile.schedule.assigning import eligible_sitters, first_status, refuse_unless_eligible
from pawfile.schedule.history import locked, save_visit, status_text
from pawfile.schedule.models import Visit, VisitEvent, VisitStatus
from pawfile.schedule.prices import price_of
from pawfile.schedule.saved import tell_written
from pawfile.schedule.statuses import move, note_first_paid_visit


class AlreadyTakenError(ValidationError):
    """Another sitter was first to accept a visit offered to anyone."""

    def __init__(self) -> None:
        super().__init__(_("Another sitter has already taken this visit."), code="taken")


def refuse_others(visit: Visit, by: User) -> None:
    if not by.is_office and visit.sitter_id != by.pk:
        raise ValidationError(_("Only the sitter of this visit or the office can do that."))


def moved(
    visit: Visit, status: VisitStatus, *, by: User | None, note: str = "", old: str = ""
) -> Visit:
    """``old`` is what was said of it, if more than the status changes."""
    old = old or visit.said
    move(visit, status)
    return save_visit(visit, status_text(old, visit.said, note), by=by)


@transaction.atomic
def accept_visit(*, visit: Visit, by: User) -> Visit:
    """The sitter takes it. Of several who accept an offer exactly one has it (rule 83); the others
    get ``AlreadyTakenError``."""
    was_offer = visit.is_for_anyone
    lock_client(visit.client)  # who is blocked at this moment does not get it after all
    visit = locked(visit)
    is_theirs = visit.is_for_anyone or visit.sitter_id == by.pk
    if not is_theirs and (was_offer or visit.is_offer_taken):
        raise AlreadyTakenError
    if not is_theirs:
        raise ValidationError(_("This visit is not yours to accept."))
    if visit.status != VisitStatus.ASSIGNED:
        raise ValidationError(_("There is nothing to accept: this visit is %s.") % visit.said)
    refuse_unless_eligible(by, visit.client)
    old = visit.said
    if visit.is_for_anyone:
        visit.sitter, visit.is_for_anyone, visit.is_offer_taken = by, False, True
    return moved(visit, VisitStatus.ACCEPTED, by=by, old=old)


@transaction.atomic
def decline_visit(*, visit: Visit, by: User) -> Visit:
    """The sitter does not want it; the office sees who said no."""
    visit = locked(visit)
    if visit.is_for_anyone:
        raise ValidationError(_("This visit is offered to everybody; there is no need to decline."))
    if visit.sitter_id != by.pk:
        raise ValidationError(_("This visit is not yours to decline."))
    return moved(visit, VisitStatus.DECLINED, by=by)


@transaction.atomic
def confirm_visits(*, client: Client, by: User | None) -> list[Visit]:
    """What a sitter has accepted and is not over becomes Confirmed; those visits, soonest first."""
    lock_client(client)
    accepted = Visit.objects.upcoming().filter(client=client, status=VisitStatus.ACCEPTED)
    visits = list(accepted.select_related("service", "block").select_for_update(of=("self",)))
    text = status_text(str(VisitStatus.ACCEPTED.label), str(VisitStatus.CONFIRMED.label))
    for visit in visits:
        move(visit, VisitStatus.CONFIRMED)
        visit.version += 1
    Visit.objects.bulk_update(visits, ["status", "version"], batch_size=500)
    VisitEvent.objects.bulk_create(
        VisitEvent(visit=visit, version=visit.version, text=text, done_by=by and by.actor)
        for visit in visits
    )
    return visits


@transaction.atomic
def arrive(*, visit: Visit, by: User) -> Visit:
    """Raises ``UnreadChangesError`` as long as the sitter has something to read first."""
    visit = locked(visit)
    refuse_others(visit, by)
    if visit.can_become(VisitStatus.IN_PROGRESS):
        refuse_unread(visit, by)
    visit.arrived_at = timezone.now()
    return moved(visit, VisitStatus.IN_PROGRESS, by=by)


@transaction.atomic
def complete(*, visit: Visit, by: User) -> Visit:
    """Also without having arrived (rule 95)."""
    visit = locked(visit)
    refuse_others(visit, by)
    visit.completed_at = timezone.now()
    return moved(visit, VisitStatus.COMPLETED, by=by)


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: User | None) -> Visit:
    """It does not take place. Price and sitter stay as they were."""
    visit = locked(visit)
    visit.cancel_reason = reason.strip()
    visit = moved(visit, VisitStatus.CANCELED, by=by, note=visit.cancel_reason)
    if visit.cancel_reason:
        tell_written(visit, "cancel_reason")
    return visit


@transaction.atomic
def mark_unavailable(*, visit: Visit, by: User | None) -> Visit:
    """The company cannot do it: no price, and nobody's visit (rule 91)."""
    visit = locked(visit)
    old = visit.said
    visit.price *= 0
    visit.sitter, visit.is_for_anyone = None, False
    return moved(visit, VisitStatus.UNAVAILABLE, by=by, old=old)


#: What taking a step back makes of a visit that has happened, or begun to.
STEP_BACK = {
    VisitStatus.COMPLETED: VisitStatus.IN_PROGRESS,
    VisitStatus.IN_PROGRESS: VisitStatus.CONFIRMED,
}


@transaction.atomic
def restore_visit(*, visit: Visit, by: User | None) -> Visit:
    """Take back what was done too early: completed, arrived, canceled, unavailable.

    A canceled or unavailable one is priced anew. A canceled one keeps its sitter as long as the
    client still wants that one; an unavailable one has none (rule 91).
    """
    lock_client(visit.client)
    visit = locked(visit)
    back = STEP_BACK.get(VisitStatus(visit.status))
    if back is not None:
        visit.completed_at = None
        if back == VisitStatus.CONFIRMED:
            visit.arrived_at = None
        visit = moved(visit, back, by=by)
        is_ahead = Visit.objects.held_ahead().filter(pk=visit.pk)
        is_blocked = is_ahead.filter(sitter__blocking_clients=visit.client_id).exists()
        return take_off(visit, by=by) if is_blocked else visit
    if visit.status not in (VisitStatus.CANCELED, VisitStatus.UNAVAILABLE):
        raise ValidationError(_("There is nothing to take back."))
    sitter = visit.sitter
    if sitter and not eligible_sitters(visit.client).filter(pk=sitter.pk).exists():
        visit.sitter = sitter = None
    if visit.cancel_reason:
        visit.cancel_reason = ""
        tell_written(visit, "cancel_reason")
    visit.price = price_of(client=visit.client, service=visit.service, on=visit.visit_on).amount
    moved(visit, first_status(sitter, SiteOptions.load()), by=by)
    note_first_paid_visit(visit, by=by)
    return visit
