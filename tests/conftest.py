"""Fixtures of every test: the database's and the people."""

import pytest

from pawfile.search import typos

pytest_plugins = ["tests.database", "tests.personas"]


@pytest.fixture(autouse=True)
def fresh_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own words: a rolled-back test leaves ids that the next one uses again."""
    monkeypatch.setattr(typos, "_known", typos._Known())
