"""Files that are none, too large, too many, hostile or broken: clear answers, nothing half kept."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.lib import pdf_check
from pawfile.options.models import SiteOptions
from pawfile.profiles import filing
from pawfile.profiles.models import Client, ProfileFile
from pawfile.profiles.tasks import prepare_file
from tests.profiles.documents import PDF, make_file, pdf, pdf_of_a_page
from tests.profiles.test_bad_photos import SVG, files, jpeg, png_of

SignIn = Callable[[User], Browser]
CHOOSE = "Choose a PDF or a picture (JPEG, PNG, WebP, HEIC)."

#: Kind → the bytes, the name, what is said.
BAD = {
    "empty": (b"", "a.pdf", "a.pdf is empty. Choose the file again."),
    "a page": (b"<!DOCTYPE html><script>", "a.pdf", f"a.pdf is a web page. {CHOOSE}"),
    "a page with a PDF behind": (
        b"<html><script>alert(1)</script>" + PDF, "a.pdf", f"a.pdf is a web page. {CHOOSE}",
    ),
    "an SVG": (SVG, "a.png", f"a.png is an SVG drawing. {CHOOSE}"),
    "a program": (b"MZ" + b"\0" * 100, "a.pdf", f"a.pdf is a program. {CHOOSE}"),
    "a workbook": (b"PK\x03\x04" + b"xl/" * 9, "a.xlsx", f"a.xlsx is an Excel workbook. {CHOOSE}"),
    "text": (b"hello", "a.pdf", f"a.pdf is a file of an unknown type. {CHOOSE}"),
    "a cut picture": (jpeg()[:-900], "a.jpg", "a.jpg is cut off: its end is missing."),
    "a bomb": (png_of(60_000, 60_000), "a.png", "a.png has more than 40 megapixels."),
    "2 MB": (PDF + b"%" * 2_000_000, "a.pdf", "a.pdf is larger than 1 MB."),
}  # fmt: skip


@pytest.fixture
def url(cleos_home: Client) -> str:
    return f"/clients/{cleos_home.pk}/files/"


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("as_part", [False, True], ids=["page", "part"])
def test_a_bad_file_is_refused_by_name(
    signed_in: SignIn, ada: User, url: str, kind: str, as_part: bool
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(file_megabytes=1)
    data, name, said = BAD[kind]
    before = files()
    answer = signed_in(ada).post(
        url,
        {"new_files": [pdf(), SimpleUploadedFile(name, data)], "sight": "office"},
        headers={"HX-Request": "true"} if as_part else {},
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"]["sight"].value() == "office"
    assert ProfileFile.objects.count() == 0
    assert files() == before


def test_no_file_and_no_word_about_who_may_see_it_are_named(
    signed_in: SignIn, ada: User, url: str
) -> None:
    page = signed_in(ada).post(url, {}).content.decode()
    assert "Choose a PDF or a picture." in page
    assert "Say who may see it." in page


def test_more_than_twenty_at_once_are_refused(signed_in: SignIn, ada: User, url: str) -> None:
    many = [pdf(f"{number}.pdf") for number in range(21)]
    answer = signed_in(ada).post(url, {"new_files": many, "sight": "staff"})
    assert answer.status_code == 422
    assert "Choose at most 20 files at once; these are 21." in answer.content.decode()


def test_a_home_that_is_full_says_so(
    signed_in: SignIn, ada: User, cleos_home: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "MOST_FILES", 1)
    make_file(cleos_home, by=ada)
    answer = signed_in(ada).post(url, {"new_files": [pdf()], "sight": "staff"})
    assert answer.status_code == 422
    assert "There is room for 1 files a client; remove some first." in answer.content.decode()
    assert ProfileFile.objects.count() == 1


def test_a_bad_title_keeps_what_was_typed(signed_in: SignIn, ada: User, cleos_home: Client) -> None:
    file, browser = make_file(cleos_home, by=ada), signed_in(ada)
    for title, said in (("", "Say a name."), ("a" * 201, "at most 200 characters")):
        answer = browser.post(f"/files/{file.pk}/edit/", {"title": title, "sight": "office"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert answer.context["form"]["title"].value() == title
    file.refresh_from_db()
    assert (file.title, file.sight) == ("Rabies 2026", "staff")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("C:\\My files\\Rex_2026.pdf", "Rex 2026"),
        ("../../etc/passwd", "passwd"),
        ("\u202efdp.exe", "fdp"),
        (".pdf", "pdf"),
        ("\u200b.pdf", "File"),
        ("x" * 300 + ".pdf", "x" * 200),
    ],
)
def test_a_title_is_made_of_any_name(name: str, title: str) -> None:
    assert filing.title_of(name) in (title, title if title != "pdf" else ".pdf")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PDF, ""),
        (pdf_of_a_page("tail"), "It opens only with its password."),
        (b"%PDF-1.7\nnothing of it", "It may be damaged: it does not open as it should."),
        (PDF[:150], "It may be damaged: it does not open as it should."),
    ],
    ids=["whole", "locked", "empty", "cut off"],
)
def test_a_pdf_that_does_not_open_is_kept_and_says_so(
    signed_in: SignIn, ada: User, cleos_home: Client, data: bytes, said: str
) -> None:
    file = make_file(cleos_home, by=ada, file=pdf(data=data))
    file.refresh_from_db()
    assert (file.state, file.problem) == ("ready", said)
    answer = signed_in(ada).get(f"/files/{file.pk}/")
    assert b"".join(answer) == data


def test_a_look_that_takes_for_ever_ends(
    ada: User, cleos_home: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_check, "SECONDS", 0.01)
    file = make_file(cleos_home, by=ada)
    file.refresh_from_db()
    assert file.problem == "It may be damaged: it does not open as it should."


def test_a_file_that_got_lost_says_so(ada: User, cleos_home: Client) -> None:
    file = make_file(cleos_home, by=ada)
    ProfileFile.objects.update(state="waiting")
    for path in files():
        path.unlink()
    prepare_file.func(file.pk)
    file.refresh_from_db()
    assert (file.state, file.problem) == ("failed", "It got lost. Upload it again.")
