"""Limits against guessing on the sign-in page: who is shut out, for how long, and who is not."""

import re
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from tests.accounts.test_signing_in import LOGIN

pytestmark = pytest.mark.usefixtures("limits")


def attempt(browser: Browser, email: str, password: str = "wrong-wrong", ip: str = "") -> Any:
    return browser.post(
        LOGIN, {"login": email, "password": password}, REMOTE_ADDR=ip or "203.0.113.7"
    )


def statuses(email: str, count: int, **more: Any) -> list[int]:
    return [attempt(Browser(), email, **more).status_code for _try in range(count)]


def test_after_too_many_tries_the_page_says_when_to_come_back(ada: User) -> None:
    assert statuses(ada.email, 3) == [200] * 3
    page = attempt(Browser(), ada.email)
    text = page.content.decode()
    assert page.status_code == 429
    assert re.search(r"Too many tries\. Try again at \d\d:\d\d, in 15 minutes\.", text)
    assert 0 < int(page.headers["Retry-After"]) <= 15 * 60
    assert f'value="{ada.email}"' in text
    assert "wrong-wrong" not in text
