"""The column gate: what is hidden from a reader is on no page, in no form, mark or history."""

from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.registry import Access, Field, Kind, Subject
from pawfile.options.models import SiteOptions
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.forms import ClientForm, PetForm
from pawfile.profiles.models import Client, Pet
from tests.access.addresses import ADDRESSES
from tests.fields import sentinels
from tests.fields.hidden_pages import AS_FILES, AS_OTHERS, BY_FIELD, ON_PAPER, PAGES, WITHOUT
from tests.fields.records import (
    on_schedule,
    review_of,
    visit_of,
)
from tests.fields.sentinels import (
    READERS,
    Book,
    fields,
    hideable,
    hiding_sets,
    label,
    set_access,
    texts_of,
)
from tests.profiles.pages import content, read, shown_clients, shown_pets

SUBJECTS = pytest.mark.parametrize("subject", [CLIENT, PET], ids=["client", "pet"])


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def is_offered_anyway(field: Field, url: str, shown: set[tuple[Subject, str]]) -> bool:
    """Vets and territories are lists of their own: a form offers all of them for a field of that
    kind that is shown, and the client table and the schedule filter by territory."""
    if field.kind not in (Kind.VET, Kind.TERRITORY):
        return False
    if url.startswith(("/clients/?", "/schedule/?")):
        return field.kind == Kind.TERRITORY and (CLIENT, "territory") in shown
    is_start = url.startswith("/start/")
    is_form = is_start or url.endswith(("/edit/", "/new/")) or "/new/?" in url
    is_about_clients = url.startswith("/clients/") or (is_start and "/pets/" not in url)
    on_form = CLIENT if is_about_clients else PET
    others = [each for each in fields(on_form).values() if each.kind == field.kind]
    return is_form and any((on_form, each.key) in shown for each in others)


def traces(
    book: Book, what: tuple[Subject, str], page: str, url: str, shown: set[tuple[Subject, str]]
) -> list[str]:
    """What of a field is on a page: its label, its value now and before, its change mark, its
    photo, its place on a form and among the columns."""
    subject, key = what
    home, field = f"/{subject.key}s/{book.record(subject).pk}", fields(subject)[key]
    wanted = [label(subject, key), f"{home}/changes/{key}/", f"{home}/photos/{key}/"]
    if field.is_custom:
        wanted.append(key)
    if not is_offered_anyway(field, url, shown):
        wanted += texts_of(subject, field)
    if key == "photo":
        wanted += [f"/photos/{book.pet.photo_id}/", "photo_choice"]
    if key == "status":
        wanted += ["pill-active", "Prospect"]
    return [text for text in wanted if text in page]


def test_every_page_is_looked_at() -> None:
    """A new address is added to PAGES, or to those that show nothing of clients and pets."""
    ours = {name for name in ADDRESSES if not name.startswith(("account_", "mfa_"))}
    assert ours == set(PAGES) | BY_FIELD | AS_OTHERS | AS_FILES | ON_PAPER | WITHOUT


@pytest.mark.parametrize("hidden", hiding_sets(), ids=range(11))
def test_what_is_hidden_is_on_no_page(book: Book, hidden: list[tuple[Subject, str]]) -> None:
    """Rule 51. Each field is hidden beside every other that is shown (see ``hiding_sets``)."""
    set_access(Access.HIDE, hidden)
    shown = {(each, key) for each in (CLIENT, PET) for key in hideable(each)} - set(hidden)
    found, opened = [], 0
    for role, reader in book.readers.items():
        browser = browser_of(reader)
        for urls in PAGES.values():
            for url in urls(book):
                answer = browser.get(url)
                opened += answer.status_code == 200
                page = content(answer)
                for subject, key in hidden:
                    left = traces(book, (subject, key), page, url, shown)
                    found += [(role, url, key, text) for text in left]
    assert found == []
    assert opened > 25


@pytest.mark.parametrize("role", READERS)
def test_what_is_shown_is_there(book: Book, role: str) -> None:
    """The counterpart: the same words are found as soon as nothing is hidden."""
    set_access(Access.SHOW, [])
    browser = browser_of(book.readers[role])
    detail = content(browser.get(f"/clients/{book.client.pk}/"))
    pet_detail = content(browser.get(f"/pets/{book.pet.pk}/"))
    head = {"client", "photo", "animal", "active"}  # in the head of the page, without a label
    for subject, page in ((CLIENT, detail), (PET, pet_detail)):
        for key, field in fields(subject).items():
            wanted = [] if key in head else [label(subject, key)]
            if key not in head | {"status"}:
                wanted.append(f"/{subject.key}s/{book.record(subject).pk}/changes/{key}/")
            if is_told(field) and key not in head:
                wanted.append(texts_of(subject, field)[0])
            assert [text for text in wanted if text not in page] == [], key
    assert f"/photos/{book.pet.photo_id}/large/" in pet_detail


