from collections.abc import Iterator

import pytest
from pytest_django import Settings

from pawfile.jobs import periodic
from tests.mail.smtp_server import Post, post_office


@pytest.fixture(autouse=True)
def no_daily_mails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker here does the same at any hour of the day, and nothing besides."""
    for name in ("look_at_clock", "doubles"):
        monkeypatch.delitem(periodic._registered, name)


@pytest.fixture
def waiting(settings: Settings) -> None:
    """Jobs wait for a worker, as in a company; the rest of the tests run them at once."""
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}


@pytest.fixture
def post(settings: Settings, waiting: None) -> Iterator[Post]:
    """A mail server that the settings name; mails wait until the test delivers them."""
    post = Post()
    with post_office(post) as port:
        use_smtp(settings, port)
        yield post


def use_smtp(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "pawfile.mail.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
