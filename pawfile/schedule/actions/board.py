"""Giving one visit away: what the office does by hand, and the sitter hears of."""

from django.db import transaction

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.actions.telling import sitters_told
from pawfile.schedule.history import locked
from pawfile.schedule.letters import tell_assigned
from pawfile.schedule.models import AssignTo, Visit


@transaction.atomic
def assign_seen_visit(
    *,
    visit: Visit,
    assign_to: AssignTo | str,
    sitter: User | None,
    opened_version: int | None,
    by: User,
    site: str,
) -> Visit:
    """As ``assign_visit``, unless it is not any more what the person has seen (``None``: whatever
    it is): then ``StaleRecordError``. A sitter who gets it by this is told by mail (rule 105), and
    who had it before."""
    held = Visit.objects.filter(pk=visit.pk)
    with sitters_told(held, client=visit.client, by=by, site=site):
        visit = locked(visit)
        if opened_version is not None and visit.version != opened_version:
            raise StaleRecordError
        version = visit.version
        visit = assign_visit(visit=visit, assign_to=assign_to, sitter=sitter, by=by)
    if visit.version != version and SiteOptions.load().has_assign_mails:
        tell_assigned(visit=visit, by=by, site=site)
    return visit