@SUBJECTS
@pytest.mark.parametrize("role", READERS)
def test_a_hidden_field_has_no_history(book: Book, role: str, subject: Subject) -> None:
    """Rule 51: its pop-up is not found by direct address either; shown, it is there."""
    browser = browser_of(book.readers[role])
    record = book.record(subject)
    urls = {key: f"/{subject.key}s/{record.pk}/changes/{key}/" for key in hideable(subject)}
    set_access(Access.HIDE, [(subject, key) for key in urls])
    assert {browser.get(url).status_code for url in urls.values()} == {404}


@SUBJECTS
def test_a_field_that_is_shown_has_its_history(book: Book, subject: Subject) -> None:
    """The counterpart, for the reader from whom most is hidden."""
    browser, record = browser_of(book.readers["client"]), book.record(subject)
    urls = {key: f"/{subject.key}s/{record.pk}/changes/{key}/" for key in hideable(subject)}
    set_access(Access.READ, [(subject, key) for key in urls])
    for key, url in urls.items():
        page, field = content(browser.get(url)), fields(subject)[key]
        wanted = texts_of(subject, field)[: 1 if key == "primary_sitter" else 2]
        wanted = [label(subject, key)] + wanted * is_told(field)
        assert [text for text in wanted if text not in page] == [], key


def is_told(field: Field) -> bool:
    """Whether the field's own word stands on pages: not of a secret, nor of yes and no."""
    kinds = {Kind.YES_NO, Kind.SECRET, Kind.PHOTO}
    return field.kind not in kinds and field.key not in {"status", "secondary_sitter"}


def all_inputs(book: Book, subject: Subject, by: User) -> dict[str, list[str]]:
    made: Any = ClientForm if subject is CLIENT else PetForm
    form = made(record=book.record(subject), by=by, company=SiteOptions.load())
    return dict(form.inputs)


@SUBJECTS
@pytest.mark.parametrize("access", [Access.HIDE, Access.READ], ids=["hidden", "read only"])
@pytest.mark.parametrize("role", READERS)
def test_posting_what_one_may_not_edit_is_ignored(
    book: Book, role: str, access: Access, subject: Subject, ada: User
) -> None:
    """Rule 5: whatever is posted for it, the field stays as it is, and so do the others."""
    inputs = all_inputs(book, subject, ada)
    record = book.record(subject)
    model: type[Client | Pet] = type(record)
    browser = browser_of(book.readers[role])
    url = f"/{subject.key}s/{record.pk}/edit/"
    before = model.objects.values().get(pk=record.pk)
    many = {key: record.field_text(key) for key in ("tags", "blocked_sitters") if key in inputs}
    set_access(access, [(subject, key) for key in hideable(subject)])
    forged = {name: "1" for key in hideable(subject) for name in inputs[key]}
    forged |= {f"{key}_shown": "1" for key in hideable(subject)} | {"status": "Inactive"}
    for key in hideable(subject):
        forged |= {f"keep_{key}": "mine"}
    answer = browser.post(url, forged)
    assert answer.status_code == 302
    assert model.objects.values().get(pk=record.pk) == before
    fresh: Any = model.objects.get(pk=record.pk)
    assert {key: fresh.field_text(key) for key in many} == many


@pytest.mark.parametrize("role", READERS)
def test_a_hidden_field_finds_nothing(book: Book, role: str) -> None:
    """Rule 51: neither list, picker nor pets are found by it, by a part or with a typo."""
    browser = browser_of(book.readers[role])
    texts = {
        field.key: texts_of(CLIENT, field)[0]
        for field in sentinels.searched(CLIENT)
        if field.key not in sentinels.ALWAYS
    }
    set_access(Access.SHOW, [])
    for text in texts.values():
        assert shown_clients(read(browser.get("/clients/picker/", {"q": text}))) == [book.client.pk]
        assert shown_pets(read(browser.get("/pets/", {"q": text}))) == [book.pet.pk]
    for key, text in texts.items():
        set_access(Access.HIDE, [(CLIENT, key)])
        for query in (text, text[1:-1], text[:3] + text[4:]):
            page = read(browser.get("/clients/picker/", {"q": query}))
            assert shown_clients(page) == [], query
        assert shown_clients(read(browser.get("/clients/", {"q": text}))) == []
        assert shown_pets(read(browser.get("/pets/", {"q": text}))) == []


