"""What comes next, for the first page of sitters and clients."""

from pawfile.accounts.models import User
from pawfile.schedule.models import Visit, VisitStatus
from pawfile.schedule.models.visit import PENDING

#: So many are told.
TOLD = 3


def next_visits(reader: User) -> list[Visit]:
    """Those somebody is to come to, or is at: of a sitter the own ones. One query."""
    sure = (*PENDING, VisitStatus.DECLINED, VisitStatus.IN_PROGRESS)
    visits = Visit.objects.visible_to(reader).upcoming().filter(status__in=sure)
    if reader.is_sitter:
        visits = visits.filter(sitter=reader)
    return list(visits.select_related("client", "service")[:TOLD])
