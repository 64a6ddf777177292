"""Limits on the code of the second factor, at sign-in and when it is asked for again."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client as Browser
from django.urls import reverse

from pawfile.accounts.models import Lockout, User
from tests.accounts.test_limits import HERE, TOO_MANY, attempt
from tests.accounts.test_signing_in import PASSWORD, is_signed_in

pytestmark = pytest.mark.usefixtures("limits")
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def cleo_with_app(cleo: User) -> User:
    TOTP.activate(cleo, SECRET)
    return cleo


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def wrong_code() -> str:
    return f"{(int(code_now()) + 1) % 10**6:06}"


def give(browser: Browser, code: str) -> Any:
    return browser.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=HERE)


def at_the_code(user: User) -> Browser:
    browser = Browser()
    assert attempt(user.email, PASSWORD, browser=browser).headers["Location"] == reverse(
        "mfa_authenticate"
    )
    return browser


def test_codes_cannot_be_guessed_on_and_on(cleo_with_app: User) -> None:
    browser = at_the_code(cleo_with_app)
    tries = [give(browser, wrong_code()) for _try in range(4)]
    assert [page.status_code for page in tries] == [200, 200, 200, 429]
    assert TOO_MANY.findall(tries[-1].content.decode())
    assert give(browser, code_now()).status_code == 429
    assert not is_signed_in(browser)
    lockout = Lockout.objects.get()
    assert (lockout.account, lockout.get_door_display()) == (cleo_with_app.email, "Second factor")


def test_starting_over_gives_no_new_tries(cleo_with_app: User) -> None:
    tries = [give(at_the_code(cleo_with_app), wrong_code()).status_code for _try in range(4)]
    assert tries == [200, 200, 200, 429]


def test_a_right_code_signs_in_and_does_not_count(cleo_with_app: User) -> None:
    for _time in range(5):
        browser = at_the_code(cleo_with_app)
        assert give(browser, code_now()).status_code == 302
        assert is_signed_in(browser)
        forget_used_codes()


def forget_used_codes() -> None:
    """A code works once; the tests do not wait for the next one."""
    from django.core.cache import cache

    user = Authenticator.objects.get().user_id
    cache.delete(f"allauth.mfa.totp.used?user={user}&code={code_now()}")
