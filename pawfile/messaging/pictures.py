"""Work of the worker: pictures of messages in two clean sizes."""

import re
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from pawfile.lib.pictures import PictureError, make_sizes
from pawfile.messaging.models import Attachment
from pawfile.profiles.models import PhotoState


@task
def prepare_attachment(attachment_id: int) -> None:
    """Make the two sizes of a picture and forget the upload. Run again it does nothing.

    What cannot be read is kept as failed, with the reason for those who see the message.
    """
    found = Attachment.objects.filter(pk=attachment_id, state=PhotoState.WAITING).first()
    if found is None:
        return
    with tempfile.TemporaryDirectory(prefix="pawfile-message-") as folder:
        named = re.sub(r"[^\w.-]+", "_", found.file_name).strip("._")[-60:] or "photo"
        source, large, small = (Path(folder) / part for part in (named, "large", "small"))
        try:
            with default_storage.open(found.path("original")) as upload:
                source.write_bytes(upload.read())
            make_sizes(source, large=large, small=small)
        except FileNotFoundError:
            found.state, found.problem = PhotoState.FAILED, _("It got lost. Send it again.")
        except PictureError as problem:
            found.state, found.problem = PhotoState.FAILED, str(problem)[:500]
        else:
            for part, path in (("large", large), ("small", small)):
                default_storage.delete(found.path(part))
                default_storage.save(found.path(part), ContentFile(path.read_bytes()))
            found.state, found.problem = PhotoState.READY, ""
    with transaction.atomic():
        found.save(update_fields=["state", "problem"])
        transaction.on_commit(lambda: default_storage.delete(found.path("original")))
