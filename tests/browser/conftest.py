"""Chromium in front of a live server. Whatever the browser complains about fails the test.

A test takes ``page`` (and ``sign_in``), or ``window``, which opens one for each person.
Complaints: errors in the console, uncaught exceptions, Content-Security-Policy reports, answers of
500 and above, missing pictures, styles and scripts, requests to any other host. A test that
provokes one looks at ``complaints`` and clears it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect
from pytest_django.live_server_helper import LiveServer

from pawfile.accounts.models import User
from tests.browser.windows import WIDE, Windows

# The browser's driver keeps an event loop in this thread; the tests' queries are meant anyway.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

HERE = Path(__file__).parent
#: The headless shell first: the same engine without the windows and menus around it.
CHROMIUM = (
    "chromium-headless-shell",
    "/usr/bin/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
#: Milliseconds. Pages answer in tens of them; the rest is for busy machines.
STEP, NAVIGATION = 10_000, 20_000
expect.set_options(timeout=STEP)

Contexts = Callable[..., BrowserContext]
SignIn = Callable[..., None]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Where Chromium is: ``CHROMIUM``, else the places where systems put it."""
    given = os.environ.get("CHROMIUM")
    for name in (given,) if given else CHROMIUM:
        if path := shutil.which(name):
            return path
    pytest.fail(
        f"No Chromium at {given or 'the usual places'}."
        " Debian: sudo apt-get install chromium-headless-shell."
        " Elsewhere: CHROMIUM=/path/to/it. Without a browser: make test-quick."
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, Any], live_server: LiveServer
) -> dict[str, Any]:
    """Addresses in tests are short: ``page.goto("/clients/")``."""
    return {**browser_context_args, "base_url": live_server.url, "locale": "en-US"}


#: An answer that is the business of the test, and a question given up for a newer one.
EXPECTED = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What browsers complained of in this test; must be empty when it ends."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def new_context(new_context: Contexts, complaints: list[str], live_server: LiveServer) -> Contexts:
    """Make a browser window of its own, with its own cookies, watched for complaints."""

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**{**WIDE, **options})
        context.grant_permissions(["clipboard-write"])  # the shell asks where a window does not
        context.set_default_timeout(STEP)
        context.set_default_navigation_timeout(NAVIGATION)

        def on_console(message: ConsoleMessage) -> None:
            # What could not be loaded is told apart by on_response: an answer of 404 or 422 to a
            # page or a form is the business of the test.
            if message.type == "error" and not message.text.startswith(EXPECTED):
                complaints.append(f"console: {message.text}")

        def on_response(response: Response) -> None:
            asked = response.request.resource_type
            if response.status >= 500 or (
                response.status >= 400 and asked not in {"document", "xhr", "fetch"}
            ):
                complaints.append(f"{response.status}: {response.url}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((live_server.url, "data:", "blob:")):
                complaints.append(f"another host: {request.url}")

        context.on("console", on_console)
        context.on("response", on_response)
        context.on("request", on_request)
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        return context

    return watched


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> SignIn:
    """``sign_in(mona)``: the window of ``page``, or the one given with ``into``, is hers now."""

    def sign_in(user: User, *, into: BrowserContext = context) -> None:
        client = Client()
        client.force_login(user)
        into.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": live_server.url}
                for name, cookie in client.cookies.items()
            ]
        )

    return sign_in


@pytest.fixture
def window(new_context: Contexts, sign_in: SignIn) -> Windows:
    """``window(mona)``: a window of her own, signed in; ``window(sam, **PHONE)``: on a phone."""

    def window(user: User | None = None, **options: Any) -> Page:
        context = new_context(**options)
        if user is not None:
            sign_in(user, into=context)
        return context.new_page()

    return window
