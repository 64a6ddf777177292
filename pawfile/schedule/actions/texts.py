"""Putting other words into what was written about visits."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client
from pawfile.schedule.models import ChangeRequest, Journal, Series, SitterNote, Visit, VisitEvent

Change = Callable[[str], str]


@transaction.atomic
def rewrite_texts(*, client: Client, change: Change, quoted: Change, said: str, by: User) -> None:
    """Change everything that was written about a client's visits, and what quotes it.

    ``change`` gets each text, ``quoted`` the history of the visits that it changed; ``said`` goes
    into that history. Versions count on: who has one of these texts open is told when saving it.
    """
    lock_client(client)
    visits = Visit.objects.filter(client=client)
    journals = Journal.objects.filter(visit__in=visits)
    wishes = ChangeRequest.objects.filter(visit__in=visits)
    pks = {visit.pk for visit in rewritten(visits, ("note", "cancel_reason"), change)}
    for journal in rewritten(journals, ("notes",), change):
        Journal.objects.filter(pk=journal.pk).update(version=F("version") + 1)
        pks.add(journal.visit_id)
    pks |= {wish.visit_id for wish in rewritten(wishes, ("words", "reply"), change)}
    rewritten(Series.objects.filter(client=client), ("note",), change)
    rewritten(SitterNote.objects.filter(client=client), ("text",), change)
    rewritten(VisitEvent.objects.filter(visit__in=visits), ("text",), change)
    rewritten(VisitEvent.objects.filter(visit__in=pks), ("text",), quoted)
    log = Activity.objects.filter(kind=ActivityKind.VISIT, about__startswith=f"{client}: ")
    rewritten(log, ("note",), change)
    note_rewriting(pks, said, by=by)


def rewritten(rows: Any, columns: tuple[str, ...], change: Change) -> list[Any]:
    """The rows that read otherwise now."""
    changed = []
    for row in rows.exclude(**dict.fromkeys(columns, "")).order_by("pk").select_for_update():
        new = {column: change(getattr(row, column)) for column in columns}
        if any(getattr(row, column) != text for column, text in new.items()):
            rows.model._base_manager.filter(pk=row.pk).update(**new)
            changed.append(row)
    return changed


def note_rewriting(pks: Iterable[int], said: str, *, by: User) -> None:
    visits = Visit.objects.filter(pk__in=pks)
    visits.update(version=F("version") + 1)
    VisitEvent.objects.bulk_create(
        VisitEvent(visit=visit, version=visit.version, text=said, done_by=by.actor)
        for visit in visits
    )
