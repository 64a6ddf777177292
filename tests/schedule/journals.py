"""Journals for tests: visits that are done, and pictures as phones send them."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.actions.journals import add_note, save_journal
from pawfile.schedule.models import Journal, SitterNote, Visit, VisitStatus
from tests.factories import make_visit

DONE = VisitStatus.COMPLETED


def snap(name: str = "park.jpg") -> SimpleUploadedFile:
    picture = BytesIO()
    Image.new("RGB", (64, 48), "peru").save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), "image/jpeg")


def done_visit(client: Client, sitter: User, **fields: Any) -> Visit:
    return make_visit(client, sitter=sitter, status=DONE, **fields)


def make_journal(client: Client, sitter: User, at: datetime | None = None, **how: Any) -> Journal:
    """A journal of a visit of its own, written now or ``at``."""
    visit = how.pop("visit", None) or done_visit(client, sitter)
    values: dict[str, Any] = {"done": ["fed"], "notes": "All well.", "by": sitter} | how
    journal = save_journal(visit=visit, **values)
    if at is not None:
        Journal.objects.filter(pk=journal.pk).update(written_at=at, changed_at=at)
    return journal


def make_note(client: Client, by: User, text: str, at: datetime) -> SitterNote:
    note = add_note(client=client, text=text, by=by)
    SitterNote.objects.filter(pk=note.pk).update(written_at=at)
    return note
