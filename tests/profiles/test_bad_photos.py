"""Photos that are none: refused by name, the form keeps the rest, nothing stays behind."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image

from pawfile.accounts.models import User
from pawfile.profiles.models import Pet, Photo
from tests.profiles.pages import problems, read, sent_by

SignIn = Callable[[User], Browser]


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with hardly any data: what is called a bomb."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000, 9)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(**options: object) -> bytes:
    file = BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def files() -> set[Path]:
    return set(Path(settings.MEDIA_ROOT).rglob("*.*"))


@pytest.fixture
def url(rex: Pet) -> str:
    return f"/pets/{rex.pk}/edit/"


NOT = "not a picture. Use a JPEG, PNG, WebP or HEIC photo."
LARGE = "has more than 40 megapixels. Use a smaller size of the photo."
BROKEN = "cannot be shown: it is broken or of a rare kind. Save it as JPEG and use that."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

#: Kind → file, its name, what is said.
BAD = {
    "empty": (b"", "rex.jpg", "The submitted file is empty."),
    "41 megapixels": (png_of(8200, 5000), "rex.png", f"rex.png {LARGE}"),
    "a bomb": (png_of(60_000, 60_000), "rex.png", f"rex.png {LARGE}"),
    "cut off": (
        jpeg()[:-900], "rex.jpg", "rex.jpg is cut off: its end is missing. Upload it again.",
    ),
    "a PDF": (b"%PDF-1.7\n...", "rex.jpg", f"rex.jpg is a PDF, {NOT}"),
    "an SVG": (SVG, "rex.png", f"rex.png is an SVG drawing, {NOT}"),
    "a page": (b"<!DOCTYPE html><script>", "rex.gif", f"rex.gif is a web page, {NOT}"),
    "a program": (b"MZ" + b"\0" * 100, "rex.jpg", f"rex.jpg is a program, {NOT}"),
    "text": (b"hello", "rex.jpg", f"rex.jpg is a file of an unknown type, {NOT}"),
    "a broken header": (b"\xff\xd8\xff\xe0" + b"\0" * 500, "rex.jpg", f"rex.jpg {BROKEN}"),
    "26 MB": (
        jpeg() + b"\0" * 26_000_000, "rex.jpg",
        "rex.jpg is larger than 25 MB. Use a smaller photo.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_photo_is_refused_by_name(signed_in: SignIn, cleo: User, url: str, kind: str) -> None:
    """Rule 35. What else was typed stays in the form."""
    data, name, message = BAD[kind]
    before = files()
    file = SimpleUploadedFile(name, data, "image/jpeg")
    answer = signed_in(cleo).post(url, {"photo": file, "breed": "Beagle", "name": "Rexie"})
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, [f"Photo: {message}"])
    assert (sent_by(page)["breed"], sent_by(page)["name"]) == (["Beagle"], ["Rexie"])
    pet = Pet.objects.get()
    assert (pet.name, pet.breed, pet.photo, Photo.objects.count()) == ("Rex", "", None, 0)
    assert files() == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<img src=x onerror=alert(1)>.pdf", "&lt;img src=x onerror=alert(1)&gt;.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\evil.jpg", "evil.jpg"),
        ("/abs/olute.jpg", "olute.jpg"),
        ("🐕 \u202egpj.exe", "🐕"),
        ("x" * 500 + ".jpg", "x" * 100),
        (" .jpg", "jpg"),
    ],
)
def test_a_files_name_is_only_a_name(
    cleo: User, url: str, name: str, shown: str, django_capture_on_commit_callbacks: Any
) -> None:
    """In the refusal it is text, in the storage it is not used at all."""
    before = files()
    browser = Browser()
    browser.force_login(cleo)
    answer = browser.post(url, {"photo": SimpleUploadedFile(name, b"%PDF-1.7 no")})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert ("<img src=x" in text, shown in text) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(url, {"photo": SimpleUploadedFile(name, jpeg())})
    assert answer.status_code == 302
    photo = Photo.objects.get()
    assert (photo.state, len(photo.file_name) <= 255) == ("ready", True)
    new = {path.name for path in files() - before}
    assert new == {f"{photo.name}-large.jpg", f"{photo.name}-small.jpg"}


def test_a_mistake_elsewhere_leaves_no_photo_behind(
    signed_in: SignIn, cleo: User, url: str
) -> None:
    before = files()
    file = SimpleUploadedFile("rex.jpg", jpeg())
    answer = signed_in(cleo).post(url, {"photo": file, "name": ""})
    assert answer.status_code == 422
    assert (Photo.objects.count(), files()) == (0, before)


def test_a_photo_that_only_fails_when_decoded_says_so_on_the_pet(
    signed_in: SignIn, cleo: User, url: str, rex: Pet
) -> None:
    """The request looks at the header only; the rest is the worker's, and its word is shown."""
    browser, half = signed_in(cleo), png_of(64, 64)  # whole chunks, but pixels are missing
    answer = browser.post(url, {"photo": SimpleUploadedFile("rex.png", half)})
    assert answer.status_code == 302
    photo = Photo.objects.get()
    assert (photo.state, photo.problem) == ("failed", f"rex.png {BROKEN}")
    page = read(browser.get(f"/pets/{rex.pk}/"))
    assert page.one("p", cls="field-error").text == photo.problem
    assert browser.get(f"/photos/{photo.pk}/small/").status_code == 404


def test_a_text_in_place_of_the_file_is_ignored(signed_in: SignIn, cleo: User, url: str) -> None:
    answer = signed_in(cleo).post(url, {"photo": "rex.jpg", "breed": "Beagle"})
    assert answer.status_code == 302
    assert (Pet.objects.get().photo, Pet.objects.get().breed) == (None, "Beagle")
