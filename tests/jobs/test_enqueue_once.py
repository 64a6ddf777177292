"""One waiting job is enough, as long as it runs after what it should see."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task
from pytest_django import Settings

from pawfile.jobs.actions import enqueue_once
from pawfile.jobs.models import Job, JobState
from pawfile.jobs.worker import take_job


@task
def look() -> None:
    pass


@pytest.fixture(autouse=True)
def leased(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}


@pytest.mark.django_db
def test_a_waiting_job_is_enough() -> None:
    enqueue_once(look)
    enqueue_once(look)
    assert Job.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("is_for_later", [True, False])
def test_one_that_runs_already_or_much_later_is_not(*, is_for_later: bool) -> None:
    enqueue_once(look)
    if is_for_later:
        Job.objects.update(run_at=timezone.now() + timedelta(hours=1))
    else:
        assert take_job() is not None
    enqueue_once(look)
    assert Job.objects.filter(state=JobState.WAITING).count() == 1 + is_for_later


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_cannot_take_it_before_the_commit() -> None:
    """Else the job would look too early, and what is committed after it would wait."""
    enqueue_once(look)
    held, seen = Event(), Event()
    taken: list[Job | None] = []

    def take() -> None:
        try:
            held.wait(30)
            taken.append(take_job())
        finally:
            seen.set()
            connection.close()

    worker = Thread(target=take)
    worker.start()
    with transaction.atomic():
        enqueue_once(look)
        held.set()
        assert seen.wait(30)
    worker.join(timeout=30)
    assert taken == [None]
    assert take_job() is not None
    assert Job.objects.count() == 1
