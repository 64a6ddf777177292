"""A second factor: set up, asked for at sign-in, taken away, told by mail, sealed in the table."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client as Browser

from pawfile.accounts.actions import remove_second_factors
from pawfile.accounts.models import User
from tests.accounts.people import (
    CODE,
    LOGIN,
    PASSWORD,
    add_app,
    come_in,
    is_in,
    letters,
    shown_by_app,
    sure,
)
from tests.profiles.pages import read

Commits = Callable[..., AbstractContextManager[list[Any]]]
FACTORS = "/account/factors/"


def recovery_codes(user: User) -> list[str]:
    found: list[str] = user.factors.get(type="recovery_codes").wrap().get_unused_codes()
    return found


def test_an_app_is_set_up_with_its_code_and_gives_recovery_codes(
    sam: User, django_capture_on_commit_callbacks: Commits
) -> None:
    browser = sure(sam)
    page = read(browser.get(f"{FACTORS}app/"))
    assert page.one("svg", cls="qr").attrs["role"] == "img"
    secret = page.one("code", cls="key").text
    wrong = browser.post(f"{FACTORS}app/", {"code": "000000"})
    assert "That does not fit." in wrong.content.decode()
    assert not sam.has_second_factor
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{FACTORS}app/", {"code": shown_by_app(secret)})
    assert answer.headers["Location"] == f"{FACTORS}codes/"
    shown = [code.text for code in read(browser.get(f"{FACTORS}codes/")).all("code")]
    assert (shown, len(shown)) == (recovery_codes(sam), 10)
    assert browser.get(f"{FACTORS}codes/file/").content.decode().split() == shown
    assert letters() == [([sam.email], "Authenticator app added")]


def test_secrets_are_sealed_in_the_table(sam: User) -> None:
    secret = add_app(sam)
    rows = {row.type: row.data for row in Authenticator.objects.all()}
    assert rows["totp"]["secret"].startswith("v1.")
    assert rows["recovery_codes"]["seed"].startswith("v1.")
    assert secret not in str(rows)


def test_the_code_is_asked_for_after_the_password(sam: User) -> None:
    secret = add_app(sam)
    browser = Browser()
    planted = browser.session
    planted["planted"] = "1"
    planted.save()
    answer = browser.post(LOGIN, {"login": sam.email, "password": PASSWORD, "next": "/vets/"})
    assert answer.headers["Location"] == CODE
    assert not is_in(browser)
    assert "That does not fit." in browser.post(CODE, {"code": "000000"}).content.decode()
    half_way = browser.session.session_key
    answer = browser.post(CODE, {"code": shown_by_app(secret)})
    assert answer.headers["Location"] == "/vets/"
    assert is_in(browser)
    assert browser.session.session_key not in (planted.session_key, half_way)


def test_a_code_of_the_app_works_once(sam: User) -> None:
    code = shown_by_app(add_app(sam))
    first, second = come_in(sam), come_in(sam)
    first.post(CODE, {"code": code})
    second.post(CODE, {"code": code})
    assert [is_in(first), is_in(second)] == [True, False]


def test_a_recovery_code_works_once(sam: User) -> None:
    add_app(sam)
    code, other, *_rest = recovery_codes(sam)
    first, second = come_in(sam), come_in(sam)
    first.post(CODE, {"code": code})
    second.post(CODE, {"code": code})
    assert [is_in(first), is_in(second)] == [True, False]
    second.post(CODE, {"code": other})
    assert is_in(second)
    assert len(recovery_codes(sam)) == 8


def test_new_codes_make_the_old_ones_worthless_and_are_told(
    sam: User, django_capture_on_commit_callbacks: Commits
) -> None:
    secret = add_app(sam)
    old = recovery_codes(sam)
    browser = come_in(sam)
    browser.post(CODE, {"code": shown_by_app(secret)})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "The 10 codes you have left" in browser.get(f"{FACTORS}codes/new/").content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{FACTORS}codes/new/")
    assert set(recovery_codes(sam)).isdisjoint(old)
    assert letters() == [([sam.email], "New recovery codes")]


def test_removing_the_app_ends_other_sessions_and_is_told(sam: User) -> None:
    there, browser = come_in(sam), sure(sam)
    add_app(sam)
    mail.outbox.clear()
    assert "Keep it" in browser.get(f"{FACTORS}app/remove/").content.decode()
    assert is_in(there)
    answer = browser.post(f"{FACTORS}app/remove/")
    assert answer.headers["Location"] == FACTORS
    assert [is_in(browser), is_in(there)] == [True, False]
    assert not sam.factors.exists()  # codes without an app open nothing
    assert letters() == [([sam.email], "Authenticator app removed")]
    assert is_in(come_in(sam))


@pytest.mark.parametrize("part", ["app/", "codes/new/", "passkeys/new/", "../email/"])
def test_the_password_is_asked_for_again_first(sam: User, part: str) -> None:
    url = FACTORS.replace("factors/", "email/") if part == "../email/" else FACTORS + part
    browser = come_in(sam)
    answer = browser.get(url)
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    answer = browser.post("/accounts/reauthenticate/", {"password": "wrong", "next": url})
    assert answer.status_code == 200
    answer = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": url})
    assert answer.headers["Location"] == url
    assert browser.get(url).status_code == 200


def test_codes_are_not_shown_to_who_did_not_prove_oneself(sam: User) -> None:
    browser = come_in(sam)
    add_app(sam)
    for part in ("codes/", "codes/file/"):
        answer = browser.get(FACTORS + part)
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_proving_oneself_leads_to_no_other_site(sam: User, target: str) -> None:
    sent = {"password": PASSWORD, "next": target}
    answer = come_in(sam).post("/accounts/reauthenticate/", sent)
    assert answer.headers["Location"] == "/"


def test_a_stranger_has_no_second_step(sam: User, db: None) -> None:
    secret = add_app(sam)
    browser = Browser()
    assert browser.get(CODE).headers["Location"] == LOGIN
    browser.post(CODE, {"code": shown_by_app(secret)})
    assert not is_in(browser)


def test_who_is_switched_off_half_way_does_not_come_in(sam: User) -> None:
    secret = add_app(sam)
    browser = come_in(sam)
    User.objects.get_queryset().filter(pk=sam.pk).update(is_active=False)
    browser.post(CODE, {"code": shown_by_app(secret)})
    assert not is_in(browser)


@pytest.mark.parametrize(
    "credential",
    ["", "{", "[]", "null", '"x"', "{}", '{"response": null}', '{"response": []}', "[" * 5000],
    ids=range(9),
)
@pytest.mark.parametrize("url", [CODE, "/accounts/login/passkey/"])
def test_an_odd_passkey_is_refused(sam: User, url: str, credential: str) -> None:
    add_app(sam)
    browser = come_in(sam)
    browser.get("/accounts/login/passkey/", headers={"accept": "application/json"})
    answer = browser.post(url, {"credential": credential})
    assert answer.status_code in (200, 302)
    assert not is_in(browser)


def test_nobody_touches_a_strangers_passkey(sam: User, stan: User) -> None:
    stans = Authenticator.objects.create(
        user=stan, type="webauthn", data={"name": "Key", "credential": {}}
    )
    browser = sure(sam)
    for part in ("", "remove/"):
        url = f"{FACTORS}passkeys/{stans.pk}/{part}"
        assert (browser.get(url).status_code, browser.post(url).status_code) == (404, 404)
    assert stan.factors.count() == 1


def test_an_administrator_takes_a_lost_factor_away(sam: User, ada: User) -> None:
    browser = come_in(sam)
    add_app(sam)
    mail.outbox.clear()
    assert remove_second_factors(user=sam, by=ada)
    assert not is_in(browser)
    assert letters() == [([sam.email], "Your second factor was removed")]
    assert "Ada Admin removed" in str(mail.outbox[0].body)
    assert is_in(come_in(sam))
    assert not remove_second_factors(user=sam, by=ada)


def test_nobody_else_takes_factors_away(sam: User, mona: User) -> None:
    add_app(sam)
    with pytest.raises(PermissionError):
        remove_second_factors(user=sam, by=mona)
    assert sam.has_second_factor
