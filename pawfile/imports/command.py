"""``pawfile import``: a run with its report, and an exit code."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.imports.issues import printable
from pawfile.imports.layout import MappingError
from pawfile.imports.models import ImportFile, ImportJob, ImportState
from pawfile.imports.report import closing, findings, opening, write_table
from pawfile.imports.run import ImportRun, Progress
from pawfile.imports.saved_mappings import for_files
from pawfile.imports.tasks import take_back
from pawfile.lib.sheets import SheetError

WORKED, FAILED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes. Rows with problems are no failure of the run."""


def import_and_report(
    paths: Path | Sequence[Path],
    *,
    mapped: Iterable[str],
    fixed: Iterable[str],
    is_dry: bool,
    is_whole: bool = False,
    table: Path | None,
    say: Callable[[str], None],
    mapping: str = "",
) -> int:
    """Import files together, say what happened, write all remarks to ``table``; the exit code."""
    every = [paths] if isinstance(paths, Path) else list(paths)
    if table and table.exists() and any(table.samefile(path) for path in every):
        say_wrong(_("The report would overwrite the file. Give it another name."))
        return UNUSABLE
    job: ImportJob | None = None
    try:
        # Opened first: a report that cannot be written is found out before the work is done.
        with table.open("w", encoding="utf-8-sig", newline="") if table else nullcontext() as file:
            job = None if is_dry else new_job(every)
            said: Mapping[str, list[str]] | list[str] = list(mapped)
            choices: Mapping[str, str] = {}
            if mapping:
                said, choices = for_files(mapping, every, mapped)
            run = ImportRun(
                every, mapped=said, fixed=fixed, choices=choices, is_dry=is_dry, job=job
            )
            code = _run(run, job, say)
            if job is not None:
                code = end_job(job, run, code, is_whole=is_whole, say=say)
            if file:
                write_table(run.issues, file)
            return code
    except (SheetError, MappingError) as problem:
        if job is not None:
            job.delete()
        names = ", ".join(path.name for path in every)
        say_wrong(f"{names}: {problem}")
    except BrokenPipeError:
        raise
    except OSError as problem:
        say_wrong(f"{problem.filename}: {problem.strerror}")
    except DatabaseError as problem:
        say_wrong(
            _("The database could not be read: %s. Start it once with `pawfile serve`.") % problem
        )
        return FAILED
    return UNUSABLE


def _run(run: ImportRun, job: ImportJob | None, say: Callable[[str], None]) -> int:
    code, stopped = WORKED, ""
    for text in opening(run):
        say(printable(text))
    try:
        run.run(progress=progress_line())
    except KeyboardInterrupt:
        code = INTERRUPTED
        stopped = _("Stopped. What is counted below is saved; import again to do the rest.")
    except DatabaseError as problem:
        code = FAILED
        stopped = _("Stopped by the database: %s. What is counted below is saved.") % problem
    for text in findings(run):
        say(printable(text))
    if stopped:
        say_wrong(stopped)
    if job is not None and job.steps.exists():
        say(_("`pawfile undo-import %d` takes this import back.") % job.pk)
    for text in closing(run):
        say(printable(text))
    return code


def new_job(paths: Iterable[Path]) -> ImportJob:
    """Kept until the import is through as one that stopped: so it reads if it is killed."""
    with transaction.atomic():
        stopped = _("Stopped before its end. What it saved can be undone.")
        job = ImportJob.objects.create(state=ImportState.FAILED, reason=stopped)
        ImportFile.objects.bulk_create(ImportFile(job=job, title=path.name[:200]) for path in paths)
    return job


def end_job(
    job: ImportJob, run: ImportRun, code: int, *, is_whole: bool, say: Callable[[str], None]
) -> int:
    """Close the journal; of all or nothing that is not all, take everything back. The exit code."""
    is_missed = is_whole and (code != WORKED or bool(run.tally.rows["problems"]))
    if not job.steps.exists():
        job.delete()
        return FAILED if is_missed else code
    if code == WORKED:
        counts = {"vets": run.tally.rows["vets"], "blank": run.tally.rows["blank"]}
        ImportJob.objects.filter(pk=job.pk).update(
            state=ImportState.DONE, reason="", counts=counts, finished_at=timezone.now()
        )
    if is_missed:
        say_wrong(_("It was to be all or nothing, and not all could be imported."))
        take_back_and_report(job, say=say)
        return FAILED
    return code


def undo_and_report(number: int | None, *, say: Callable[[str], None]) -> int:
    """Undo an import, or list those that can be; the exit code."""
    jobs = ImportJob.objects.filter(steps__isnull=False).distinct().prefetch_related("files")
    if number is None:
        for job in jobs.order_by("-pk"):
            made_at = timezone.localtime(job.made_at)
            say(printable(f"{job.pk:>6}  {made_at:%Y-%m-%d %H:%M}  {job}"))
        if not jobs:
            say(_("No import can be undone."))
        return WORKED
    over = (ImportState.DONE, ImportState.FAILED, ImportState.UNDOING)
    found = jobs.filter(pk=number, state__in=over).first()
    if found is None:
        words = _("There is no import %d that can be undone. Without a number they are listed.")
        say_wrong(words % number)
        return UNUSABLE
    take_back_and_report(found, say=say)
    return WORKED


def take_back_and_report(job: ImportJob, *, say: Callable[[str], None]) -> None:
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.UNDOING, left=[])
    take_back(job, by=None)
    for name, _url, why in job.left:
        say(printable(f"{name}: {why}"))
    say(_("Taken back, but for %d records.") % len(job.left) if job.left else _("Taken back."))


def say_wrong(message: str) -> None:
    sys.stderr.write(f"{printable(message)}\n")
    sys.stderr.flush()


def progress_line() -> Progress | None:
    """Writes how far the run is, where a person watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, every: int) -> None:
        end = "\n" if done == every else ""
        sys.stderr.write(f"\r{done} / {every} {end}")
        sys.stderr.flush()

    return show
