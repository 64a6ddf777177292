"""A sitter who comes and has no key: said to the sitter and to the office, once by mail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.access.models import KeyNotice
from pawfile.access.notices import noticed, tell_office
from pawfile.accounts.models import Role, User
from pawfile.fields.registry import Access
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit
from tests.factories import make_client, make_key, make_service, make_user, make_visit
from tests.fields.sentinels import set_access
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
NOW = datetime(2026, 6, 2, 8, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(autouse=True)
def clock(db: None) -> Any:
    SiteOptions.load()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(cleos_home: Client, sam: User) -> Visit:
    return at(cleos_home, sam, 3)


def at(client: Client, sitter: User, days: int, **fields: Any) -> Visit:
    """A visit at noon so many days ahead, accepted unless told otherwise."""
    day = NOW.date() + timedelta(days=days)
    return make_visit(client, sitter=sitter, visit_on=day, **{"status": "accepted", **fields})


def said_to(browser: Browser, visit: Visit) -> list[bool]:
    """Whether the page of the visit, My Schedule and the office's list say so."""
    marks = {
        f"/visits/{visit.pk}/": "data-lacks-key",
        f"/my-schedule/?on={visit.visit_on}": "data-lacks-key",
        "/keys/notices/": f'data-visit="{visit.pk}"',
    }
    return [mark in content(browser.get(url)) for url, mark in marks.items()]


def told(signed_in: SignIn, visit: Visit, office: User) -> dict[str, bool]:
    """Who is told of the visit, by every way there is."""
    assert visit.sitter
    page, box, _closed = said_to(signed_in(visit.sitter), visit)
    office_page, _none, listed = said_to(signed_in(office), visit)
    tell_office()
    return {
        "page": page, "box": box, "office page": office_page, "list": listed,
        "home": "visit without a key" in content(signed_in(office).get("/")),
        "mail": Mail.objects.filter(template="key_notice", to=office.email).exists(),
    }  # fmt: skip


def test_a_sitter_without_key_is_noticed_everywhere(
    signed_in: SignIn, mona: User, visit: Visit
) -> None:
    """Rule 11."""
    assert visit.client.uses_keys
    assert set(told(signed_in, visit, mona).values()) == {True}


def test_no_notice_if_the_client_uses_no_keys(signed_in: SignIn, mona: User, visit: Visit) -> None:
    """Rule 10."""
    visit.client.uses_keys = False
    visit.client.save(by=mona)
    assert set(told(signed_in, visit, mona).values()) == {False}


def test_no_notice_if_notices_are_off(signed_in: SignIn, mona: User, visit: Visit) -> None:
    """Rule 12."""
    SiteOptions.objects.update(has_key_notices=False)
    assert set(told(signed_in, visit, mona).values()) == {False}


def test_no_notice_if_the_service_needs_no_key(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    visit = at(cleos_home, sam, 3, service=make_service(uses_key=False))
    assert set(told(signed_in, visit, mona).values()) == {False}


def test_no_notice_once_the_sitter_has_a_key(
    signed_in: SignIn, mona: User, sam: User, visit: Visit
) -> None:
    make_key(visit.client, place="sitter", sitter=sam)
    assert set(told(signed_in, visit, mona).values()) == {False}


def test_a_key_with_another_sitter_or_of_another_home_is_none(
    mona: User, sam: User, stan: User, visit: Visit
) -> None:
    make_key(visit.client, place="sitter", sitter=stan)
    make_key(make_client(), place="sitter", sitter=sam)
    assert list(noticed(mona)) == [visit]


@pytest.mark.parametrize(
    ("days", "status", "is_told"),
    [
        (0, "assigned", True), (0, "confirmed", True), (6, "accepted", True),
        (8, "accepted", False), (-1, "accepted", False), (1, "declined", False),
        (1, "canceled", False), (1, "requested", False), (0, "completed", False),
        (0, "in_progress", False),
    ],
)  # fmt: skip
def test_notices_are_of_visits_to_come_within_seven_days(
    mona: User, sam: User, cleos_home: Client, *, days: int, status: str, is_told: bool
) -> None:
    at(cleos_home, sam, days, status=status)
    assert noticed(mona).exists() is is_told


def test_who_may_not_know_of_keys_is_not_told(signed_in: SignIn, ada: User, visit: Visit) -> None:
    """The sitter's field policy hides Uses Keys; the office is told all the same."""
    assert visit.sitter
    set_access(Access.HIDE, [(CLIENT, "uses_keys")])
    assert said_to(signed_in(visit.sitter), visit)[:2] == [False, False]
    assert said_to(signed_in(ada), visit)[2]


def test_clients_are_told_nothing(signed_in: SignIn, cleo: User, visit: Visit) -> None:
    assert "data-lacks-key" not in content(signed_in(cleo).get(f"/visits/{visit.pk}/"))


def test_the_office_gets_one_mail_a_visit_however_often_it_is_looked_at(
    mona: User, ada: User, sam: User, visit: Visit
) -> None:
    """Each visit once, those found in one look in one mail; nobody else gets one."""
    make_user(Role.MANAGER, "Gone", is_active=False)
    other = at(make_client(first_name="Dora", last_name="Dove"), sam, 4)
    tell_office()
    tell_office()
    mails = Mail.objects.filter(template="key_notice").order_by("to")
    assert [each.to for each in mails] == sorted([ada.email, mona.email])
    assert mails[0].subject == "2 visits without a key"
    assert "- Fri 5 Jun, 12:00–12:30: Cleo Carter, Sam Sitter" in mails[0].text
    assert set(KeyNotice.objects.values_list("visit", flat=True)) == {visit.pk, other.pk}
    at(make_client(first_name="Eve", last_name="Eagle"), sam, 5)
    tell_office()
    newest = Mail.objects.filter(template="key_notice").order_by("-pk")[0]
    assert (newest.subject, "Cleo" in newest.text) == ("1 visit without a key", False)


def test_a_sitter_sees_which_keys_are_needed_by_tomorrow(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    """One line a home, with where its keys are; what is later is not there yet."""
    make_key(cleos_home, code="K1")
    at(cleos_home, sam, 1)
    at(cleos_home, sam, 1, status="assigned")
    at(make_client(first_name="Dora", last_name="Dove"), sam, 0)
    at(make_client(first_name="Later", last_name="Lee"), sam, 2)
    for url in ("/keys/needed/", "/"):
        box = read(signed_in(sam).get(url)).one("section", id="key-needs")
        assert box.one("h2").text == "You need 2 keys by tomorrow"
        assert [line.text for line in box.all("li")] == [
            "Dora Dove Tue 2 Jun, 12:00 No key is in the book. Ask the office.",
            "Cleo Carter Wed 3 Jun, 12:00 K1: Office",
        ]
    assert 'hx-get="/keys/needed/"' in content(signed_in(sam).get("/my-schedule/"))


def test_what_the_sitter_needs_costs_the_same_for_one_and_for_three(
    signed_in: SignIn, sam: User
) -> None:
    browser, counts = signed_in(sam), []
    for _number in range(3):
        client = make_client()
        make_key(client)
        at(client, sam, 1)
        browser.get("/keys/needed/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/keys/needed/")
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_the_list_of_notices_costs_the_same_for_one_and_for_three(
    signed_in: SignIn, mona: User, sam: User
) -> None:
    browser, counts = signed_in(mona), []
    for days in (1, 2, 3):
        at(make_client(), sam, days)
        browser.get("/keys/notices/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/keys/notices/")
        counts.append(len(asked))
    assert counts[0] == counts[2]
