"""Which vaccinations of the pets of a visit do not reach it."""

from collections.abc import Iterable, Sequence
from datetime import date

from pawfile.profiles.models import Pet, Vaccination
from pawfile.profiles.vaccinations import Vaccine, trouble_at
from pawfile.schedule.models import Visit, VisitStatus

#: Nobody goes there any more.
DONE = (VisitStatus.COMPLETED, VisitStatus.CANCELED)


def vaccines_at(
    visit: Visit, pets: Sequence[Pet], rows: Iterable[Vaccination], *, today: date
) -> list[Vaccine]:
    """Nothing of a visit that is over or canceled. ``rows`` may be of other pets too."""
    if visit.status in DONE:
        return []
    return trouble_at(pets, rows, visit_on=visit.visit_on, today=today)
