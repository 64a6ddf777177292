"""Work that comes again: once for all workers, and again after a failure."""

from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import connection
from django.utils import timezone

from pawfile.jobs import periodic
from pawfile.jobs.models import Job, PeriodicWork
from pawfile.jobs.worker import work

HOUR = timedelta(hours=1)
done: list[str] = []


def note() -> None:
    Job.objects.create(task="noted")
    done.append("paw")


def fail() -> None:
    note()
    raise ValueError("No luck.")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


@pytest.mark.django_db
def test_it_is_done_when_it_is_due_and_not_before() -> None:
    periodic.register("note", every=HOUR, work=note)
    periodic.run_due()
    periodic.run_due()
    assert len(done) == 1
    row = PeriodicWork.objects.get()
    assert timedelta(minutes=59) < row.next_run_at - timezone.now() <= HOUR
    PeriodicWork.objects.update(next_run_at=timezone.now())
    periodic.run_due()
    assert len(done) == 2


@pytest.mark.django_db
def test_the_worker_does_it() -> None:
    periodic.register("note", every=HOUR, work=note)
    work(stop=Event(), once=True)
    assert len(done) == 1


@pytest.mark.django_db
def test_a_failure_leaves_nothing_half_done_and_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    periodic.register("fail", every=HOUR, work=fail)
    periodic.register("note", every=HOUR, work=note)
    periodic.run_due()
    assert "Periodic work fail failed" in caplog.text
    assert Job.objects.count() == 1, "the other was done, the failing one rolled back"
    periodic.run_due()
    assert len(done) == 3, "only the failing one was tried again"


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_does_it() -> None:
    periodic.register("note", every=HOUR, work=note)
    start = Barrier(4)

    def look() -> None:
        try:
            start.wait()
            periodic.run_due()
        finally:
            connection.close()

    workers = [Thread(target=look) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert (len(done), Job.objects.count()) == (1, 1)
