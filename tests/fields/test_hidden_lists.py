"""The column gate of files: what is hidden from a reader is in no list that is exported."""

import pytest
from django.test import Client as Browser

from pawfile.exports.lists import LISTS, NOT_LISTED
from pawfile.fields.registry import Access, Kind, Subject
from pawfile.options.models import SiteOptions
from pawfile.profiles.fields import CLIENT, PET
from tests.fields.records import key_of, visit_of
from tests.fields.sentinels import Book, fields, hiding_sets, label, set_access, texts_of


def exported(book: Book) -> str:
    """All lists as a manager gets them, in one text."""
    SiteOptions.objects.update(has_manager_export=True)
    on = visit_of(book).visit_on
    key_of(book)
    browser = Browser()
    browser.force_login(book.readers["manager"])
    found = []
    for name in LISTS:
        answer = browser.post(f"/export/{name}/?on={on}&status=all", {"format": "csv"})
        assert answer.status_code == 200
        found.append(b"".join(answer).decode())
    return "\n".join(found)


@pytest.mark.parametrize("hidden", hiding_sets(), ids=range(11))
def test_what_is_hidden_is_in_no_list(book: Book, hidden: list[tuple[Subject, str]]) -> None:
    set_access(Access.HIDE, hidden)
    text = exported(book)
    found = []
    for subject, key in hidden:
        field = fields(subject)[key]
        wanted = [label(subject, key)]
        if field.kind not in (
            Kind.VET,
            Kind.TERRITORY,
            Kind.YES_NO,
        ):  # vets have a list of their own
            wanted += texts_of(subject, field)
        found += [(key, each) for each in wanted if each in text]
    assert found == []


def test_what_is_shown_is_there_but_secrets_never(book: Book) -> None:
    set_access(Access.SHOW, [])
    text = exported(book)
    for subject in (CLIENT, PET):
        for key, field in fields(subject).items():
            assert (label(subject, key) in text) == (field.kind not in NOT_LISTED), key
            if field.kind == Kind.SECRET:
                assert not any(each in text for each in texts_of(subject, field)), key
