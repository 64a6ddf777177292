"""Whom a visit can be given to, as the office chooses."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.schedule.assigning import eligible_sitters
from pawfile.schedule.models import HELD, TimeOff, Visit
from pawfile.schedule.times import clock_text


@dataclass(frozen=True, slots=True)
class Choice:
    pk: int
    name: str
    note: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name


def assign_choices(visit: Visit, *, reader: User) -> dict[str, Any]:
    """The sitters whom the client accepts, each with what speaks against him or her; primary and
    secondary if there are such and the reader may know. Three queries."""
    off = set(
        TimeOff.objects.filter(
            first_on__lte=visit.visit_on, last_on__gte=visit.visit_on
        ).values_list("sitter", flat=True)
    )
    at_once = Visit.objects.filter(
        visit_on=visit.visit_on,
        starts_at__lt=visit.ends_at,
        ends_at__gt=visit.starts_at,
        status__in=HELD,
        sitter__isnull=False,
    ).exclude(pk=visit.pk)
    busy = set(at_once.values_list("sitter", flat=True))
    sitters = [
        Choice(
            sitter.pk,
            str(sitter),
            _("time off") if sitter.pk in off else _("has another visit") * (sitter.pk in busy),
        )
        for sitter in eligible_sitters(visit.client)
    ]
    policy, accepted = policy_for(reader, "client"), {choice.pk: choice for choice in sitters}
    first = visit.client.primary_sitter_id if "primary_sitter" in policy else None
    second = visit.client.secondary_sitter_id if "secondary_sitter" in policy else None
    return {
        "sitters": [(choice.pk, choice.label) for choice in sitters],
        "primary": accepted.get(first or 0),
        "secondary": accepted.get(second or 0),
        "clock": clock_text(visit.starts_at, visit.ends_at),
        "status": visit.word,
    }
