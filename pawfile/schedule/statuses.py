"""How a visit moves from one status to another, and what the first paid one does to a client."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import Status
from pawfile.schedule.models import OFF, Visit, VisitStatus


def move(visit: Visit, status: VisitStatus) -> None:
    """Give it this status, not saved yet. Raises ``ValidationError`` if the table forbids it."""
    if not visit.can_become(status):
        raise ValidationError(
            _("This visit is %(now)s; it cannot become %(wanted)s.")
            % {"now": visit.said, "wanted": status.label},
            code="status",
        )
    visit.status = status


def note_first_paid_visit(visit: Visit, *, by: User | None) -> None:
    """A Prospect is Active from the first visit that has a price (rules 7 to 9).

    Call it for every visit made, priced, restored or no training any more, whoever did it, within
    the transaction and after ``lock_client``.
    """
    if visit.price <= 0 or visit.is_training or visit.status in OFF:
        return
    client = Client.objects.get(pk=visit.client_id)
    if client.status == Status.PROSPECT:
        update_client(client, values={"status": Status.ACTIVE}, by=by)
