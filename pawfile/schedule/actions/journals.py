"""Journals and sitter notes: writing, changing, sending, reading them."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.profiles.actions import add_photo, delete_photos
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client, Photo
from pawfile.schedule.history import locked, note_event
from pawfile.schedule.journals import JOURNAL_PHOTO, MOST_PHOTOS, may_write, refusal
from pawfile.schedule.letters import tell_of_journal
from pawfile.schedule.models import Journal, JournalReading, SitterNote, Visit
from pawfile.schedule.saved import tell_written


@transaction.atomic
def save_journal(
    *,
    visit: Visit,
    done: list[str],
    notes: str = "",
    photos: Sequence[File[bytes]] = (),
    removed: Iterable[Photo] = (),
    opened_version: int = 0,
    is_sent: bool = False,
    by: User,
    site: str = "",
) -> Journal:
    """Write the journal of a visit, or change it; ``is_sent`` queues a mail with the link too.

    ``opened_version`` is that of the journal the person saw, 0 if there was none. Raises
    ``StaleRecordError`` if somebody saved it since, or the visit is gone.
    """
    lock_client(visit.client)  # photos hold the client halfway; see there
    visit = locked(visit)
    journal = Journal.objects.filter(visit=visit).first()
    if not may_write(visit, journal, by):
        raise ValidationError(refusal(visit), code="status")
    if opened_version != (journal.version if journal else 0):
        raise StaleRecordError
    now, is_first = timezone.now(), journal is None
    if journal is None:
        journal = Journal(visit=visit, version=0, written_at=now, written_by=by.actor)
    journal.done, journal.notes = done, notes.strip()
    journal.version += 1
    journal.changed_at, journal.changed_by = now, by.actor
    journal.save()
    visit.journal = journal
    tell_written(visit, "journal")
    change_photos(journal, photos, removed, by=by)
    if is_sent and tell_of_journal(journal=journal, by=by, site=site):
        journal.mailed_at = now
        journal.save(update_fields=["mailed_at"])
    note_event(visit, event_text(is_first=is_first, is_mailed=journal.mailed_at == now), by=by)
    return journal


def change_photos(
    journal: Journal, added: Sequence[File[bytes]], removed: Iterable[Photo], *, by: User
) -> None:
    """Take some away, add some. Refuses too many, and a journal that would say nothing."""
    delete_photos(journal.photos.filter(pk__in=[photo.pk for photo in removed]))
    count = journal.photos.count() + len(added)
    if count > MOST_PHOTOS:
        many = _("A journal has room for %(most)s photos; these would be %(count)s.")
        raise ValidationError({"photos": many % {"most": MOST_PHOTOS, "count": count}})
    if not (journal.done or journal.notes or count):
        raise ValidationError(
            {"done": _("Tick what was done, write a few words or add a photo.")}, code="empty"
        )
    client = journal.visit.client
    for file in added:
        journal.photos.add(add_photo(client=client, file=file, by=by, field=JOURNAL_PHOTO))


def event_text(*, is_first: bool, is_mailed: bool) -> str:
    if is_mailed:
        return _("Journal written and sent") if is_first else _("Journal changed and sent")
    return _("Journal written") if is_first else _("Journal changed")


def read_journal(*, journal: Journal, by: User) -> None:
    """Remember that this login has opened it; who views as a client has not (rule 96)."""
    if by.viewed_by is None:
        JournalReading.objects.update_or_create(
            journal=journal, reader_id=by.pk, defaults={"read_at": timezone.now()}
        )


@transaction.atomic
def add_note(*, client: Client, text: str, by: User) -> SitterNote:
    note = SitterNote.objects.create(client=client, text=text.strip(), written_by=by.actor)
    tell_written(note, "sitter_note")
    return note


@transaction.atomic
def remove_note(*, note: SitterNote, by: User) -> None:
    """Who wrote it takes it back, or the office."""
    if not (by.is_office or note.written_by_id == by.pk):
        raise PermissionDenied
    note.delete()
