"""What the home page says of keys."""

from dataclasses import dataclass

from django.utils import timezone

from pawfile.access.models import HandOver, Key
from pawfile.access.notices import noticed
from pawfile.accounts.models import User


@dataclass(frozen=True, slots=True)
class KeyCounts:
    """False when there is nothing to say."""

    notices: int
    overdue: int
    waiting: int

    def __bool__(self) -> bool:
        return bool(self.notices or self.overdue or self.waiting)


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
