"""What the home page says of keys, codes and entry plans."""

from dataclasses import dataclass

from django.utils import timezone

from pawfile.access.codes import to_change
from pawfile.access.finds import open_finds
from pawfile.access.models import HandOver, Key
from pawfile.access.notices import noticed
from pawfile.access.weak_plans import weak_plan_count
from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions


@dataclass(frozen=True, slots=True)
class KeyCounts:
    """False when there is nothing to say."""

    notices: int
    overdue: int
    waiting: int

    def __bool__(self) -> bool:
        return bool(self.notices or self.overdue or self.waiting)


@dataclass(frozen=True, slots=True)
class AccessCounts:
    """What waits for the office. False when there is nothing to say."""

    weak_plans: int
    finds: int
    homes_with_codes: int

    def __bool__(self) -> bool:
        return bool(self.weak_plans or self.finds or self.homes_with_codes)


def access_counts(reader: User, *, company: SiteOptions) -> AccessCounts:
    """``homes_with_codes``: clients of whom somebody knows codes who no longer needs them."""
    return AccessCounts(
        weak_plans=weak_plan_count(reader, company=company),
        finds=open_finds(reader).once().count(),
        homes_with_codes=to_change(reader).values("client").distinct().count(),
    )


def key_counts(reader: User) -> KeyCounts:
    """Of a sitter the own overdue keys; the keys a sitter needs stand there by name."""
    keys = Key.objects.visible_to(reader).overdue(timezone.localdate())
    if reader.is_sitter:
        keys = keys.held_by(reader)
    return KeyCounts(
        notices=noticed(reader).count() if reader.is_office else 0,
        overdue=keys.count(),
        waiting=HandOver.objects.visible_to(reader).waiting_for(reader).count(),
    )
