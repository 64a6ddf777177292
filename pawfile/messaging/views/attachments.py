"""Files of messages, behind the gate of the conversation they are in."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.lib.downloads import sandboxed
from pawfile.messaging.models import Attachment
from pawfile.profiles.models import PhotoState

SIZES = ("large", "small")


@allow(*EVERYBODY)
@require_safe
@sandboxed
@cache_control(private=True, no_store=True)
def attachment_file(request: Request, pk: int) -> HttpResponseBase:
    """A PDF, to be saved: nothing that others uploaded runs in these pages."""
    files = Attachment.objects.visible_to(request.user).filter(kind="pdf")
    found = get_object_or_404(files, pk=pk)
    name = found.file_name if found.file_name.lower().endswith(".pdf") else f"{found.file_name}.pdf"
    return opened(found, "original", "application/pdf", download=name)


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def attachment_picture(request: Request, pk: int, size: str) -> HttpResponseBase:
    """A picture of our own making."""
    files = Attachment.objects.visible_to(request.user).filter(kind="picture")
    found = get_object_or_404(files, pk=pk)
    if size not in SIZES or found.state != PhotoState.READY:
        raise Http404
    return opened(found, size, "image/jpeg")


def opened(found: Attachment, part: str, content_type: str, *, download: str = "") -> FileResponse:
    """``download`` is the name under which the browser saves it instead of showing it."""
    try:
        file = default_storage.open(found.path(part))
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(
        file, content_type=content_type, as_attachment=bool(download), filename=download
    )
