"""One's calendar address: made, shown once, renewed, switched off, and when it ends."""

import hashlib
import logging
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Browser
from pytest_django import Settings

from pawfile.accounts.models import Lockout, User
from pawfile.activity.models import Activity
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.lib.logs import DiscreetFormatter
from pawfile.options.models import SiteOptions
from pawfile.people.actions import deactivate_user, detach_client, reactivate_user
from pawfile.profiles.models import Client
from pawfile.profiles.table import ADDRESS_KEYS
from pawfile.schedule.models import CalendarFeed
from tests.factories import make_visit
from tests.profiles.pages import read
from tests.schedule.feeds import feed_url

SignIn = Callable[[User], Browser]
PAGE, RENEW, END = "/account/calendar/", "/account/calendar/renew/", "/account/calendar/end/"


def renew(browser: Browser) -> str:
    """Press the button; the address as the page shows it, without its host."""
    answer = browser.post(RENEW)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    shown = read(answer).one("code", id="feed-address").text
    links = [a.attrs["href"] for a in read(answer).all("a") if a.text == "Add to calendar"]
    assert links == [shown.replace("http:", "webcal:")]
    return shown.removeprefix("http://testserver")


def status(url: str) -> int:
    return Browser().get(url).status_code


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_everybody_makes_an_address_and_sees_it_once(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn, cleos_home: Client
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert read(browser.get(PAGE)).all(id="feed-address") == []
    url = renew(browser)
    assert status(url) == 200
    again = read(browser.get(PAGE))
    assert again.all(id="feed-address") == []
    assert url.split("/")[-1] not in browser.get(PAGE).content.decode()
    assert [each.note for each in Activity.objects.all()] == ["Calendar address made."]


def test_a_new_address_ends_the_old_one(signed_in: SignIn, sam: User) -> None:
    browser = signed_in(sam)
    old, calendar = renew(browser), CalendarFeed.objects.get().calendar_id
    new = renew(browser)
    assert [status(old), status(new)] == [404, 200]
    assert CalendarFeed.objects.get().calendar_id == calendar


def test_switched_off_it_opens_nothing(signed_in: SignIn, sam: User, stan: User) -> None:
    browser, others = signed_in(sam), feed_url(stan)
    url = renew(browser)
    answer = browser.post(END)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert [status(url), status(others)] == [404, 200]
    assert CalendarFeed.objects.filter(user=sam).count() == 0
    newest = Activity.objects.order_by("-pk")[0]
    assert (newest.by, newest.note) == (sam, "Calendar address switched off.")


def test_rule_103_an_old_link_is_refused_once_the_password_has_changed(
    signed_in: SignIn, sam: User
) -> None:
    """Changed on the page by oneself; the new one may be the same word again."""
    browser = signed_in(sam)
    url = renew(browser)
    assert status(url) == 200
    word = "paws-and-tails"
    form = {"oldpassword": word, "password1": "tails-and-paws", "password2": "tails-and-paws"}
    assert browser.post("/accounts/password/", form).status_code == 302
    assert status(url) == 404
    form = {"oldpassword": "tails-and-paws", "password1": word, "password2": word}
    assert browser.post("/accounts/password/", form).status_code == 302
    assert status(url) == 404
    assert "Your password has changed" in read(browser.get(PAGE)).text
    assert status(renew(browser)) == 200


def test_rule_103_whichever_door_the_new_password_came_through(sam: User) -> None:
    url = feed_url(sam)
    sam.set_password("tails-and-paws")
    sam.save(update_fields=["password"])
    assert status(url) == 404


def test_it_ends_with_the_account_and_stays_ended(sam: User, ada: User) -> None:
    url = feed_url(sam)
    assert status(url) == 200
    deactivate_user(user=sam, by=ada)
    assert status(url) == 404
    reactivate_user(user=sam, by=ada)
    assert status(url) == 404


def test_off_boarding_says_that_it_ends(signed_in: SignIn, sam: User, ada: User) -> None:
    browser, said = signed_in(ada), "The address of the own calendar is closed."
    url = f"/users/{sam.pk}/offboard/"
    assert said not in browser.get(url).content.decode()
    feed_url(sam)
    assert said in browser.get(url).content.decode()
    deactivate_user(user=sam, by=ada)
    assert said not in browser.get(url).content.decode()


def test_a_login_without_a_home_reads_an_empty_calendar(
    cleo: User, cleos_home: Client, ada: User
) -> None:
    make_visit(cleos_home)
    url = feed_url(cleo)
    assert b"BEGIN:VEVENT" in Browser().get(url).content
    detach_client(user=cleo, client=cleos_home, by=ada)
    assert b"BEGIN:VEVENT" not in Browser().get(url).content


def test_nothing_about_it_while_viewing_as_the_client(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client
) -> None:
    url, browser = feed_url(cleo), signed_in(ada)
    browser.post(f"/logins/{cleo.pk}/view/")
    assert "/account/calendar/" not in browser.get("/my-schedule/").content.decode()
    assert {browser.get(PAGE).status_code, browser.post(PAGE).status_code} == {403}
    assert {browser.post(RENEW).status_code, browser.post(END).status_code} == {403}
    assert status(url) == 200


def test_the_secret_is_nowhere_in_the_database(signed_in: SignIn, sam: User) -> None:
    """Not with the feed, not in the session of who made it."""
    url = renew(signed_in(sam))
    secret = url.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) == 43  # 256 bits
    feed = CalendarFeed.objects.values().get()
    assert feed["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(feed)
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert kept
    assert secret not in str(kept)
    assert secret not in str(list(Activity.objects.values()))
    assert status(f"/calendar/{feed['digest']}.ics") == 404


def test_what_it_says_can_be_chosen(signed_in: SignIn, sam: User) -> None:
    browser = signed_in(sam)
    renew(browser)
    answer = browser.post(PAGE, {"has_address": "on"})
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    feed = CalendarFeed.objects.get()
    assert (feed.has_address, feed.has_note) == (True, False)
    page = read(browser.get(PAGE))
    ticked = [box.attrs["name"] for box in page.all("input", type="checkbox", checked="")]
    assert ticked == ["has_address"]
    browser.post(PAGE, {})
    assert CalendarFeed.objects.get().has_address is False


def test_only_what_one_may_see_can_be_chosen(
    signed_in: SignIn, sam: User, cleo: User, cleos_home: Client
) -> None:
    for key in ADDRESS_KEYS:
        FieldRule.objects.create(subject="client", key=key, sitter=Access.HIDE)
    SiteOptions.renew_fields()
    offered = {}
    for who in (sam, cleo):
        browser = signed_in(who)
        renew(browser)
        browser.post(PAGE, {"has_address": "on", "has_note": "on"})
        boxes = read(browser.get(PAGE)).all("input", type="checkbox")
        feed = CalendarFeed.objects.get(user=who)
        offered[who] = ([box.attrs["name"] for box in boxes], feed.has_address, feed.has_note)
    assert offered == {
        sam: (["has_note"], False, True),
        cleo: (["has_address"], True, False),
    }


def test_without_an_address_there_is_nothing_to_choose(signed_in: SignIn, sam: User) -> None:
    browser = signed_in(sam)
    assert read(browser.get(PAGE)).all("input", type="checkbox") == []
    assert browser.post(PAGE, {"has_address": "on"}).status_code == 200
    assert CalendarFeed.objects.count() == 0


def test_guessing_is_limited_and_reading_is_not(limits: Settings, sam: User) -> None:
    url, browser = feed_url(sam), Browser()
    assert [browser.get(url).status_code for _ in range(5)] == [200] * 5
    guesses = [browser.get(f"/calendar/{'x' * 42}{number}.ics") for number in range(4)]
    assert [answer.status_code for answer in guesses] == [404, 404, 404, 429]
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert guesses[-1].content.decode().startswith("Too many tries.")
    assert Lockout.objects.get().door == "calendar"


@pytest.mark.parametrize("level", [logging.INFO, logging.ERROR])
def test_no_log_names_the_secret(level: int) -> None:
    """Neither the message nor the traceback below it."""
    formatter = DiscreetFormatter("{levelname} {message}", style="{")
    path = "/calendar/abc-DEF_123.ics"
    problem = ValueError(f"No such page: http://testserver{path}?a=1")
    info = (ValueError, problem, None)
    record = logging.LogRecord("django", level, "", 1, "Forbidden: %s", (path,), info)
    text = formatter.format(record)
    assert text.count("/calendar/….ics") == 2
    assert "abc-DEF_123" not in text


def test_the_shipped_settings_log_through_it() -> None:
    from pawfile import settings as shipped

    handlers = shipped.LOGGING["handlers"].values()  # type: ignore[attr-defined]
    formatters = shipped.LOGGING["formatters"]
    assert {formatters[handler["formatter"]]["()"] for handler in handlers} == {  # type: ignore[index]
        "pawfile.lib.logs.DiscreetFormatter"
    }


def test_the_page_promises_a_sitter_no_canceled_visits(
    signed_in: SignIn, sam: User, mona: User, cleos_home: Client
) -> None:
    """The calendar of a sitter holds none, unlike the others'."""
    inside = {who: read(signed_in(who).get(PAGE)).one("ul", cls="dots").text for who in (sam, mona)}
    assert "Canceled ones disappear." in inside[sam]
    assert "canceled ones marked as such" in inside[mona]
    assert "marked" not in inside[sam]
