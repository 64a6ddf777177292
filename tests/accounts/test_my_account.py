"""My Account: name, nickname and phone of whoever is signed in, and the way to the rest."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client as Browser
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from pawfile.accounts.actions import change_account
from pawfile.accounts.models import User
from tests.accounts.people import add_app
from tests.profiles.pages import fill_in, read

SignIn = Callable[[User], Browser]
URL = "/account/"
ODD = "This cannot be a whole phone number."


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_everybody_changes_name_nickname_and_phone(
    who: str, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    user: User = request.getfixturevalue(who)
    email, role = user.email, user.role
    sent = {"name": " Zoë O'Neil ", "nickname": "Zo", "phone": "614 555 0100 x3"}
    browser = signed_in(user)
    answer = fill_in(browser, URL, **sent, email="eve@example.com", role="administrator")
    assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    user = User.objects.get(pk=user.pk)
    assert (user.name, user.nickname, user.phone) == ("Zoë O'Neil", "Zo", "614 555 0100 x3")
    assert (user.email, user.role, user.is_active) == (email, role, True)
    assert ODD not in browser.get(URL).content.decode()


def test_an_impossible_number_is_kept_and_named(signed_in: SignIn, cleo: User) -> None:
    browser = signed_in(cleo)
    assert fill_in(browser, URL, phone="ring at 5550").status_code == 302
    page = read(browser.get(URL))
    assert page.one("input", name="phone").attrs["value"] == "ring at 5550"
    assert page.one("div", cls="notice-warning").text.startswith(ODD)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Say a name."),
        ("name", "\u200b", "There is nothing to see in this name."),
        ("name", "Eve\nBcc: all@example.com", "Leave out line breaks and control characters."),
        ("nickname", "Eve\r\nX: y", "Leave out line breaks and control characters."),
        ("phone", "1\u2028" + "2", "Leave out line breaks and control characters."),
        ("name", "x" * 201, "At most 200 characters; these are 201."),
        ("phone", "5" * 51, "At most 50 characters; these are 51."),
        ("nickname", "a\0b", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_named_and_kept(
    signed_in: SignIn, sam: User, field: str, typed: str, said: str
) -> None:
    answer = fill_in(signed_in(sam), URL, **{field: typed})
    assert answer.status_code == 422
    page = read(answer)
    assert said in page.one("div", data_field=field).text
    assert page.one(cls="user-name").text == "Sam Sitter"
    assert User.objects.get(pk=sam.pk).name == "Sam Sitter"


def test_a_save_leaves_alone_what_others_changed_meanwhile(
    signed_in: SignIn, sam: User, ada: User
) -> None:
    """Whoever is switched off while saving stays so."""
    stale = User.objects.get(pk=sam.pk)
    User.objects.get_queryset().filter(pk=sam.pk).update(is_active=False)
    change_account(user=stale, name="Sam", nickname="", phone="")
    assert not User.objects.get(pk=sam.pk).is_active


def test_the_page_says_what_there_is(signed_in: SignIn, ada: User) -> None:
    browser = signed_in(ada)
    assert "None yet." in browser.get(URL).content.decode()
    add_app(ada)
    assert "Authenticator app" in browser.get(URL).content.decode()


def test_the_page_costs_the_same_with_and_without_factors(signed_in: SignIn, ada: User) -> None:
    browser = signed_in(ada)
    browser.get(URL)
    counts = []
    for prepare in (lambda: None, lambda: add_app(ada)):
        prepare()
        with CaptureQueriesContext(connection) as asked:
            browser.get(URL)
        counts.append(len(asked))
    assert counts == [5, 5]


def test_whoever_looks_with_anothers_eyes_has_no_business_here(ada: User, cleo: User) -> None:
    """As long as ``viewed_by`` says so, on each of these pages."""
    urls = [
        URL, "/account/email/", "/account/sessions/", "/account/sessions/1/end/",
        "/account/factors/", "/account/factors/app/", "/account/factors/app/remove/",
        "/account/factors/codes/", "/account/factors/codes/new/", "/account/factors/codes/file/",
        "/account/factors/passkeys/", "/account/factors/passkeys/new/",
        "/account/factors/passkeys/1/", "/account/factors/passkeys/1/remove/",
        "/accounts/password/", "/accounts/password/set/", "/accounts/reauthenticate/",
        "/accounts/reauthenticate/code/", "/accounts/reauthenticate/passkey/",
    ]  # fmt: skip
    cleo.viewed_by = ada
    assert cleo.actor == ada
    for url in urls:
        request = RequestFactory().post(url)
        request.user = cleo
        found = resolve(url)
        with pytest.raises(PermissionDenied):
            found.func(request, *found.args, **found.kwargs)
