"""The files of a client or pet as one reader sees them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import who_text
from pawfile.profiles.filing import may_change
from pawfile.profiles.models import Client, Pet, ProfileFile
from pawfile.profiles.models.files import KEPT, ProfileFileQuerySet


@dataclass(frozen=True, slots=True)
class ShownFile:
    file: ProfileFile
    who: str
    can_change: bool
    #: The day on which a removed one is purged; else empty.
    kept_until: str = ""


@dataclass(frozen=True, slots=True)
class FileList:
    files: list[ShownFile]
    #: For administrators: those that can be brought back.
    removed: list[ShownFile]

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has something left to do, so that a look in a moment is worth it."""
        return any(shown.file.is_waiting for shown in self.files)


def files_for(reader: User) -> ProfileFileQuerySet:
    return ProfileFile.objects.visible_to(reader).select_related("client", "pet", "uploaded_by")


def file_list(client: Client, pet: Pet | None, *, reader: User, company: SiteOptions) -> FileList:
    """Of a client those of the pets too. One query; for administrators two."""
    rows = files_for(reader).filter(client=client)
    if pet is not None:
        rows = rows.filter(pet=pet)
    current = [shown_file(file, reader, company) for file in rows.current()]
    is_all = reader.is_administrator
    removed = [shown_file(file, reader, company) for file in rows.removed()] if is_all else []
    return FileList(current, removed)


def shown_file(file: ProfileFile, reader: User, company: SiteOptions) -> ShownFile:
    until = ""
    if file.removed_at:
        until = date_format(timezone.localtime(file.removed_at + KEPT), "j M Y")
    who = who_text(file.uploaded_by, reader=reader, company=company) if file.uploaded_by else ""
    return ShownFile(file, who, may_change(file, reader, company), until)
