"""A profile as a role sees it: an administrator's page that shows what that role is shown."""

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.registry import Access, Subject
from pawfile.options.models import SiteOptions
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client
from tests.factories import make_client, make_pet
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
from tests.fields.test_hidden_fields import is_offered_anyway, is_told
from tests.profiles.pages import content, facts, read

PREVIEW = "/options/clients/preview/"


@pytest.fixture
def desk(ada: User) -> Browser:
    found = Browser()
    found.force_login(ada)
    return found


@pytest.mark.parametrize("hidden", hiding_sets(), ids=range(11))
def test_what_a_role_may_not_see_is_not_in_its_preview(
    desk: Browser, book: Book, hidden: list[tuple[Subject, str]]
) -> None:
    set_access(Access.HIDE, hidden)
    shown = {(each, key) for each in (CLIENT, PET) for key in hideable(each)} - set(hidden)
    for role in READERS:
        url = f"{PREVIEW}?as={role}&client={book.client.pk}"
        page = content(desk.get(url))
        for subject, key in hidden:
            wanted, field = [label(subject, key)], fields(subject)[key]
            if not is_offered_anyway(field, "/clients/1/edit/", shown):
                wanted += texts_of(subject, field)
            if field.is_custom:
                wanted.append(f"/photos/{key}/")
            if key == "photo":
                wanted.append(f"/photos/{book.pet.photo_id}/")
            assert [text for text in wanted if text in page] == [], (role, key)


@pytest.mark.parametrize("role", READERS)
def test_what_a_role_sees_is_in_its_preview(desk: Browser, book: Book, role: str) -> None:
    """The counterpart; nothing in it leads to history, and nothing can be sent."""
    set_access(Access.SHOW, [])
    answer = desk.get(f"{PREVIEW}?as={role}&client={book.client.pk}")
    page = content(answer)
    head = {"client", "photo", "animal", "active", "name", "status"}
    for subject in (CLIENT, PET):
        for key, field in fields(subject).items():
            wanted = [label(subject, key)] if key not in head else []
            wanted += texts_of(subject, field)[:1] if is_told(field) and key not in head else []
            assert [text for text in wanted if text not in page] == [], key
    frame = read(answer).one("div", data_seen_as=role)
    assert frame.all("form") == frame.all("button") == []
    assert frame.all("fieldset", cls="seen-form")[0].attrs["disabled"] == ""
    assert [a for a in frame.all("a") if "/changes/" in a.attrs["href"]] == []


def test_a_sitter_who_may_not_edit_has_no_form(desk: Browser, cleos_home: Client) -> None:
    url = f"{PREVIEW}?as=sitter&client={cleos_home.pk}"
    assert read(desk.get(url)).all("fieldset", cls="seen-form") == []
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
    assert len(read(desk.get(url)).all("fieldset", cls="seen-form")) == 1


def test_the_preview_is_the_profile_that_the_person_sees(
    desk: Browser, cleos_home: Client, sam: User, cleo: User
) -> None:
    make_pet(cleos_home, name="Rex", allergies="Chicken.")
    make_pet(cleos_home, name="Old", active=False)
    for role, user in (("sitter", sam), ("client", cleo)):
        theirs = Browser()
        theirs.force_login(user)
        seen = read(desk.get(f"{PREVIEW}?as={role}&client={cleos_home.pk}"))
        own = read(theirs.get(f"/clients/{cleos_home.pk}/"))
        assert facts(seen) == facts(own)
        pets = [[pet.text for pet in page.all("article", cls="pet-card")] for page in (seen, own)]
        assert pets[0] == pets[1] != []


def test_without_a_client_the_first_one_is_shown(desk: Browser) -> None:
    assert "No clients yet" in read(desk.get(PREVIEW)).text
    make_client(first_name="Ann", last_name="Able")
    page = read(desk.get(PREVIEW, {"as": "king"}))
    assert page.one("div", data_seen_as="sitter").one("h2", cls="profile-name").text == "Ann Able"


@pytest.mark.parametrize("number", ["0", "x", "99999", "9" * 30, "٣"])
def test_a_client_that_is_none_is_not_found(desk: Browser, number: str) -> None:
    make_client()
    assert desk.get(PREVIEW, {"client": number}).status_code == 404


def test_another_client_is_found_without_script(desk: Browser, cleos_home: Client) -> None:
    page = read(desk.get(PREVIEW, {"as": "client", "q": "carter"}))
    (found,) = page.one("noscript").all("a")
    assert found.attrs["href"] == f"?as=client&client={cleos_home.pk}"