def test_a_hidden_photo_is_not_served(book: Book) -> None:
    url = f"/photos/{book.pet.photo_id}/small/"
    set_access(Access.HIDE, [(PET, "photo")])
    hidden = [browser_of(reader).get(url).status_code for reader in book.readers.values()]
    assert hidden == [404, 404, 404]


@SUBJECTS
def test_the_photo_of_an_own_field_is_served_only_where_it_is_shown(
    book: Book, subject: Subject
) -> None:
    keys = [key for key, field in fields(subject).items() if field.is_custom]
    (key,) = [key for key in keys if fields(subject)[key].kind == Kind.PHOTO]
    url = f"/{subject.key}s/{book.record(subject).pk}/photos/{key}/small/"
    for access, status in ((Access.READ, 200), (Access.HIDE, 404)):
        set_access(access, [(subject, key)])
        answers = [browser_of(reader).get(url) for reader in book.readers.values()]
        assert [content(answer) and answer.status_code for answer in answers] == [status] * 3


@pytest.mark.parametrize("role", ["manager", "sitter"])
def test_every_field_that_is_shown_can_be_a_column(book: Book, role: str) -> None:
    """The counterpart of hidden columns: all that can be in a table is found in it."""
    set_access(Access.SHOW, [])
    page = content(browser_of(book.readers[role]).get("/clients/?status=all"))
    for key, field in fields(CLIENT).items():
        is_listed = field.kind not in (Kind.SECRET, Kind.PHOTO) and key != "status"
        assert (label(CLIENT, key) in page) == is_listed, key
        if is_listed and is_told(field):
            assert texts_of(CLIENT, field)[0] in page, key


def test_my_info_and_my_pets_show_what_the_client_may_see(book: Book) -> None:
    """The counterpart for the client's own pages."""
    set_access(Access.SHOW, [])
    browser = browser_of(book.readers["client"])
    for subject, url in ((CLIENT, "/my-info/"), (PET, "/my-pets/")):
        page = content(browser.get(url))
        for key, field in fields(subject).items():
            if key in {"client", "photo", "animal", "active"} or not is_told(field):
                continue
            wanted = [label(subject, key), texts_of(subject, field)[0]]
            assert [text for text in wanted if text not in page] == [], key


def test_my_schedule_shows_a_sitter_what_a_sitter_may_see(book: Book) -> None:
    """The counterpart for the boxes of the day: address, photo, warnings, changes unseen."""
    set_access(Access.SHOW, [])
    page = content(browser_of(book.readers["sitter"]).get(on_schedule(book)))
    for key in ("street", "city", "zip_code"):
        assert texts_of(CLIENT, fields(CLIENT)[key])[0] in page, key
    for key in ("behavior_warnings", "allergies", "medication"):
        assert texts_of(PET, fields(PET)[key])[0] in page, key
    assert f"/photos/{book.pet.photo_id}/small/" in page
    assert "data-unseen" in page
    assert label(CLIENT, "parking") in page
    assert texts_of(CLIENT, fields(CLIENT)["entry_instructions"])[0] in page


def test_clients_look_through_all_that_they_may_see(book: Book) -> None:
    """The counterpart of the page on which clients confirm what is still right."""
    set_access(Access.SHOW, [])
    page = content(browser_of(book.readers["client"]).get(review_of(book)))
    for subject, key in ((CLIENT, "parking"), (CLIENT, "office_notes"), (PET, "medication")):
        assert label(subject, key) in page, key
        assert texts_of(subject, fields(subject)[key])[0] in page, key


@pytest.mark.parametrize("role", ["manager", "sitter"])
def test_what_is_unread_is_named_to_who_may_see_it(book: Book, role: str) -> None:
    """The counterpart of the lists of changes that a sitter has not read."""
    set_access(Access.SHOW, [])
    visit_of(book)
    url = {"manager": "/unread-changes/", "sitter": f"/clients/{book.client.pk}/since/"}[role]
    page = content(browser_of(book.readers[role]).get(url))
    for subject, key in ((CLIENT, "entry_instructions"), (CLIENT, "door_code"), (PET, "allergies")):
        assert label(subject, key) in page, key
