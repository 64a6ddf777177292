"""Who writes journals, and what readers see of journals and notes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, keyset_page
from pawfile.lib.prepared import (
    Prepared,
    PreparedRecords,
    Slot,
    in_slots,
    padded,
    prepared_on,
    slots,
)
from pawfile.profiles.models import Client
from pawfile.schedule.models import (
    IN_BOX,
    IN_PROFILE,
    Journal,
    SitterNote,
    Visit,
    VisitStatus,
)
from pawfile.schedule.models.journal import JournalQuerySet

#: What photos of journals say they were uploaded for; no pet can be given one.
JOURNAL_PHOTO = "visit.journal"
MOST_PHOTOS = 12
#: There is something to tell.
TOLD = (VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED)
#: So many notes and journals of the last days a profile lists.
MOST_LATELY = 30


def may_write(visit: Visit, journal: Journal | None, user: User) -> bool:
    """The office, and the visit's sitter; what is written, its writer changes."""
    if visit.status not in TOLD or user.is_client:
        return False
    if user.is_office:
        return True
    if visit.sitter_id != user.pk:
        return False
    return journal is None or journal.written_by_id == user.pk


def refusal(visit: Visit) -> str:
    """Why somebody may not write it."""
    if visit.status not in TOLD:
        now = VisitStatus(visit.status).label
        return _("This visit is %s; a journal is written once the sitter has arrived.") % now
    return _("Only who wrote this journal or the office can change it.")


def journals_for(reader: User) -> JournalQuerySet:
    """Those the reader sees, with all that a line or page says of them."""
    links = ("visit__client", "visit__service", "visit__sitter", "written_by", "changed_by")
    return Journal.objects.visible_to(reader).select_related(*links)


def journals_of(visits: Iterable[Visit], reader: User) -> dict[int, Journal]:
    """Visit → its journal, with ``is_new`` for this reader. One query; none without visits."""
    asked = padded([visit.pk for visit in visits])
    if not asked:
        return {}
    found = prepared_on(Journal.objects.visible_to(reader), _journals, len(asked))
    journals = found.records(in_slots(asked) | {"reader": reader.pk})
    return {journal.visit_id: journal for journal in journals}


def _journals(journals: Any, count: int) -> PreparedRecords:
    marked = journals.for_reader(Slot("reader")).filter(visit__pk__in=slots(count))
    return PreparedRecords(marked.defer("done", "notes"))


def journal_marks(visits: Sequence[int], reader: User) -> dict[int, tuple[int, bool]]:
    """Visit → the id of its journal and whether it is new to this reader. One query."""
    if not visits:
        return {}
    asked = padded(visits)
    found = prepared_on(Journal.objects.visible_to(reader), _journal_marks, len(asked))
    rows = found.rows(in_slots(asked) | {"reader": reader.pk})
    return {visit: (journal, is_new) for visit, journal, is_new in rows}


def _journal_marks(journals: Any, count: int) -> Prepared:
    marked = journals.for_reader(Slot("reader")).filter(visit__pk__in=slots(count))
    return Prepared(marked.order_by().values_list("visit_id", "pk", "is_new"))


def notes_in_boxes(clients: Iterable[int], reader: User) -> dict[int, list[SitterNote]]:
    """Client → what staff wrote about it in the last days (rule 98). One query; none without
    clients."""
    asked = padded(list(clients))
    if not asked:
        return {}
    found: dict[int, list[SitterNote]] = defaultdict(list)
    statement = prepared_on(SitterNote.objects.visible_to(reader), _notes, len(asked))
    for note in statement.records(in_slots(asked) | {"since": timezone.now() - IN_BOX}):
        found[note.client_id].append(note)
    return found


def _notes(notes: Any, count: int) -> PreparedRecords:
    lately = notes.filter(written_at__gte=Slot("since"), client__pk__in=slots(count))
    return PreparedRecords(lately.select_related("written_by"))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list asks for; what makes no sense is as if not given."""

    client: int | None = None
    sitter: int | None = None
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        def number(name: str) -> int | None:
            text = str(query.get(name, ""))
            return int(text) if is_id(text) else None

        return cls(number("client"), number("sitter"), str(query.get("at", ""))[:4000])

    @property
    def is_narrowed(self) -> bool:
        return self.client is not None or self.sitter is not None


def journal_page(filters: Filters, reader: User) -> Page[Journal]:
    """A page of those the reader sees, the newest first. ``is_new`` is said of each."""
    rows = journals_for(reader).for_reader(reader)
    if filters.client is not None:
        rows = rows.filter(visit__client=filters.client)
    if filters.sitter is not None:
        rows = rows.filter(visit__sitter=filters.sitter)
    return keyset_page(rows, column="written_at", descending=True, cursor=filters.cursor)


@dataclass(frozen=True, slots=True)
class Lately:
    """A note, or a journal, of the last days."""

    at: datetime
    note: SitterNote | None = None
    journal: Journal | None = None
    can_remove: bool = False


def lately_of(client: Client, reader: User) -> list[Lately]:
    """Notes and journals of the last 14 days by anybody, the newest first (rule 97).

    Two queries.
    """
    notes = SitterNote.objects.visible_to(reader).lately(IN_PROFILE).filter(client=client)
    since = timezone.now() - IN_PROFILE
    journals = journals_for(reader).filter(visit__client=client, written_at__gte=since)
    found = [
        Lately(
            note.written_at,
            note=note,
            can_remove=reader.is_office or note.written_by_id == reader.pk,
        )
        for note in notes.select_related("written_by")[:MOST_LATELY]
    ]
    found += [Lately(each.written_at, journal=each) for each in journals[:MOST_LATELY]]
    return sorted(found, key=lambda each: each.at, reverse=True)
