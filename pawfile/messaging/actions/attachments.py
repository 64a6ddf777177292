"""Files of messages: kept in the transaction of the message, made ready by the worker."""

from collections.abc import Iterable, Sequence

from django.core.files.base import File
from django.core.files.storage import default_storage

from pawfile.lib.filetypes import kind_of_bytes
from pawfile.messaging.models import Attachment, AttachmentKind, Message
from pawfile.messaging.pictures import prepare_attachment
from pawfile.profiles.models import Client, PhotoState

#: So many bytes tell what a file is.
HEAD = 4096


def keep_files(message: Message, files: Sequence[File[bytes]]) -> None:
    for file in files:
        attachment = Attachment(
            message=message,
            kind=kind_of(file),
            file_name=(file.name or "")[-255:],
            size=file.size,
        )
        if not attachment.is_picture:
            attachment.state = PhotoState.READY
        default_storage.save(attachment.path("original"), file)
        attachment.save()
        if attachment.is_picture:
            prepare_attachment.enqueue(attachment.pk)


def kind_of(file: File[bytes]) -> AttachmentKind:
    """The form let only pictures and PDFs through."""
    file.seek(0)
    kind = kind_of_bytes(file.read(HEAD))
    file.seek(0)
    return AttachmentKind.PDF if kind == "PDF" else AttachmentKind.PICTURE


def paths_of(client: Client) -> Iterable[str]:
    """Where the files of a client's conversations lie."""
    found = Attachment.objects.filter(message__conversation__client=client)
    return [attachment.path(part) for attachment in found for part in attachment.parts]
