"""Internal notes: written and taken away by the office."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pawfile.accounts.models import User
from pawfile.messaging.models import InternalNote
from pawfile.profiles.models import Client


@transaction.atomic
def add_internal_note(
    *, client: Client, text: str, is_for_sitters: bool = False, by: User
) -> InternalNote:
    if not by.is_office:
        raise PermissionDenied
    return InternalNote.objects.create(
        client=client, text=text.strip(), is_for_sitters=is_for_sitters, written_by=by.actor
    )


@transaction.atomic
def remove_internal_note(*, note: InternalNote, by: User) -> None:
    if not by.is_office:
        raise PermissionDenied
    note.delete()
