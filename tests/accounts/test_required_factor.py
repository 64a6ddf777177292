"""Where the company asks for it, staff set up a second factor before anything else."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from tests.accounts.people import CODE, PASSWORD, add_app, come_in, is_in, shown_by_app

FACTORS = "/account/factors/"


@pytest.fixture(autouse=True)
def required(db: None) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(is_second_factor_required=True)


def away(browser: Browser, url: str) -> str:
    return str(browser.get(url).headers.get("Location", ""))


@pytest.mark.parametrize("who", ["ada", "mona", "sam"])
def test_staff_without_one_are_led_to_it(who: str, request: pytest.FixtureRequest) -> None:
    browser = come_in(request.getfixturevalue(who))
    assert [away(browser, url) for url in ("/", "/clients/", "/account/")] == [FACTORS] * 3
    assert browser.post("/clients/new/", {"first_name": "Eve"}).headers["Location"] == FACTORS
    assert "asks everybody on staff for a second factor" in browser.get(FACTORS).content.decode()
    part = browser.get("/clients/", headers={"HX-Request": "true"})
    assert (part.content, part.headers["HX-Redirect"]) == (b"", FACTORS)
    assert browser.get("/nowhere/").status_code == 404
    browser.post("/accounts/logout/")
    assert away(browser, "/").startswith("/accounts/login/")


def test_clients_may_go_on_without(cleo: User) -> None:
    assert is_in(come_in(cleo))


def test_the_way_to_it_is_open_and_ends_at_the_book(sam: User) -> None:
    browser = come_in(sam)
    assert away(browser, f"{FACTORS}app/").startswith("/accounts/reauthenticate/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.get(f"{FACTORS}app/")
    code = shown_by_app(browser.session["mfa.totp.secret"])
    browser.post(f"{FACTORS}app/", {"code": code})
    assert browser.get("/clients/").status_code == 200


def test_who_removes_the_last_one_sets_up_another(sam: User) -> None:
    secret = add_app(sam)
    browser = come_in(sam)
    browser.post(CODE, {"code": shown_by_app(secret)})
    assert browser.get("/clients/").status_code == 200
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post(f"{FACTORS}app/remove/")
    assert away(browser, "/clients/") == FACTORS


def test_whoever_has_one_pays_no_query_for_it(sam: User) -> None:
    secret = add_app(sam)
    browser = come_in(sam)
    browser.post(CODE, {"code": shown_by_app(secret)})
    counts = []
    for is_required in (False, True):
        SiteOptions.objects.update(is_second_factor_required=is_required)
        browser.get("/vets/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/vets/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
