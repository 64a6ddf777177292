"""The worker: takes due jobs one at a time, each under a lease."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from pawfile.jobs import periodic
from pawfile.jobs.models import Job, JobState

logger = logging.getLogger(__name__)

#: A worker that dies gives its job back when this is over; one that lives renews it.
LEASE = timedelta(minutes=5)
RENEWALS = 3
MAX_ATTEMPTS = 3
KEEP_DONE = timedelta(days=7)
#: Seconds between two looks for periodic work that is due.
LOOK = 5.0


def take_job() -> Job | None:
    """Lease the next due job, or ``None``. Two workers never get the same one."""
    with transaction.atomic():
        jobs = Job.objects.due()
        if connection.features.has_select_for_update_skip_locked:
            jobs = jobs.select_for_update(skip_locked=True)
        job = jobs.first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.attempts += 1
        job.leased_until_at = timezone.now() + LEASE
        job.save(update_fields=["state", "attempts", "leased_until_at"])
        return job


@contextmanager
def renewed(job: Job) -> Iterator[None]:
    """Renew the lease meanwhile: a long file takes longer to import than a lease lasts."""
    is_over = Event()

    def renew() -> None:
        while not is_over.wait(LEASE.total_seconds() / RENEWALS):
            with suppress(DatabaseError):  # a busy database now; there is time for another try
                mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
                mine.update(leased_until_at=timezone.now() + LEASE)
            connection.close()

    thread = Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def run_job(job: Job) -> None:
    """Run a leased job. A failure is kept with its reason and tried again, three times in all."""
    try:
        if job.attempts > MAX_ATTEMPTS:
            raise RuntimeError("The worker died while running this job.")
        task: Task[..., object] = import_string(job.task)
        with renewed(job):
            task.call(*job.arguments["args"], **job.arguments["kwargs"])
    except Exception as problem:
        logger.exception("Job %s failed, attempt %s", job.pk, job.attempts)
        job.error = f"{type(problem).__name__}: {problem}".replace("\0", "")
        if job.attempts < MAX_ATTEMPTS:
            job.state = JobState.WAITING
            job.run_at = timezone.now() + timedelta(seconds=10 * 3**job.attempts)
        else:
            job.state = JobState.FAILED
            job.finished_at = timezone.now()
    else:
        job.state = JobState.DONE
        job.error = ""
        job.finished_at = timezone.now()
    job.leased_until_at = None
    job.save()


def forget_old_jobs() -> None:
    """Delete jobs that were done a week ago; failed ones stay to be looked at."""
    Job.objects.filter(state=JobState.DONE, finished_at__lt=timezone.now() - KEEP_DONE).delete()


def work(*, stop: Event, once: bool = False, pause: float = 1.0) -> int:
    """Run jobs until ``stop`` is set, or with ``once`` until none is due.

    Returns the number of jobs run. ``pause`` is in seconds, between looks at an empty queue.
    """
    done, look_at = 0, 0.0
    forget_old_jobs()
    while not stop.is_set():
        if monotonic() >= look_at:
            periodic.run_due()
            look_at = monotonic() + LOOK
        job = take_job()
        if job is not None:
            run_job(job)
            done += 1
        elif once:
            break
        else:
            stop.wait(pause)
    return done
