"""Signing in as people do, proving who one is, and codes as their apps show them."""

import re
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client as Browser

from pawfile.accounts.models import User

PASSWORD = "paws-and-tails"
LOGIN, CODE = "/accounts/login/", "/accounts/login/code/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def come_in(user: User, *, password: str = PASSWORD, agent: str = FIREFOX, **more: str) -> Browser:
    """A browser in which the person went through the page to sign in."""
    browser = Browser(headers={"user-agent": agent})
    browser.post(LOGIN, {"login": user.email, "password": password, **more})
    return browser


def sure(user: User) -> Browser:
    """The same, and the password was asked for once more just now."""
    browser = come_in(user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get("/account/").status_code == 200


def add_app(user: User) -> str:
    """Set up an authenticator app and recovery codes; the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def shown_by_app(secret: str) -> str:
    """The six digits of this half minute."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def link_in(letter: Any, start: str) -> str:
    """The path of the link in a mail."""
    found = re.search(rf"https?://[^/\s]+({re.escape(start)}\S+)", str(letter.body))
    assert found, letter.body
    return found[1]


def letters() -> list[tuple[list[str], str]]:
    return [(letter.to, str(letter.subject)) for letter in mail.outbox]
