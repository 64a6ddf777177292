"""The counterpart of hidden fields for the pages of openings."""

from django.test import Client as Browser

from pawfile.fields.registry import Access
from pawfile.profiles.fields import CLIENT, PET
from tests.fields.opened import opened_of
from tests.fields.sentinels import Book, fields, label, set_access
from tests.profiles.pages import content


def test_who_opened_my_codes_names_the_codes_a_client_may_see(book: Book) -> None:
    set_access(Access.SHOW, [])
    browser = Browser()
    browser.force_login(book.readers["client"])
    page = content(browser.get(opened_of(book)))
    for subject in (CLIENT, PET):
        secrets = [key for key, field in fields(subject).items() if field.is_secret]
        assert secrets
        assert [key for key in secrets if label(subject, key) not in page] == []
