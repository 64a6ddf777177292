"""Demo companies that several tests look at, each made once a module and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from pawfile.demo.fill import fill_demo


@contextmanager
def demo_company(folder: Path, *, clients: int | None, seed: int = 1) -> Iterator[list[str]]:
    """A filled database inside a transaction that is rolled back; yields what the fill said."""
    said: list[str] = []
    with override_settings(MEDIA_ROOT=folder), transaction.atomic():
        fill_demo(clients=clients, seed=seed, say=said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def small_company(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The hand-written company; the folder of its uploads."""
    folder = tmp_path_factory.mktemp("uploads")
    with demo_company(folder, clients=None):
        yield folder


@pytest.fixture(scope="module")
def large_company(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hand-written and invented households."""
    folder = tmp_path_factory.mktemp("uploads")
    with demo_company(folder, clients=400):
        yield
