"""An import in a process that dies on its way, as by a power cut.

Processes of the tests have threads, and what is forked off such a one may wait for ever: children
come from a server of ``multiprocessing`` that has none, and that has Django loaded already.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from pawfile.accounts.models import User  # noqa: E402
from pawfile.imports import run, tasks  # noqa: E402
from pawfile.imports.actions import start_import, undo_import  # noqa: E402
from pawfile.imports.models import ImportJob, ImportState  # noqa: E402

#: So small that a short file takes many transactions.
BATCH, STEP = 3, 4
Work = Callable[[ImportJob, User], None]

children = get_context("forkserver")
children.set_forkserver_preload([__name__])


def bring_in(job: ImportJob, by: User) -> None:
    """To the end, from wherever it is."""
    tasks.look_at_rows.call(job.pk)
    if ImportJob.objects.get(pk=job.pk).state == ImportState.PLANNED:
        start_import(job=job, by=by)
    tasks.import_rows.call(job.pk)


def take_back(job: ImportJob, by: User) -> None:
    job.refresh_from_db()
    if job.state == ImportState.DONE:
        undo_import(job=job, by=by)
    tasks.undo_rows.call(job.pk, by.pk)


@contextmanager
def counting(at: int = 0) -> Iterator[list[int]]:
    """Counts the statements; dies before the one of this number."""
    count = [0]

    def look(execute: Callable[..., Any], *arguments: Any) -> Any:
        count[0] += 1
        if count[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(look):
        yield count


def killed(work: Work, job: ImportJob, by: User, at: int) -> None:
    """Do the work in a process that is killed before its statement of this number."""
    kept = {name: getattr(settings, name) for name in ("TASKS", "MEDIA_ROOT", "VAULT_KEYS_FILE")}
    told = {"database": dict(connection.settings_dict), "kept": kept, "work": work, "at": at}
    child = children.Process(target=die, kwargs={**told, "job": job.pk, "by": by.pk})
    child.start()
    child.join(timeout=120)
    assert child.exitcode == -signal.SIGKILL
    ImportJob.objects.update(beat_at=None)  # the minute is over in which it might be alive


def die(
    *, database: dict[str, Any], kept: dict[str, Any], work: Work, job: int, by: int, at: int
) -> None:
    connection.settings_dict.update(database)
    run.BATCH, tasks.STEP = BATCH, STEP
    with override_settings(**kept), counting(at):
        user = User.objects.get_queryset().get(pk=by)
        work(ImportJob.objects.get(pk=job), user)
