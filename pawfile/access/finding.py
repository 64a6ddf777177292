"""``pawfile find-codes``: reads everything stored; says whose text and where, never the code."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from pawfile.access.actions.finds import news, note_finds
from pawfile.access.models import Find, FindState
from pawfile.access.models.find import IN_CLIENT, owner_column
from pawfile.access.texts import Suspect, suspects_in
from pawfile.fields.catalogue import catalogue
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.schedule.models import Series, SitterNote, Visit
from pawfile.schedule.saved import Worded

Say = Callable[[str], None]
#: Records read at once.
CHUNK = 500


def find_everywhere(*, say: Say) -> int:
    """Go through clients, pets and what is written about visits; how many codes are in texts."""
    count = 0
    for model in (Client, Pet):
        for chunk in chunks(model._base_manager.all()):
            count += note_many(chunk, say=say)
    visits = Visit._base_manager.select_related("client", "service", "series", "journal")
    for rows in (
        Series._base_manager.select_related("client", "service"),
        visits.prefetch_related("change_requests"),
        SitterNote._base_manager.select_related("client"),
    ):
        for chunk in chunks(rows):
            count += note_many_words(chunk, say=say)
    say(f"{count} in texts: move them into the vault under Petcare > Codes in text.")
    return count


def note_many(records: Sequence[Profile], *, say: Say = lambda _line: None) -> int:
    """As ``look_at`` for each, with one query for what is known; how many are open."""
    if not records:
        return 0
    fields, count = catalogue(records[0].subject.key), 0
    known = known_of(records)
    for record in records:
        suspects, stored = list(suspects_in(record, fields)), known.get(record.pk, [])
        if suspects or stored:
            count += note_finds(record, suspects, stored)
        say_where(str(record), suspects, say)
    return count


def note_many_words(records: Sequence[Worded], *, say: Say) -> int:
    """As ``look_at_words`` for each text of each."""
    known, count = known_of(records), 0
    clients = {record.client_id for record in records}
    dismissed = Find.objects.in_visits().filter(client__in=clients, state=FindState.DISMISSED)
    settled: dict[int, set[str]] = {}
    for client, digest in dismissed.values_list("client", "digest"):
        settled.setdefault(client, set()).add(digest)
    for record in records:
        suspects, stored = list(suspects_in(record)), known.get(record.pk, [])
        if suspects:
            suspects = news(record, suspects, settled=settled.get(record.client_id, ()))
        if suspects or stored:
            count += note_finds(record, suspects, stored)
        name = record.client if isinstance(record, SitterNote) else record
        say_where(str(name), suspects, say)
    return count


def say_where(name: str, suspects: Iterable[Suspect], say: Say) -> None:
    for label, group in groupby(suspects, key=lambda each: str(each.label)):
        say(f"{name}: {label} ({len(list(group))})")


def known_of(records: Sequence[Any]) -> dict[int, list[Find]]:
    """The finds of records of one kind, by the number of the record."""
    known: dict[int, list[Find]] = {}
    is_clients = isinstance(records[0], Client)
    column = "client" if is_clients else owner_column(records[0])
    owned = Q(**{f"{column}__in": records}) & (IN_CLIENT if is_clients else Q())
    for find in Find.objects.filter(owned):
        known.setdefault(getattr(find, f"{column}_id"), []).append(find)
    return known


def chunks(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    after = 0
    while chunk := list(rows.order_by("pk").filter(pk__gt=after)[:CHUNK]):
        yield chunk
        after = chunk[-1].pk
