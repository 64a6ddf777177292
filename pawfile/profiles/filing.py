"""Files on clients and pets: who may do what, adding, changing, replacing, removing them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.lines import is_invisible
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, FileKind, Pet, ProfileFile, Sight, Vaccination
from pawfile.profiles.tasks import prepare_file

#: A home has room for so many files, those of its pets among them.
MOST_FILES = 300
#: So many are purged in one transaction.
MOST_PURGED = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked at: what it is was told from its bytes."""

    file: File[bytes]
    kind: str

    @property
    def name(self) -> str:
        return self.file.name or ""


def may_add(reader: User, company: SiteOptions) -> bool:
    """The office, clients at home, and sitters where they edit profiles."""
    return reader.is_office or reader.is_client or company.has_sitter_editing


def may_change(file: ProfileFile, reader: User, company: SiteOptions) -> bool:
    """The office; clients what came from home; sitters what they added, where they edit."""
    if file.removed_at is not None:
        return False
    if reader.is_client:
        return file.is_from_client
    own = company.has_sitter_editing and file.uploaded_by_id == reader.pk
    return reader.is_office or own


def sights_for(reader: User) -> list[Sight]:
    """Whom this person can let see a file. What clients add, all see that work for them."""
    if reader.is_office:
        return list(Sight)
    return [Sight.EVERYBODY] if reader.is_client else [Sight.STAFF, Sight.EVERYBODY]


def title_of(file_name: str) -> str:
    """A title out of a file's name, until somebody has a better one."""
    stem = PurePath(file_name.replace("\\", "/")).stem
    signs = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in stem)
    title = re.sub(r"[\s_]+", " ", "".join(signs)).strip()[:200]
    return _("File") if not title or is_invisible(title) else title


@transaction.atomic
def add_files(
    *,
    client: Client,
    pet: Pet | None,
    uploads: Sequence[Upload],
    sight: str,
    title: str = "",
    by: User,
) -> list[ProfileFile]:
    """Keep them; ``title`` is that of a single file. Refuses more than there is room for."""
    if not may_add(by, SiteOptions.load()) or by.viewed_by:
        raise PermissionDenied
    room = MOST_FILES - ProfileFile.objects.current().filter(client=client).count()
    if len(uploads) > room:
        words = _("There is room for %(most)d files a client; remove some first.")
        raise ValidationError(words % {"most": MOST_FILES}, code="full")
    return [
        add_file(client=client, pet=pet, upload=upload, sight=sight, title=title, by=by)
        for upload in uploads
    ]


def add_file(
    *, client: Client, pet: Pet | None, upload: Upload, sight: str, title: str, by: User
) -> ProfileFile:
    file = ProfileFile(client=client, pet=pet, sight=sight, is_from_client=by.is_client)
    file.title = title or title_of(upload.name)
    keep(file, upload, by=by)
    note(file, by=by, new=file.title, words=_("Added"))
    return file


def keep(file: ProfileFile, upload: Upload, *, by: User) -> None:
    """Store the bytes as they came and have the worker look at them."""
    file.kind = FileKind(upload.kind)
    file.file_name, file.size = upload.name[:255], upload.file.size
    file.sha256 = sha256_of(upload.file)
    file.uploaded_by = by.actor
    default_storage.save(file.path("original"), upload.file)
    file.save()
    prepare_file.enqueue(file.pk)


def sha256_of(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


class GoneError(Exception):
    """Somebody else removed, replaced or hid the file meanwhile."""


def locked(file: ProfileFile, by: User) -> ProfileFile:
    """The file as it is now, if this person still sees it, locked until the transaction ends."""
    rows = ProfileFile.objects.visible_to(by).current().select_for_update(of=("self",))
    found = rows.filter(pk=file.pk).first()
    if found is None:
        raise GoneError
    return found


@transaction.atomic
def change_file(
    *, file: ProfileFile, title: str, sight: str, upload: Upload | None = None, by: User
) -> ProfileFile:
    """Another title or sight; with an upload a newer file in place of this one, which is kept as
    long as removed ones are. Raises ``GoneError``."""
    file = locked(file, by)
    if not may_change(file, by, SiteOptions.load()) or by.viewed_by:
        raise PermissionDenied
    old = said(file)
    if upload is not None:
        newer = ProfileFile(client=file.client, pet=file.pet, is_from_client=file.is_from_client)
        newer.title, newer.sight = title, sight
        keep(newer, upload, by=by)
        take_away(file, by=by, replaced_by=newer)
        Vaccination.objects.filter(proof=file).update(proof=newer)
        note(newer, by=by, old=old, new=said(newer), words=_("Replaced"))
        return newer
    file.title, file.sight = title, sight
    file.save(update_fields=["title", "sight"])
    if said(file) != old:
        note(file, by=by, old=old, new=said(file))
    return file


@transaction.atomic
def remove_file(*, file: ProfileFile, by: User) -> None:
    """Nobody but administrators sees it from now on; purged after a while. Raises ``GoneError``."""
    file = locked(file, by)
    if not may_change(file, by, SiteOptions.load()) or by.viewed_by:
        raise PermissionDenied
    take_away(file, by=by)
    note(file, by=by, old=file.title, words=_("Removed"))


def take_away(file: ProfileFile, *, by: User, replaced_by: ProfileFile | None = None) -> None:
    file.removed_at, file.removed_by, file.replaced_by = timezone.now(), by.actor, replaced_by
    file.save(update_fields=["removed_at", "removed_by", "replaced_by"])


@transaction.atomic
def restore_file(*, file: ProfileFile, by: User) -> None:
    """Bring a removed or replaced file back; what replaced it stays beside it."""
    rows = ProfileFile.objects.visible_to(by).removed().select_for_update(of=("self",))
    found = rows.filter(pk=file.pk).first()
    if found is None:
        raise GoneError
    found.removed_at = found.removed_by = found.replaced_by = None
    found.save(update_fields=["removed_at", "removed_by", "replaced_by"])
    note(found, by=by, new=found.title, words=_("Brought back"))


@transaction.atomic
def purge_files() -> None:
    """Every hour: forget what was removed long ago, rows at once and bytes when that is sure."""
    rows = ProfileFile.objects.overdue(timezone.now()).order_by("removed_at", "pk")
    files = list(rows.select_for_update()[:MOST_PURGED])
    ProfileFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    forget_bytes(files)


def forget_bytes(files: Iterable[ProfileFile]) -> None:
    for file in files:
        for path in file.paths:
            transaction.on_commit(partial(default_storage.delete, path))


def move_files(pet: Pet) -> None:
    """A pet that moves to another owner takes its files along; what proves a vaccination among
    those of the old home stays there."""
    Vaccination.objects.filter(pet=pet, proof__pet=None).update(proof=None)
    ProfileFile.objects.filter(pet=pet).exclude(client=pet.client_id).update(client=pet.client_id)


def said(file: ProfileFile) -> str:
    """Title and sight, for the activity log."""
    return f"{file.title} ({Sight(file.sight).label})"


def note(file: ProfileFile, *, by: User, old: str = "", new: str = "", words: str = "") -> None:
    about = f"{file.client}: {file.title}" if file.pet is None else f"{file.pet}: {file.title}"
    record_activity(by=by, kind=ActivityKind.FILE, about=about, old=old, new=new, note=words)
