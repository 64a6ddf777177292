"""What every answer carries, and that no form is taken without its token."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.access.addresses import ADDRESSES
from tests.access.home import Home
from tests.profiles.pages import content

SignIn = Callable[[User], Browser]
FORMS = [name for name, address in ADDRESSES.items() if address.methods == "GET HEAD POST"]


pytestmark = pytest.mark.usefixtures("cast")


def test_every_answer_forbids_what_browsers_should_not_do(
    home: Home, ada: User, signed_in: SignIn
) -> None:
    browser = signed_in(ada)
    for name, address in ADDRESSES.items():
        answer = browser.get(address.url(name, home))
        content(answer)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "script-src 'self';" in policy + ";", name
        assert ("unsafe" in policy, "frame-ancestors 'none'" in policy) == (False, True), name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name


def test_no_shared_cache_keeps_a_private_page(home: Home, ada: User, signed_in: SignIn) -> None:
    """Whatever depends on who is signed in says so."""
    browser = signed_in(ada)
    for name, address in ADDRESSES.items():
        if address.statuses[-1] != 302:
            continue
        answer = browser.get(address.url(name, home))
        content(answer)
        told = f"{answer.headers.get('Vary', '')} {answer.headers.get('Cache-Control', '')}"
        assert "Cookie" in told or "no-store" in told or "no-cache" in told, name


@pytest.mark.parametrize("part", ["", "part"])
def test_a_part_is_not_taken_for_its_page(
    home: Home, ada: User, signed_in: SignIn, part: str
) -> None:
    """One address answers both; a browser's cache must know which it has kept."""
    headers = {"HX-Request": "true"} if part else {}
    urls = ["/clients/", "/pets/", "/vets/", f"/clients/{home.client.pk}/changes/street/"]
    for url in urls:
        answer = signed_in(ada).get(url, headers=headers)
        assert "HX-Request" in answer.headers["Vary"]
        assert ("<html" in content(answer)) == (not part)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_token_is_refused(name: str, home: Home, ada: User) -> None:
    browser = Browser(enforce_csrf_checks=True)
    if ADDRESSES[name].statuses[-1] == 302:
        browser.force_login(ada)
    before = Client.objects.values().get(pk=home.client.pk)
    form = {"street": "Evil", "name": "Cleo Carter", "instead": "inactive", "first_name": "Eve"}
    assert browser.post(ADDRESSES[name].url(name, home), form).status_code == 403
    assert Client.objects.values().get(pk=home.client.pk) == before


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(ada: User) -> None:
    browser = Browser()
    browser.post("/accounts/login/", {"login": ada.email, "password": "paws-and-tails"})
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    browser.get("/clients/new/")
    token = browser.cookies[settings.CSRF_COOKIE_NAME]
    assert (token["httponly"], token["samesite"]) == (True, "Lax")
