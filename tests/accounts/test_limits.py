"""Limits against guessing on the sign-in page: who is shut out, for how long, and who is not."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from pawfile import settings as shipped
from pawfile.accounts.limits import let_in_account, said_to_people
from pawfile.accounts.models import Lockout, Role, User
from pawfile.options.models import SiteOptions
from tests.accounts.test_signing_in import LOGIN, PASSWORD
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("limits")
HERE, THERE, ELSEWHERE = "203.0.113.7", "198.51.100.4", "192.0.2.99"
TOO_MANY = re.compile(r"Too many tries\. Try again at \d\d:\d\d, in \d+ minutes?\.")


def attempt(
    email: str, password: str = "wrong-wrong", *, ip: str = HERE, browser: Browser | None = None
) -> Any:
    sent = {"login": email, "password": password}
    return (browser or Browser()).post(LOGIN, sent, REMOTE_ADDR=ip)


def statuses(email: str, count: int, **more: Any) -> list[int]:
    return [attempt(email, **more).status_code for _try in range(count)]


def let_time_pass(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    moved = time.time() + 60 * minutes
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: moved)


def test_after_too_many_tries_the_page_says_when_to_come_back(ada: User) -> None:
    assert statuses(ada.email, 3) == [200] * 3
    page = attempt(ada.email)
    text = page.content.decode()
    assert page.status_code == 429
    assert TOO_MANY.findall(text)
    assert 14 * 60 < int(page.headers["Retry-After"]) <= 15 * 60
    assert f'value="{ada.email}"' in text
    assert "wrong-wrong" not in text


def test_the_time_is_the_companys(ada: User) -> None:
    company = SiteOptions.load()
    company.time_zone = "Asia/Kolkata"
    company.save()
    statuses(ada.email, 3)
    text = attempt(ada.email).content.decode()
    opens_at = Lockout.objects.get().opens_at + timedelta(seconds=59)
    clock = opens_at.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%H:%M")
    assert f"Try again at {clock}, in 15 minutes." in text


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "in 1 minute."), (60, "in 1 minute."), (61, "in 2 minutes.")]
)
def test_the_wait_is_told_in_full_minutes_and_never_too_short(
    monkeypatch: pytest.MonkeyPatch, seconds: int, words: str
) -> None:
    now = datetime(2026, 3, 3, 14, 30, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    said = said_to_people(now + timedelta(seconds=seconds), ZoneInfo("UTC"))
    clock = "14:31" if seconds == 1 else "14:32"
    assert said == f"Too many tries. Try again at {clock}, {words}"


def test_somebody_unknown_is_shut_out_in_the_same_words(ada: User) -> None:
    answers = []
    for email in (ada.email, "nobody@example.com"):
        tries = [attempt(email, ip=HERE) for _try in range(4)]
        answers.append(
            [
                (
                    page.status_code,
                    re.sub(r'[A-Za-z0-9]{64}|value="[^"]*"|nonce', "", page.content.decode()),
                )
                for page in tries
            ]
        )
    assert answers[0] == answers[1]
    assert [status for status, _text in answers[0]] == [200, 200, 200, 429]


def test_a_right_password_does_not_open_a_shut_door(ada: User) -> None:
    statuses(ada.email, 3)
    assert attempt(ada.email, PASSWORD).status_code == 429


def test_capitals_and_blanks_make_no_other_account(ada: User) -> None:
    assert statuses(ada.email, 2) == [200, 200]
    assert statuses(f" {ada.email.upper()} ", 2) == [200, 429]


def test_right_passwords_do_not_count(ada: User) -> None:
    assert statuses(ada.email, 12, password=PASSWORD) == [302] * 12


def test_a_wrong_password_is_not_forgiven_for_a_right_one(ada: User) -> None:
    """Else an own account would let somebody guess at others for ever."""
    assert statuses(ada.email, 2) == [200, 200]
    assert attempt(ada.email, PASSWORD).status_code == 302
    assert statuses(ada.email, 2) == [200, 429]


def test_a_stranger_elsewhere_does_not_shut_the_owner_out(ada: User) -> None:
    assert statuses(ada.email, 4, ip=ELSEWHERE) == [200, 200, 200, 429]
    assert attempt(ada.email, PASSWORD, ip=HERE).status_code == 302


def test_guessing_from_everywhere_shuts_the_account(ada: User) -> None:
    tries = [attempt(ada.email, ip=f"192.0.2.{n}").status_code for n in range(6)]
    assert tries == [200] * 5 + [429]
    assert attempt(ada.email, PASSWORD, ip=HERE).status_code == 429


def test_a_browser_that_signed_in_before_is_let_in_all_the_same(ada: User) -> None:
    own = Browser()
    assert attempt(ada.email, PASSWORD, browser=own).status_code == 302
    own.post("/accounts/logout/")
    statuses(ada.email, 8, ip=HERE)
    for number in range(9):
        attempt(f"guess{number}@example.com", ip=HERE)
        attempt(ada.email, ip=f"192.0.2.{number}")
    assert attempt(ada.email, PASSWORD, ip=HERE).status_code == 429
    assert attempt(ada.email, PASSWORD, ip=HERE, browser=own).status_code == 302


def test_a_browser_that_signed_in_before_may_not_guess_for_ever(ada: User, sam: User) -> None:
    own = Browser()
    attempt(ada.email, PASSWORD, browser=own)
    own.post("/accounts/logout/")
    assert statuses(ada.email, 5, browser=own) == [200] * 4 + [429]
    assert statuses(sam.email, 4, browser=own) == [200] * 3 + [429]


def test_browsers_that_signed_in_before_are_counted_together_too(
    ada: User, limits: Settings
) -> None:
    """Who once knew the password cannot gather marks for guesses at the next one."""
    shared = {**limits.TRY_LIMITS["sign_in"], "browsers": "5/h"}
    limits.TRY_LIMITS = {**limits.TRY_LIMITS, "sign_in": shared}
    gathered = [Browser() for _each in range(3)]
    for browser in gathered:
        assert attempt(ada.email, PASSWORD, browser=browser).status_code == 302
        browser.post("/accounts/logout/")
    tries = [attempt(ada.email, browser=each).status_code for each in gathered for _try in "ab"]
    assert tries == [200] * 5 + [429]


def test_nobody_makes_the_mark_of_a_known_browser(ada: User) -> None:
    own = Browser()
    attempt(ada.email, PASSWORD, browser=own)
    (name,) = [key for key in own.cookies if key.startswith("known-")]
    forged, tries = Browser(), []
    for number in range(4):
        forged.cookies[name] = f"{number}:{own.cookies[name].value.partition(':')[2]}"
        tries.append(attempt(ada.email, browser=forged).status_code)
    assert tries == [200] * 3 + [429]
    cookie = own.cookies[name]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_one_address_may_only_try_so_often(ada: User) -> None:
    tries = [attempt(f"guess{number}@example.com").status_code for number in range(9)]
    assert tries == [200] * 8 + [429]
    assert attempt(ada.email, PASSWORD).status_code == 429
    assert attempt(ada.email, PASSWORD, ip=ELSEWHERE).status_code == 302


def test_a_bad_client_does_not_use_up_the_tries_of_its_office(ada: User, sam: User) -> None:
    """What is refused at one account costs the shared address nothing."""
    assert statuses(ada.email, 30) == [200] * 3 + [429] * 27
    assert attempt(sam.email, PASSWORD).status_code == 302


def test_an_office_of_thirty_behind_one_address_signs_in(limits: Settings) -> None:
    """With the numbers as shipped: each mistypes twice, one guesses on and on."""
    limits.TRY_LIMITS = shipped.TRY_LIMITS
    people = [make_user(Role.SITTER, f"Sitter {number}") for number in range(30)]
    assert statuses(people[0].email, 15) == [200] * 10 + [429] * 5
    for person in people[1:]:
        assert statuses(person.email, 2) == [200, 200]
        assert attempt(person.email, PASSWORD).status_code == 302


def test_the_door_opens_by_itself(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    statuses(ada.email, 4)
    let_time_pass(monkeypatch, 14)
    assert attempt(ada.email, PASSWORD).status_code == 429
    let_time_pass(monkeypatch, 2)
    assert attempt(ada.email, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "203.0.113.8", False),
    ],
)
def test_neighbours_in_an_ipv6_network_are_one_address(
    ada: User, one: str, other: str, is_same: bool
) -> None:
    statuses(ada.email, 3, ip=one)
    assert (attempt(ada.email, ip=other).status_code == 429) == is_same


def forwarded(email: str, header: str) -> int:
    sent = {"login": email, "password": "wrong-wrong"}
    answer = Browser().post(LOGIN, sent, REMOTE_ADDR=HERE, headers={"X-Forwarded-For": header})
    return answer.status_code


def test_what_a_browser_says_of_its_address_is_not_believed(ada: User) -> None:
    assert [forwarded(ada.email, f"192.0.2.{n}") for n in range(4)] == [200] * 3 + [429]


def test_behind_a_proxy_of_ours_its_entry_is_believed(ada: User, limits: Settings) -> None:
    limits.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    tries = [forwarded(ada.email, f"192.0.2.{n}, {THERE}") for n in range(4)]
    assert tries == [200] * 3 + [429]
    assert forwarded(ada.email, f"{THERE}, {ELSEWHERE}") == 200


@pytest.mark.parametrize("header", ["", "unknown", "192.0.2.1", "a,b,c", "1.2.3.4:99, [::1]:8"])
def test_an_odd_header_is_no_error(ada: User, limits: Settings, header: str) -> None:
    limits.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert forwarded(ada.email, header) == 200


def test_counters_are_not_thrown_out_for_others(ada: User, limits: Settings) -> None:
    """Whoever makes entries by the thousand does not get his own tries back."""
    options = {"OPTIONS": {"MAX_ENTRIES": 20}}
    limits.CACHES = {**limits.CACHES, "default": {**limits.CACHES["default"], **options}}
    assert statuses(ada.email, 3) == [200] * 3
    for number in range(40):
        cache.set(f"zzz{number}", [1.0], 900)
    assert len(cache.get_many(f"zzz{number}" for number in range(40))) == 40
    assert attempt(ada.email).status_code == 429


def test_what_is_over_is_thrown_out(limits: Settings) -> None:
    options = {"OPTIONS": {"MAX_ENTRIES": 20}}
    limits.CACHES = {**limits.CACHES, "default": {**limits.CACHES["default"], **options}}
    for number in range(25):
        cache.set(f"old{number}", 1, -5 if number < 20 else 900)
    cache.set("new", 1, 900)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache_entries")
        assert cursor.fetchone() == (6,)


def test_a_new_password_by_mail_opens_the_door(ada: User) -> None:
    statuses(ada.email, 4)
    let_in_account(ada.email.upper())
    assert attempt(ada.email, PASSWORD).status_code == 302


def test_guesses_at_the_password_of_an_open_session_have_to_wait(
    limits: Settings, ada: User
) -> None:
    """Who finds a browser signed in cannot try passwords on and on to get at the second factor."""
    browser = Browser()
    assert attempt(ada.email, PASSWORD, browser=browser).status_code == 302
    again = "/accounts/reauthenticate/"
    tries = [browser.post(again, {"password": f"guess-{n}"}).status_code for n in range(6)]
    assert 429 in tries
    assert browser.post(again, {"password": PASSWORD}).status_code == 429
