"""Pictures and PDFs of messages: made clean, served behind the gate, never run."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from pawfile.accounts.models import User
from pawfile.messaging.models import Attachment, Message
from pawfile.profiles.actions import delete_client
from pawfile.profiles.models import Client
from tests.messaging.talk import begin
from tests.profiles.pages import content, fill_in, problems, read

SignIn = Callable[[User], Browser]
PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF"


def picture(name: str = "rex.jpg") -> SimpleUploadedFile:
    """With a place in its metadata."""
    file, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    Image.new("RGB", (64, 48), "peru").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def pdf(name: str = "proof.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="text/html")


def test_files_are_sent_with_and_without_words(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    url = begin(mona, client=cleos_home).get_absolute_url()
    sent = fill_in(signed_in(cleo), url, body="", attached=[picture(), pdf()])
    assert sent.status_code == 302
    image, paper = Attachment.objects.order_by("pk")
    assert (image.kind, paper.kind, paper.state) == ("picture", "pdf", "ready")
    page = read(signed_in(mona).get(url))
    assert page.one("img", alt="rex.jpg").attrs["src"] == f"/messages/pictures/{image.pk}/small/"
    assert "proof.pdf" in page.one("a", cls="message-file").text
    assert "rex.jpg, proof.pdf" in content(signed_in(mona).get("/messages/"))


def test_a_picture_is_made_anew_without_its_metadata_and_the_upload_is_gone(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    begin(mona, client=cleos_home, attached=[picture()])
    found = Attachment.objects.get()
    found.refresh_from_db()
    assert found.state == "ready"
    answer = signed_in(cleo).get(f"/messages/pictures/{found.pk}/large/")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert (b"SECRET" in data, Image.open(BytesIO(data)).size) == (False, (64, 48))
    assert signed_in(cleo).get(f"/messages/pictures/{found.pk}/original/").status_code == 404


def test_a_pdf_is_saved_and_never_shown_in_the_pages(
    signed_in: SignIn, mona: User, cleo: User, carl: User, cleos_home: Client
) -> None:
    begin(mona, client=cleos_home, attached=[pdf("né\r\nw.html")])
    found = Attachment.objects.get()
    answer = signed_in(cleo).get(f"/messages/files/{found.pk}/")
    assert content(answer) == PDF.decode()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert signed_in(carl).get(f"/messages/files/{found.pk}/").status_code == 404
    assert signed_in(cleo).get(f"/messages/pictures/{found.pk}/large/").status_code == 404


def test_too_many_too_large_empty_and_broken_files_are_refused_by_name(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    browser, url = signed_in(mona), begin(mona, client=cleos_home).get_absolute_url()
    cut = SimpleUploadedFile("cut.jpg", picture().read()[:300])
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7" + b"0" * 25_000_001)
    for files, words in (
        ([pdf(f"{n}.pdf") for n in range(7)], "room for 6 files; these are 7"),
        ([cut], "cut.jpg"),
        ([large], "large.pdf is larger than 25 MB"),
    ):
        refused = fill_in(browser, url, body="Look.", attached=files)
        assert refused.status_code == 422
        assert [words in line for line in problems(read(refused))] == [True], words
    assert Message.objects.count() == 1


def test_files_go_with_the_client(
    mona: User,
    cleos_home: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    begin(mona, client=cleos_home, attached=[picture(), pdf()])
    paths = [each.path(part) for each in Attachment.objects.all() for part in each.parts]
    assert any(default_storage.exists(path) for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        delete_client(cleos_home, by=mona)
    assert [path for path in paths if default_storage.exists(path)] == []
