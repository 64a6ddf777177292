"""Files to upload, and what tests ask of those that were."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pypdf import PdfWriter

from pawfile.accounts.models import User
from pawfile.profiles.filing import Upload, add_files
from pawfile.profiles.models import Client, Pet, ProfileFile, Sight
from tests.profiles.pages import content


def pdf_of_a_page(password: str = "") -> bytes:
    file, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(file)
    return file.getvalue()


PDF = pdf_of_a_page()


def pdf(name: str = "Rabies 2026.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def make_file(
    client: Client, *, by: User, pet: Pet | None = None, sight: str = Sight.STAFF, **more: Any
) -> ProfileFile:
    """A PDF, added as pages add it."""
    upload = Upload(more.pop("file", None) or pdf(), more.pop("kind", "pdf"))
    return add_files(client=client, pet=pet, uploads=[upload], sight=sight, by=by, **more)[0]


def opened(browser: Browser, file: ProfileFile) -> int:
    """The status; the file is read to its end and closed."""
    answer = browser.get(f"/files/{file.pk}/")
    content(answer)
    return answer.status_code


def titles(browser: Browser, url: str) -> list[str]:
    """Of the files on a page, the removed ones among them."""
    lists = browser.get(url).context["list"]
    return [shown.file.title for shown in (*lists.files, *lists.removed)]
