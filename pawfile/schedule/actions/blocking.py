"""What becomes of the visits to come that a sitter holds whom the client blocks."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.profiles.blocking import HeldVisit
from pawfile.profiles.models import Client
from pawfile.schedule.actions.assigning import holder_text
from pawfile.schedule.history import change_text, save_visit
from pawfile.schedule.letters import when_text
from pawfile.schedule.models import Visit, VisitStatus
from pawfile.schedule.statuses import move


def held_visits(
    client: Client, sitters: Collection[User], *, reader: User | None
) -> list[HeldVisit]:
    """In words for the reader, as far as he or she sees the visit. Two queries."""
    visits = Visit.objects.held_ahead().filter(client=client, sitter__in=sitters)
    seen = set(visits.visible_to(reader).values_list("pk", flat=True)) if reader else set()
    is_client = reader is not None and reader.is_client
    found = []
    for visit in visits.select_related("service", "block", "sitter"):
        service = (visit.service.client_name if is_client else "") or visit.service.name
        text = f"{when_text(visit)}: {service}, {visit.sitter}" if visit.pk in seen else ""
        if visit.sitter:
            found.append(HeldVisit(visit.pk, visit.sitter, text))
    return found


@transaction.atomic
def take_visits_off(*, client: Client, sitters: Collection[User], by: User | None) -> None:
    """The client blocks these sitters: their visits to come are to be assigned again."""
    visits = Visit.objects.held_ahead().filter(client=client, sitter__in=sitters)
    for visit in visits.select_for_update(of=("self",)):
        take_off(visit, by=by)


def take_off(visit: Visit, *, by: User | None) -> Visit:
    """Leave this locked visit to nobody."""
    old = holder_text(visit)
    move(visit, VisitStatus.ASSIGNED)
    visit.sitter = None
    text = change_text(_("Sitter"), old, holder_text(visit))
    return save_visit(visit, f"{text} ({_('blocked by the client')})", by=by)
