"""The column gate of the history: pages of all changes, of an earlier day, and of putting back."""

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.registry import Access, Field, Kind, Subject
from pawfile.profiles.fields import CLIENT, PET
from tests.fields import sentinels
from tests.fields.records import as_of, timelines_of
from tests.fields.sentinels import READERS, Book, fields, hideable, label, set_access, texts_of
from tests.profiles.pages import content

SUBJECTS = pytest.mark.parametrize("subject", [CLIENT, PET], ids=["client", "pet"])
#: In the head of the page, or without words of their own.
ELSEWHERE = {"client", "photo", "animal", "active", "name", "status", "secondary_sitter"}
WITHOUT_WORDS = (Kind.YES_NO, Kind.SECRET, Kind.PHOTO)


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def is_told(field: Field) -> bool:
    return field.key not in ELSEWHERE and field.kind not in WITHOUT_WORDS


@SUBJECTS
@pytest.mark.parametrize("role", READERS)
def test_a_hidden_field_cannot_be_put_back(book: Book, role: str, subject: Subject) -> None:
    """Nor looked at on the way; one that is read only is closed, and says nothing either."""
    browser, record = browser_of(book.readers[role]), book.record(subject)
    urls = {
        change.key: f"/{subject.key}s/{record.pk}/restore/{change.pk}/"
        for change in record.changes.exclude(key__in=sentinels.ALWAYS)
    }
    assert set(urls) >= set(hideable(subject)) - {"active"}
    for access, status in ((Access.HIDE, 404), (Access.READ, 403)):
        set_access(access, [(subject, key) for key in urls])
        assert {browser.get(url).status_code for url in urls.values()} == {status}


def test_the_timeline_and_an_earlier_day_show_what_the_client_may_see(book: Book) -> None:
    """The counterpart: values of now and then of every field, except of codes and photos."""
    set_access(Access.SHOW, [])
    browser = browser_of(book.readers["client"])
    told = "".join(content(browser.get(url)) for url in timelines_of(book))
    earlier = content(browser.get(as_of(book)[0]))
    for subject in (CLIENT, PET):
        for key, field in fields(subject).items():
            if not is_told(field):
                continue
            now, *_rest = old = texts_of(subject, field)
            if key != "primary_sitter":
                assert [text for text in old[:2] if text not in told] == [], key
            if field.shown_when is not None:
                continue  # there was no alarm then
            assert key == "primary_sitter" or old[1] in earlier, key
            assert now not in earlier or key in sentinels.ALWAYS, key
            assert label(subject, key) in earlier, key
