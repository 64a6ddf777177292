"""How long openings are kept: for ever, or for so many days; what is deleted is told of."""

from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from pawfile.access.actions import log
from pawfile.access.actions.log import delete_old_reveals
from pawfile.access.models import Reveal
from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.jobs.models import PeriodicWork
from pawfile.jobs.worker import work
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_reveal


@pytest.fixture
def made(cleos_home: Client, sam: User) -> dict[int, Reveal]:
    """Age in days → an opening of that age."""
    now = timezone.now()
    return {
        days: make_reveal(cleos_home, by=sam, opened_at=now - timedelta(days=days))
        for days in (0, 89, 91, 400, 500)
    }


def told() -> list[tuple[str, str, str, str]]:
    entries = Activity.objects.order_by("pk")
    return [(entry.who, entry.about, entry.new_text, entry.note) for entry in entries]


def left(made: dict[int, Reveal]) -> list[int]:
    stored = set(Reveal.objects.values_list("pk", flat=True))
    return [days for days, reveal in made.items() if reveal.pk in stored]


def test_at_first_openings_are_kept_for_ever(made: dict[int, Reveal]) -> None:
    assert delete_old_reveals() is False
    assert (left(made), told()) == ([0, 89, 91, 400, 500], [])


def test_older_ones_are_deleted_and_it_is_written_down(made: dict[int, Reveal]) -> None:
    SiteOptions.objects.update(reveal_retention_days=90)
    assert delete_old_reveals() is False
    assert left(made) == [0, 89]
    assert told() == [("Pawfile", "Home-access log", "3 rows deleted", "Older than 90 days")]
    assert delete_old_reveals() is False
    assert len(told()) == 1


def test_many_are_deleted_in_pieces_the_oldest_first(
    made: dict[int, Reveal], monkeypatch: pytest.MonkeyPatch
) -> None:
    SiteOptions.objects.update(reveal_retention_days=90)
    monkeypatch.setattr(log, "AT_ONCE", 2)
    assert (delete_old_reveals(), left(made)) == (True, [0, 89, 91])
    assert (delete_old_reveals(), left(made)) == (False, [0, 89])
    assert [new for _who, _about, new, _note in told()] == ["2 rows deleted", "1 row deleted"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_it_once_a_day(
    made: dict[int, Reveal], monkeypatch: pytest.MonkeyPatch
) -> None:
    SiteOptions.objects.update(reveal_retention_days=90)
    monkeypatch.setattr(log, "AT_ONCE", 2)
    work(stop=Event(), once=True)
    assert left(made) == [0, 89]
    next_run = PeriodicWork.objects.get(name="old_reveals").next_run_at - timezone.now()
    assert timedelta(hours=23) < next_run <= timedelta(days=1)
