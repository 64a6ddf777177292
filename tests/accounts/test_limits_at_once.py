"""Tries at the very same time: exactly as many get through as are allowed, on both databases."""

from collections import Counter

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Lockout, Role
from tests.accounts.test_limits import HERE, attempt
from tests.at_once import at_once
from tests.factories import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("limits")]


def test_of_many_tries_at_once_the_allowed_ones_get_through() -> None:
    email = make_user(Role.CLIENT, "Cleo").email
    tries = at_once(*[lambda: attempt(email, ip=HERE).status_code] * 8)
    assert Counter(tries) == {200: 3, 429: 5}
    assert Lockout.objects.count() == 1


def test_of_many_accounts_tried_at_once_from_one_address_too() -> None:
    """Limits by address and by account at once, a refused try given back to the account."""
    tries = at_once(
        *[lambda n=n: attempt(f"guess{n}@example.com", ip=HERE).status_code for n in range(12)]
    )
    assert Counter(tries) == {200: 8, 429: 4}


def test_of_many_resets_at_once_the_allowed_ones_get_through() -> None:
    def ask(number: int) -> int:
        sent = {"email": "nobody@example.com"}
        answer = Browser().post("/accounts/reset/", sent, REMOTE_ADDR=f"192.0.2.{number}")
        return answer.status_code

    tries = at_once(*[lambda n=n: ask(n) for n in range(6)])
    assert Counter(tries) == {302: 2, 429: 4}
