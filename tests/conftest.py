"""Fixtures of every test: the database's and the people."""

import os

import pytest
from hypothesis import settings

from pawfile.fields import catalogue
from pawfile.search import typos

# A busy machine is no fault: speed is judged in the bench, never by a timed test.
# Continuous integration tries the same cases every time, everybody else new ones.
settings.register_profile("pawfile", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("pawfile")

pytest_plugins = ["tests.database", "tests.limits", "tests.personas", "tests.processes"]


@pytest.fixture(autouse=True)
def fresh_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own words: a rolled-back test leaves ids that the next one uses again."""
    monkeypatch.setattr(typos, "_known", typos._Known())
    catalogue.forget()
