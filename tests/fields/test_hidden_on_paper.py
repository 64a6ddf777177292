"""The column gate on paper: what is hidden from a reader is in no PDF either (rules 51, 54)."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from pawfile.access.actions.printing import begin_print
from pawfile.access.models import PrintRun
from pawfile.fields.registry import Access, Kind, Subject
from pawfile.profiles.fields import CLIENT, PET
from tests.fields.records import way_of
from tests.fields.sentinels import Book, fields, hiding_sets, set_access, texts_of
from tests.fields.test_hidden_fields import browser_of, is_told


def squeezed(data: bytes) -> str:
    """The text without blanks: lines break anywhere."""
    pages = PdfReader(BytesIO(data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def papers(book: Book) -> dict[str, str]:
    """Reader → all that is printed for that reader."""
    found = {}
    for role, reader in book.readers.items():
        browser = browser_of(reader)
        text = squeezed(browser.get(f"/clients/{book.client.pk}/print/?as=pdf").content)
        if role != "client":
            begin_print(clients=[book.client.pk], paper="a4", by=reader)
            run = PrintRun.objects.latest("pk")
            answer = browser.get(f"{run.get_absolute_url()}pdf/")
            text += squeezed(b"".join(answer))
        found[role] = text
    return found


@pytest.mark.parametrize("hidden", hiding_sets(), ids=range(11))
def test_what_is_hidden_is_on_no_paper(book: Book, hidden: list[tuple[Subject, str]]) -> None:
    way_of(book)
    set_access(Access.HIDE, hidden)
    found = [
        (role, key, text)
        for role, paper in papers(book).items()
        for subject, key in hidden
        for text in texts_of(subject, fields(subject)[key])
        if "".join(text.split()) in paper
    ]
    assert found == []


def test_what_is_shown_is_on_paper(book: Book) -> None:
    """The counterpart."""
    set_access(Access.SHOW, [])
    for paper in papers(book).values():
        assert "·Dog·" in paper  # the animal has no word of its own
        for subject in (CLIENT, PET):
            for key, field in fields(subject).items():
                if not is_told(field) or key in {"client", "animal", "photo", "primary_phone"}:
                    continue
                text = "".join(texts_of(subject, field)[0].split())
                assert text in paper or field.kind == Kind.PHOTO, key
