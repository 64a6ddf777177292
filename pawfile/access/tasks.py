"""Work of the worker: old rows leave the home-access log."""

from django_tasks import task

from pawfile.access.actions.log import delete_old_reveals
from pawfile.jobs.actions import enqueue_once


@task
def thin_the_log() -> None:
    """May run again, at any time and twice at once: what is gone is told of once."""
    if delete_old_reveals():
        enqueue_once(thin_the_log)


def look_for_old_reveals() -> None:
    """Once a day."""
    enqueue_once(thin_the_log)
