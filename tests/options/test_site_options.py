"""Site Options: one row, sensible defaults, the company's clock."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]


def test_options_are_there_without_being_made(db: None) -> None:
    options = SiteOptions.load()
    assert (options.pk, options.change_window, options.has_sitter_editing) == (1, 90, False)
    assert SiteOptions.load() == options
    assert SiteOptions.objects.count() == 1


def test_there_is_one_row_only(db: None) -> None:
    SiteOptions.load()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteOptions.objects.create(pk=2)


@pytest.mark.parametrize("name", ["", "Ohio", "America/Nowhere", "../../etc/passwd", "EST5 EDT"])
def test_a_time_zone_that_is_none_is_refused(db: None, name: str) -> None:
    options = SiteOptions.load()
    options.time_zone = name
    with pytest.raises(ValidationError) as refusal:
        options.full_clean()
    assert list(refusal.value.message_dict) == ["time_zone"]


@pytest.mark.parametrize(
    ("zone", "greeting"),
    [
        ("America/New_York", "Good evening, Ada"),
        ("Europe/Berlin", "Good morning, Ada"),
        ("Pacific/Auckland", "Good afternoon, Ada"),
    ],
)
def test_pages_tell_the_companys_time(
    signed_in: SignIn, ada: User, zone: str, greeting: str
) -> None:
    SiteOptions.objects.create(pk=1, time_zone=zone)
    browser = signed_in(ada)
    with time_machine.travel(datetime(2026, 7, 1, 0, 30, tzinfo=UTC), tick=False):
        browser.force_login(ada)
        assert read(browser.get("/")).one("h1").text == greeting


def test_the_companys_name_is_on_every_page_as_text(signed_in: SignIn, ada: User) -> None:
    SiteOptions.objects.create(pk=1, company_name="Paws <&> Tails")
    assert "Paws &lt;&amp;&gt; Tails" in content(signed_in(ada).get("/"))
    assert "<&>" not in content(Browser().get("/accounts/login/"))
