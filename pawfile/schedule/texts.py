"""What people write freely about visits, and what each of these texts is called."""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from pawfile.schedule.models import Journal, Series, SitterNote, Visit
from pawfile.schedule.saved import Worded

LABELS = {
    "note": _("Note to the sitter"),
    "cancel_reason": _("Why it was canceled"),
    "journal": _("Journal"),
    "wish": _("What the client asks for"),
    "reply": _("Answer to the client"),
    "sitter_note": _("Note of a sitter"),
}


def journal_notes(visit: Visit) -> list[str]:
    journal: Journal | None = getattr(visit, "journal", None)
    return [journal.notes] if journal else []


#: Kind of record → its texts by their keys.
TEXTS: dict[type[Worded], dict[str, Callable[[Any], Iterable[str]]]] = {
    Visit: {
        "note": lambda visit: [visit.note],
        "cancel_reason": lambda visit: [visit.cancel_reason],
        "journal": journal_notes,
        "wish": lambda visit: [asked.words for asked in visit.change_requests.all()],
        "reply": lambda visit: [asked.reply for asked in visit.change_requests.all()],
    },
    Series: {"note": lambda series: [series.note]},
    SitterNote: {"sitter_note": lambda note: [note.text]},
}


def texts_of(record: Worded, keys: Container[str] = LABELS) -> Iterator[tuple[str, str]]:
    """Key and text of what is not blank."""
    for key, read in TEXTS[type(record)].items():
        if key in keys:
            yield from ((key, text) for text in read(record) if text)
