"""Work of the worker: pictures in two sizes out of what was uploaded, words of changed fields."""

import re
import shutil
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from pawfile.lib import pdf_check
from pawfile.lib.pictures import PictureError, make_sizes
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Photo, PhotoState, ProfileFile
from pawfile.profiles.words import drop_words, index_client


@task
def prepare_photo(photo_id: int) -> None:
    """Make the two sizes of an upload and forget the upload. Run again it does nothing.

    What cannot be read is kept as failed, with the reason for the person who uploaded it.
    """
    photo = Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING).first()
    if photo is None:
        return
    with tempfile.TemporaryDirectory(prefix="pawfile-photo-") as folder:
        source = Path(folder) / readable(photo.file_name)
        try:
            fetch_original(photo, source)
            photo.problem = keep_sizes(photo, source)
            photo.state = PhotoState.READY
        except FileNotFoundError:
            photo.state, photo.problem = PhotoState.FAILED, _("It got lost. Upload it again.")
        except PictureError as problem:
            photo.state, photo.problem = PhotoState.FAILED, str(problem)[:500]
    with transaction.atomic():
        photo.save(update_fields=["state", "problem"])
        transaction.on_commit(lambda: default_storage.delete(photo.path("original")))


@task
def prepare_file(file_id: int) -> None:
    """Make two clean sizes of a picture, or see whether a PDF opens. Run again it does nothing.

    A PDF stays as it came, also one that is locked or broken: then it says so.
    """
    file = ProfileFile.objects.filter(pk=file_id, state=PhotoState.WAITING).first()
    if file is None:
        return
    with tempfile.TemporaryDirectory(prefix="pawfile-file-") as folder:
        source = Path(folder) / readable(file.file_name)
        try:
            fetch_original(file, source)
            file.problem = pdf_problem(source) if file.is_pdf else keep_sizes(file, source)
            file.state = PhotoState.READY
        except FileNotFoundError:
            file.state, file.problem = PhotoState.FAILED, _("It got lost. Upload it again.")
        except PictureError as problem:
            file.state, file.problem = PhotoState.FAILED, str(problem)[:500]
    with transaction.atomic():
        file.save(update_fields=["state", "problem"])
        if not file.is_pdf:
            transaction.on_commit(lambda: default_storage.delete(file.path("original")))


def fetch_original(kept: Photo | ProfileFile, target: Path) -> None:
    with default_storage.open(kept.path("original")) as upload, target.open("wb") as copy:
        shutil.copyfileobj(upload, copy)


def pdf_problem(source: Path) -> str:
    """What to know before opening a PDF; "" if it opens for everybody."""
    state = pdf_check.look_into(source)
    if state == pdf_check.LOCKED:
        return _("It opens only with its password.")
    return _("It may be damaged: it does not open as it should.") * (state == pdf_check.BROKEN)


def keep_sizes(kept: Photo | ProfileFile, source: Path) -> str:
    """Store the two sizes of a picture; nothing is wrong with it."""
    large, small = source.with_name("large"), source.with_name("small")
    make_sizes(source, large=large, small=small)
    for size, path in (("large", large), ("small", small)):
        default_storage.delete(kept.path(size))
        default_storage.save(kept.path(size), ContentFile(path.read_bytes()))
    return ""


def readable(file_name: str) -> str:
    """The name of an upload as that of a file in a folder: messages about it name it."""
    return re.sub(r"[^\w.-]+", "_", file_name).strip("._")[-60:] or "file"


def reindex_later(subject: str, key: str) -> None:
    reindex_field.enqueue(subject, key)


@task
def reindex_field(subject: str, key: str) -> None:
    """Let clients be found by one of the company's own fields, or no longer. May run again."""
    drop_words(subject, key)
    options = SiteOptions.load()
    answered = {"custom__has_key": key} if subject == "client" else {"pets__custom__has_key": key}
    found = Client.objects.filter(**answered).order_by("pk").distinct()
    for client in found.only("pk").iterator(chunk_size=500):
        with transaction.atomic():
            index_client(client, options)
