"""Who can have a visit, and what speaks against it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User, UserQuerySet
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.models import HELD, AssignTo, TimeOff, Visit, VisitStatus
from pawfile.schedule.times import clock_text


def eligible_sitters(client: Client) -> UserQuerySet:
    """Active sitters whom the client does not block, by name (rule 20)."""
    return User.objects.sitters().exclude(blocking_clients=client)


def holder_for(
    client: Client, assign_to: AssignTo | str, sitter: User | None
) -> tuple[User | None, bool]:
    """The sitter whom this choice means, and whether the visit is for anyone.

    Raises ``ValidationError`` when there is no such sitter, or none whom the client accepts.
    """
    if assign_to == AssignTo.ANYONE:
        return None, True
    if assign_to == AssignTo.NOBODY:
        return None, False
    if assign_to == AssignTo.PRIMARY:
        sitter = client.primary_sitter
        missing, field = _("%s has no primary sitter.") % client, "assign_to"
    elif assign_to == AssignTo.SECONDARY:
        sitter = client.secondary_sitter
        missing, field = _("%s has no secondary sitter.") % client, "assign_to"
    else:
        missing, field = _("Choose a sitter."), "sitter"
    if sitter is None:
        raise ValidationError({field: missing})
    refuse_unless_eligible(sitter, client, field=field)
    return sitter, False


def refuse_unless_eligible(sitter: User, client: Client, *, field: str = "sitter") -> None:
    """Raise ``ValidationError`` for who is no active sitter or blocked by the client (rule 21)."""
    if not eligible_sitters(client).filter(pk=sitter.pk).exists():
        names = {"sitter": sitter, "client": client}
        text = _("%(sitter)s cannot be assigned to %(client)s: blocked, or no active sitter.")
        raise ValidationError({field: text % names})


def first_status(sitter: User | None, options: SiteOptions) -> VisitStatus:
    """Of a visit just given to a sitter: where nobody has to accept, it is Accepted."""
    is_sure = sitter is not None and not options.has_acceptance
    return VisitStatus.ACCEPTED if is_sure else VisitStatus.ASSIGNED


def was_taken(*, pk: int, by: User) -> bool:
    """Whether this visit was offered to the sitter too, and somebody accepted first."""
    taken = Visit.objects.filter(pk=pk, is_offer_taken=True).exclude(sitter=by)
    return by.is_sitter and taken.exclude(client__blocked_sitters=by).exists()


# What warns, and never refuses


def warnings_for(
    sitter: User,
    starts_at: datetime,
    ends_at: datetime,
    but: Visit | None = None,
    minutes: int | None = None,
) -> list[str]:
    """Times off, and visits for which there would be no time (rule 101). Two queries.

    ``minutes`` is how long the visit takes within its block; without it, all of the block. ``but``
    is the visit itself, when it has the sitter already.
    """
    return [*off_warnings(sitter, starts_at, ends_at), *overlaps(
        sitter, starts_at, ends_at, but=but, minutes=minutes
    )]  # fmt: skip


def off_warnings(sitter: User, starts_at: datetime, ends_at: datetime) -> list[str]:
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    found = TimeOff.objects.filter(sitter=sitter, first_on__lte=last, last_on__gte=first)
    return [
        _("%(sitter)s is off from %(first)s to %(last)s.")
        % {
            "sitter": sitter,
            "first": date_format(off.first_on, "j M"),
            "last": date_format(off.last_on, "j M"),
        }
        for off in found
    ]


def overlaps(
    sitter: User, starts_at: datetime, ends_at: datetime, *, but: Visit | None, minutes: int | None
) -> list[str]:
    """Other visits of the sitter that do not fit in before or after this one."""
    others = Visit.objects.filter(
        sitter=sitter, status__in=HELD, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).select_related("client", "service")
    if but is not None:
        others = others.exclude(pk=but.pk)
    length = ends_at - starts_at
    if minutes is not None:
        length = min(length, timedelta(minutes=minutes))
    return [
        _("%(sitter)s visits %(client)s at that time (%(clock)s).")
        % {
            "sitter": sitter,
            "client": other.client,
            "clock": clock_text(other.starts_at, other.ends_at),
        }
        for other in others
        if not fit(starts_at, ends_at, length, other)
    ]


def fit(starts_at: datetime, ends_at: datetime, length: timedelta, other: Visit) -> bool:
    """Whether one can be done after the other, each within its block."""
    own = min(other.ends_at - other.starts_at, timedelta(minutes=other.service.minutes))
    after = max(starts_at, other.starts_at + own) + length <= ends_at
    before = max(other.starts_at, starts_at + length) + own <= other.ends_at
    return after or before
