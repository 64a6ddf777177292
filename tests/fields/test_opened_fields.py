"""The counterpart of hidden fields for the pages of openings."""

from django.http import HttpResponseBase
from django.test import Client as Browser

from pawfile.fields.registry import Access
from pawfile.profiles.fields import CLIENT, PET
from tests.fields.opened import codes_of, opened_of
from tests.fields.sentinels import Book, fields, label, set_access
from tests.profiles.pages import content


def test_the_pages_name_the_codes_that_their_readers_may_see(book: Book) -> None:
    set_access(Access.SHOW, [])
    pages = [content(page_of(book, "client", opened_of(book)))]
    pages.append(content(page_of(book, "manager", codes_of(book)[0])))
    for subject in (CLIENT, PET):
        secrets = [key for key, field in fields(subject).items() if field.is_secret]
        assert secrets
        missing = [key for key in secrets for page in pages if label(subject, key) not in page]
        assert missing == []


def page_of(book: Book, role: str, url: str) -> HttpResponseBase:
    browser = Browser()
    browser.force_login(book.readers[role])
    return browser.get(url)
