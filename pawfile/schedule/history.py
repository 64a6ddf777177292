"""Saving a visit, and writing down what was done to it."""

from typing import Any

from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.schedule.models import Visit, VisitEvent


def locked(visit: Visit) -> Visit:
    """The visit as it is stored, nobody else's to change until the transaction ends.

    Raises ``StaleRecordError`` if it was deleted.
    """
    rows = Visit.objects.select_for_update(of=("self",)).select_related("client", "service")
    found = rows.filter(pk=visit.pk).first()
    if found is None:
        raise StaleRecordError
    return found


def save_visit(visit: Visit, text: str, *, by: User | None) -> Visit:
    """Save it and keep what was done, in words."""
    visit.version += 1
    visit.save()
    actor = by and by.actor
    VisitEvent.objects.create(visit=visit, version=visit.version, text=text, done_by=actor)
    return visit


def note_event(visit: Visit, text: str, *, by: User) -> None:
    """Keep what was done about a visit that is itself unchanged."""
    VisitEvent.objects.create(visit=visit, version=visit.version, text=text, done_by=by.actor)


def status_text(old: str, new: str, note: str = "") -> str:
    """ "Assigned → Accepted", of two states as they are said; a note behind it if there is one."""
    text = f"{old} → {new}"
    return f"{text}: {note}" if note else text


def change_text(label: str, old: Any, new: Any) -> str:
    return f"{label}: {old or _('nothing')} → {new or _('nothing')}"
