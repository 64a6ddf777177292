"""An administrator at the pages of an import, with a worker and files of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django.fixtures import Settings

from pawfile.accounts.models import User


@pytest.fixture
def leased_and_alone(settings: Settings, tmp_path: Path) -> None:
    """Tasks wait for the worker; uploads are the test's own."""
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}
    settings.MEDIA_ROOT = str(tmp_path / "uploads")


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], ada: User, leased_and_alone: None) -> Browser:
    return signed_in(ada)
