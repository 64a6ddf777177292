"""Background work: leases, retries, and a worker that dies."""

import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import task

from pawfile.jobs.backend import LeasedBackend
from pawfile.jobs.models import Job, JobState
from pawfile.jobs.worker import MAX_ATTEMPTS, run_job, take_job, work

done: list[str] = []


@task
def note(word: str) -> None:
    done.append(word)


@task
def fail() -> None:
    raise ValueError("No luck.")


@pytest.fixture(autouse=True)
def leased(settings: pytest.FixtureRequest) -> None:
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}  # type: ignore[attr-defined]
    done.clear()


def enqueue(target: object, *args: str) -> Job:
    result = LeasedBackend("default", {}).enqueue(target, args, {})  # type: ignore[arg-type]
    return Job.objects.get(pk=result.id)


@pytest.mark.django_db
def test_a_job_is_run_once_and_kept_as_done() -> None:
    job = enqueue(note, "paw")
    assert work(stop=Event(), once=True) == 1
    assert work(stop=Event(), once=True) == 0
    job.refresh_from_db()
    assert (done, job.state, job.attempts) == (["paw"], JobState.DONE, 1)


@pytest.mark.django_db
def test_a_failing_job_is_tried_three_times_and_kept_with_its_reason() -> None:
    job = enqueue(fail)
    for _attempt in range(MAX_ATTEMPTS):
        assert work(stop=Event(), once=True) == 1
        assert work(stop=Event(), once=True) == 0, "it waits before the next attempt"
        Job.objects.filter(state=JobState.WAITING).update(run_at=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, MAX_ATTEMPTS)
    assert job.error == "ValueError: No luck."


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_taken_again_when_the_lease_is_over() -> None:
    enqueue(note, "paw")
    taken = take_job()
    assert taken is not None
    assert take_job() is None
    Job.objects.update(leased_until_at=timezone.now() - timedelta(seconds=1))
    again = take_job()
    assert again is not None
    assert again.pk == taken.pk
    run_job(again)
    assert done == ["paw"]


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_ends_as_failed() -> None:
    job = enqueue(note, "paw")
    taken = None
    for _attempt in range(MAX_ATTEMPTS + 1):
        Job.objects.update(leased_until_at=timezone.now() - timedelta(seconds=1))
        taken = take_job()
    assert taken is not None
    run_job(taken)
    job.refresh_from_db()
    assert (done, job.state) == ([], JobState.FAILED)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_get_the_same_job() -> None:
    for number in range(12):
        enqueue(note, str(number))
    taken: list[int] = []

    def take_all() -> None:
        try:
            while (job := take_job()) is not None:
                taken.append(job.pk)
        finally:
            connection.close()

    workers = [Thread(target=take_all) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert len(taken) == 12
    assert len(set(taken)) == 12


@task
def wait_long() -> None:
    before = Job.objects.get().leased_until_at
    for _look in range(200):
        if Job.objects.get().leased_until_at != before:
            done.append("renewed")
            return
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lives_renews_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pawfile.jobs.worker.RENEWALS", 6_000)  # every 50 milliseconds
    job = enqueue(wait_long)
    assert work(stop=Event(), once=True) == 1
    job.refresh_from_db()
    assert (done, job.state, job.leased_until_at) == (["renewed"], JobState.DONE, None)
