"""Every user has a row of the sign-in library's addresses; unproven ones do not sign in."""

import re
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from tests.factories import make_user

LOGIN = "/accounts/login/"


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    rows = EmailAddress.objects.filter(user=user)
    return [(row.email, row.primary, row.verified) for row in rows]


def sign_in(browser: Browser, user: User) -> str:
    answer = browser.post(LOGIN, {"login": user.email, "password": "paws-and-tails"})
    return str(answer.headers["Location"])


def test_a_new_user_has_a_proven_address(ada: User) -> None:
    assert addresses(ada) == [(ada.email, True, True)]


@pytest.mark.django_db
def test_an_unproven_address_is_asked_for_before_one_signs_in() -> None:
    nina = make_user(Role.CLIENT, "Nina New", is_email_verified=False)
    assert addresses(nina) == [(nina.email, True, False)]
    browser = Browser()
    assert sign_in(browser, nina) == "/accounts/email/sent/"
    assert browser.get("/").status_code == 302
    (sent,) = mail.outbox
    link = re.search(r"http://testserver(/accounts/email/confirm/\S+)", str(sent.body))
    assert link is not None
    stranger = Browser()
    assert nina.email in stranger.get(link[1]).content.decode()
    assert addresses(nina) == [(nina.email, True, False)]  # looking is not confirming
    assert stranger.post(link[1]).headers["Location"] == LOGIN
    assert stranger.get("/").status_code == 302  # confirming does not sign in
    assert addresses(nina) == [(nina.email, True, True)]
    assert sign_in(Browser(), nina) == "/"
    assert "used up" in Browser().get(link[1]).content.decode()


def test_users_of_before_get_their_address(ada: User, cleo: User) -> None:
    EmailAddress.objects.all().delete()
    migration = import_module("pawfile.accounts.migrations.0003_email_addresses")
    migration.add_addresses(apps, None)
    assert (addresses(ada), addresses(cleo)) == (
        [(ada.email, True, True)],
        [(cleo.email, True, True)],
    )
