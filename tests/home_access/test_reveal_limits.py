"""How many codes one opens in an hour, and the second factor that a company may ask for."""

import time
from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from pawfile.access.letters import tell_of_limit
from pawfile.accounts.models import Lockout, User
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.accounts.people import PASSWORD, add_app, come_in, shown_by_app
from tests.at_once import at_once
from tests.home_access.vault import CODE, REASON, ask, browser_of, rows, visit_in


def test_who_opens_too_many_waits_and_administrators_hear_of_it_once(
    codes: Client, limits: Settings, sam: User, ada: User, mona: User
) -> None:
    visit_in(codes, sam, 1)
    assert [ask(sam, codes) for _ in range(5)] == [(200, True)] * 3 + [(429, False)] * 2
    assert len(rows()) == 3
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (ada.email, "Sam Sitter opens codes by the dozen")
    assert (CODE in mail.text, "Cleo" in mail.text) == (False, False)
    (lockout,) = Lockout.objects.all()
    assert (lockout.door, lockout.account, lockout.address) == ("reveal", sam.email, "")
    assert ask(mona, codes) == (200, True)


def test_what_was_asked_why_costs_no_try(codes: Client, limits: Settings, sam: User) -> None:
    assert [ask(sam, codes) for _ in range(5)] == [(422, False)] * 5
    assert ask(sam, codes, reason=REASON) == (200, True)


def test_the_alarm_comes_again_after_an_hour(sam: User, ada: User) -> None:
    tell_of_limit(by=sam)
    tell_of_limit(by=sam)
    assert Mail.objects.count() == 1
    Mail.objects.update(queued_at=timezone.now() - timedelta(minutes=61))
    tell_of_limit(by=sam)
    assert Mail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_alarm_comes_once_from_many_requests(sam: User, ada: User) -> None:
    SiteOptions.load()
    assert at_once(*[lambda: tell_of_limit(by=sam)] * 4) == [None] * 4
    assert Mail.objects.count() == 1


@pytest.fixture
def stepped_up(codes: Client) -> Client:
    """The same home in a company that asks for the second factor."""
    SiteOptions.load()
    SiteOptions.objects.update(is_reveal_step_up=True)
    return codes


def entered(browser: Browser, seconds_ago: float) -> None:
    """The second factor was entered in this session, as the sign-in library notes it."""
    session = browser.session
    record = {"method": "mfa", "at": time.time() - seconds_ago, "type": "totp", "id": 1}
    password = {"method": "password", "at": time.time(), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record, password]
    session.save()


def press(browser: Browser, client: Client) -> tuple[int, str]:
    answer = browser.post(f"/clients/{client.pk}/secrets/door_code/reveal/")
    assert (CODE in answer.content.decode()) == (answer.status_code == 200)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("kinds", "page"),
    [
        ([], "/account/factors/"),
        (["recovery_codes"], "/account/factors/"),
        (["totp", "recovery_codes"], "/accounts/reauthenticate/code/"),
        (["webauthn"], "/accounts/reauthenticate/passkey/"),
        (["webauthn", "totp"], "/accounts/reauthenticate/code/"),
    ],
)
def test_staff_are_led_to_their_second_factor_and_back(
    stepped_up: Client, mona: User, kinds: list[str], page: str
) -> None:
    """Who has none is led to setting one up."""
    for kind in kinds:
        Authenticator.objects.create(user=mona, type=kind, data={})
    status, address = press(browser_of(mona), stepped_up)
    assert (status, address) == (302, f"{page}?next=%2Fclients%2F{stepped_up.pk}%2F")
    assert rows() == []


def test_a_second_factor_counts_for_ten_minutes(stepped_up: Client, mona: User) -> None:
    browser = come_in(mona)
    entered(browser, 601)
    assert press(browser, stepped_up)[0] == 302
    entered(browser, 400)
    assert press(browser, stepped_up) == (200, "")
    assert rows() == [("Mona Manager", "door_code", "office")]


def test_the_code_of_the_app_leads_back_to_where_codes_open(stepped_up: Client, mona: User) -> None:
    """The whole way, with the sign-in library's own page; the password alone is not enough."""
    secret, browser = add_app(mona), Browser()
    browser.force_login(mona)
    _status, address = press(browser, stepped_up)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert press(browser, stepped_up)[0] == 302
    answer = browser.post(
        address, {"code": shown_by_app(secret), "next": f"/clients/{stepped_up.pk}/"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/clients/{stepped_up.pk}/")
    assert press(browser, stepped_up) == (200, "")


def test_in_a_part_of_the_page_the_whole_page_goes_there(stepped_up: Client, mona: User) -> None:
    answer = browser_of(mona).post(
        f"/clients/{stepped_up.pk}/secrets/door_code/reveal/", headers={"HX-Request": "true"}
    )
    assert (answer.status_code, CODE in answer.content.decode()) == (200, False)
    assert answer.headers["HX-Redirect"].startswith("/account/factors/?next=")


def test_clients_are_not_asked_but_staff_are_at_their_own_home(
    stepped_up: Client, cleo: User, stan: User
) -> None:
    stepped_up.logins.add(stan)
    assert press(browser_of(cleo), stepped_up)[0] == 200
    assert press(browser_of(stan), stepped_up)[0] == 302
