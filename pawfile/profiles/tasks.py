"""Work of the worker: pictures in two sizes out of what was uploaded, words of changed fields."""

import re
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from pawfile.lib.pictures import PictureError, make_sizes
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Photo, PhotoState
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
        named = re.sub(r"[^\w.-]+", "_", photo.file_name).strip("._")[-60:] or "photo"
        source, large, small = (Path(folder) / part for part in (named, "large", "small"))
        try:
            with default_storage.open(photo.path("original")) as upload:
                source.write_bytes(upload.read())
            make_sizes(source, large=large, small=small)
        except FileNotFoundError:
            photo.state, photo.problem = PhotoState.FAILED, _("It got lost. Upload it again.")
        except PictureError as problem:
            photo.state, photo.problem = PhotoState.FAILED, str(problem)[:500]
        else:
            for size, path in (("large", large), ("small", small)):
                default_storage.delete(photo.path(size))
                default_storage.save(photo.path(size), ContentFile(path.read_bytes()))
            photo.state, photo.problem = PhotoState.READY, ""
    with transaction.atomic():
        photo.save(update_fields=["state", "problem"])
        transaction.on_commit(lambda: default_storage.delete(photo.path("original")))


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
