"""Limits against guessing that count; the other tests run without."""

from collections.abc import Iterator

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from pawfile import settings as shipped

LIMITS = {
    "sign_in": {"browser": "4/15m", "both": "3/15m", "account": "5/h", "address": "8/15m"},
    "second_factor": {"browser": "3/h", "both": "3/h", "account": "5/h", "address": "8/h"},
    "reset": {"account": "2/h", "address": "6/h"},
    "registration": {"account": "2/h", "address": "6/h"},
    "code": {"both": "2/h", "address": "3/h"},
    "calendar": {"address": "3/15m"},
    "reveal": {"account": "3/h"},
    "entry": {"address": "3/15m"},
}


@pytest.fixture
def limits(db: None, settings: Settings) -> Iterator[Settings]:
    """Limits that count, few tries each, in the cache of a company: a table of the database."""
    settings.CACHES = {**project.CACHES, "default": shipped.CACHES["default"]}
    settings.ACCOUNT_RATE_LIMITS = shipped.ACCOUNT_RATE_LIMITS
    settings.TRY_LIMITS = LIMITS
    call_command("createcachetable", verbosity=0)
    yield settings
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache_entries")
