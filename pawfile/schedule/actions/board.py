"""Giving away a visit that somebody looks at on the Master Schedule."""

from django.db import transaction

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.history import locked
from pawfile.schedule.models import AssignTo, Visit
from pawfile.schedule.statuses import lock_client


@transaction.atomic
def assign_seen_visit(
    *,
    visit: Visit,
    assign_to: AssignTo | str,
    sitter: User | None,
    opened_version: int | None,
    by: User,
) -> Visit:
    """As ``assign_visit``, unless it is not any more what the person has seen (``None``: whatever
    it is): then ``StaleRecordError``."""
    lock_client(visit.client)
    visit = locked(visit)
    if opened_version is not None and visit.version != opened_version:
        raise StaleRecordError
    return assign_visit(visit=visit, assign_to=assign_to, sitter=sitter, by=by)
