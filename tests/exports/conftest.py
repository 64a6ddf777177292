from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def own_uploads(settings: Settings, tmp_path: Path) -> None:
    """A company's files go along; those of other tests are not this one's."""
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
