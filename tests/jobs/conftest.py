import pytest

from pawfile.jobs import periodic


@pytest.fixture(autouse=True)
def nothing_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker does here is what the test asked for, at any hour of the day."""
    monkeypatch.setattr(periodic, "_registered", {})
