"""Jobs that are odd: an unknown task, a reason no database takes, a job not yet due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pawfile.jobs.models import Job, JobState
from pawfile.jobs.worker import run_job, take_job

pytestmark = pytest.mark.django_db
HERE = "tests.jobs.test_odd_jobs"


class Loud:
    """Stands where a task would; what it raises is longer and stranger than it should be."""

    @staticmethod
    def call() -> None:
        raise ValueError("a\0b 🐕 " + "x" * 100_000)


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("tests.no_such.module", "ModuleNotFoundError"),
        (f"{HERE}.no_such_task", "ImportError"),
        (f"{HERE}.HERE", "AttributeError"),
        ("", "ImportError"),
        (f"{HERE}.Loud", "ValueError: ab 🐕"),
    ],
)
def test_a_job_that_cannot_run_is_kept_with_its_reason(task: str, reason: str) -> None:
    """The worker itself never falls over."""
    Job.objects.create(task=task, arguments={"args": [], "kwargs": {}})
    job = take_job()
    assert job is not None
    run_job(job)
    kept = Job.objects.get()
    assert (kept.state, kept.attempts, kept.error.startswith(reason)) == (
        JobState.WAITING, 1, True,
    )  # fmt: skip
    assert kept.run_at > timezone.now()


def test_a_job_with_broken_arguments_is_kept_with_its_reason() -> None:
    Job.objects.create(task=f"{HERE}.Loud", arguments={})
    job = take_job()
    assert job is not None
    run_job(job)
    assert Job.objects.get().error == "KeyError: 'args'"


def test_a_job_for_later_waits() -> None:
    Job.objects.create(task="x", run_at=timezone.now() + timedelta(minutes=1))
    assert take_job() is None


def test_the_oldest_job_is_first() -> None:
    now = timezone.now()
    jobs = [Job.objects.create(task=f"{n}", run_at=now - timedelta(hours=n)) for n in (1, 3, 2)]
    taken = [take_job() for _ in jobs]
    assert [job.task for job in taken if job] == ["3", "2", "1"]
    assert take_job() is None


def test_finished_jobs_are_not_taken_again() -> None:
    for state in (JobState.DONE, JobState.FAILED):
        Job.objects.create(
            task="x", state=state, leased_until_at=timezone.now() - timedelta(days=1)
        )
    assert take_job() is None
