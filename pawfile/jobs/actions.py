"""Asking for work, besides ``task.enqueue``."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import Task

from pawfile.jobs.models import Job, JobState


@transaction.atomic
def enqueue_once(task: Task[[], Any]) -> None:
    """Enqueue a task unless it waits already and will run after this transaction's end.

    The waiting job is locked until then: a worker that took it now would not see what this
    transaction writes. One that somebody else holds counts as taken.
    """
    waiting = Job.objects.filter(
        task=task.module_path, state=JobState.WAITING, run_at__lte=timezone.now()
    )
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    if waiting.first() is None:
        task.enqueue()
