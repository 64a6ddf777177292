"""Signing in through the door, as people do: only that makes a session the book knows of."""

from django.test import Client as Browser

from pawfile.accounts.models import User


def walk_in(user: User) -> Browser:
    browser = Browser()
    answer = browser.post("/accounts/login/", {"login": user.email, "password": "paws-and-tails"})
    assert answer.status_code == 302
    return browser
