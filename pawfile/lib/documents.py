"""Files people upload to keep: PDFs and pictures, told from their bytes, refused by name."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from pawfile.lib.filetypes import described, kind_of_bytes
from pawfile.lib.pictures import FORMATS, PictureError, check_picture

PDF, PICTURE = "pdf", "picture"
MEGABYTE = 1_000_000
_HEAD = 4096
#: Readers find the start of a PDF behind so many bytes of something else.
_LATEST_START = 1024


class DocumentError(ValueError):
    """Why a file is not taken; the text names the file and what would be right."""


def check_document(file: BinaryIO, name: str, *, size: int, megabytes: int) -> str:
    """Whether the file is a PDF or a PICTURE.

    A PDF is not opened here. Pictures are looked at as photos are. ``file`` stands at its start
    again afterwards. Raises DocumentError.
    """
    if not size:
        raise DocumentError(_("%s is empty. Choose the file again.") % name)
    if size > megabytes * MEGABYTE:
        words = _("%(name)s is larger than %(most)d MB. Make it smaller, or divide it.")
        raise DocumentError(words % {"name": name, "most": megabytes})
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    kind = kind_of_bytes(head)
    if kind == "PDF" or (kind == "" and b"%PDF-" in head[:_LATEST_START]):
        return PDF
    if kind not in FORMATS:
        words = _("%(name)s is %(kind)s. Choose a PDF or a picture (JPEG, PNG, WebP, HEIC).")
        raise DocumentError(words % {"name": name, "kind": described(kind)})
    try:
        check_picture(file, name)
    except PictureError as problem:
        raise DocumentError(str(problem)) from None
    return PICTURE
