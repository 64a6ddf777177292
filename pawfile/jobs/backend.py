"""Django's tasks interface on our own database: enqueue now, run by ``pawfile worker``."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from pawfile.jobs.models import Job


class LeasedBackend(BaseTaskBackend):
    """Writes a ``Job`` in the caller's transaction: no commit, no job; a commit, surely a job."""

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        job = Job.objects.create(
            task=task.module_path, arguments={"args": list(args), "kwargs": dict(kwargs)}
        )
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.created_at,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
