"""Sweeps over real files that are no part of this repository: ``make corpora``."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BESIDE = HERE.parents[1].parent / "shared" / "corpora"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nothing in this folder runs in ``make test``, marked by hand or not."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.corpora)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real files: ``CORPORA``, else the one beside the checkout."""
    folder = Path(os.environ.get("CORPORA") or BESIDE).resolve()
    if not folder.is_dir():
        pytest.fail(f"No folder {folder}: say where the real files are with CORPORA=/some/folder")
    return folder
