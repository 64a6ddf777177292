"""``pawfile find-codes``: reads everything stored; says whose text and where, never the code."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from pawfile.access.actions.finds import note_finds
from pawfile.access.models import Find
from pawfile.access.texts import suspects_in
from pawfile.fields.catalogue import catalogue
from pawfile.lib.codes import find_codes
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.schedule.models import Journal, SitterNote, Visit
from pawfile.schedule.models.visit import ChangeRequest

Say = Callable[[str], None]
#: Profiles read at once.
CHUNK = 500


def find_everywhere(*, say: Say) -> int:
    """Go through clients, pets and what is written about visits; how many codes are in texts."""
    profiles = 0
    for model in (Client, Pet):
        for chunk in chunks(model._base_manager.order_by("pk")):
            profiles += note_many(chunk, say=say)
    others = 0
    for line in said_elsewhere():
        say(line)
        others += 1
    say(f"{profiles} in profiles: move them into the vault under Petcare > Codes in text.")
    say(f"{others} in notes of visits and journals: change these where they are written.")
    return profiles + others


def note_many(records: Sequence[Profile], *, say: Say = lambda _line: None) -> int:
    """As ``look_at`` for each, with one query for what is known; how many are open."""
    if not records:
        return 0
    fields, is_pets = catalogue(records[0].subject.key), isinstance(records[0], Pet)
    owned = Q(pet__in=records) if is_pets else Q(client__in=records, pet=None)
    known: dict[int, list[Find]] = {}
    for find in Find.objects.filter(owned):
        owner = find.pet_id if is_pets else find.client_id
        known.setdefault(owner or 0, []).append(find)
    count = 0
    for record in records:
        suspects = list(suspects_in(record, fields))
        stored = known.get(record.pk, [])
        if suspects or stored:
            count += note_finds(record, suspects, stored)
        for label, group in groupby(suspects, key=lambda each: str(each.field.label)):
            say(f"{record}: {label} ({len(list(group))})")
    return count


def chunks(rows: "QuerySet[Any]") -> Iterator[list[Profile]]:
    after = 0
    while chunk := list(rows.filter(pk__gt=after)[:CHUNK]):
        yield chunk
        after = chunk[-1].pk


def said_elsewhere() -> Iterator[str]:
    """Texts about visits: they have no field of a profile, so nothing can be moved by a button."""
    visits = Visit._base_manager.select_related("client").order_by("pk")
    for visit in visits.exclude(note="", cancel_reason="").iterator():
        if find_codes(visit.note) or find_codes(visit.cancel_reason):
            yield f"{visit.client}, visit of {visit.visit_on}: note"
    journals = Journal._base_manager.select_related("visit__client").exclude(notes="")
    for journal in journals.order_by("pk").iterator():
        if find_codes(journal.notes):
            yield f"{journal.visit.client}, visit of {journal.visit.visit_on}: journal"
    for note in SitterNote._base_manager.select_related("client").order_by("pk").iterator():
        if find_codes(note.text):
            yield f"{note.client}: note of a sitter"
    wishes = ChangeRequest._base_manager.select_related("visit__client").order_by("pk")
    for wish in wishes.exclude(words="", reply="").iterator():
        if find_codes(wish.words) or find_codes(wish.reply):
            yield f"{wish.visit.client}, visit of {wish.visit.visit_on}: wish or its answer"
