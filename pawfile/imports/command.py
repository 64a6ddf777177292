"""``pawfile import``: a run with its report, and an exit code."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from django.db import DatabaseError
from django.utils.translation import gettext as _

from pawfile.imports.issues import printable
from pawfile.imports.layout import MappingError
from pawfile.imports.report import closing, findings, opening, write_table
from pawfile.imports.run import ImportRun, Progress
from pawfile.imports.saved_mappings import for_files
from pawfile.lib.sheets import SheetError

WORKED, FAILED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes. Rows with problems are no failure of the run."""


def import_and_report(
    paths: Path | Sequence[Path],
    *,
    mapped: Iterable[str],
    fixed: Iterable[str],
    is_dry: bool,
    table: Path | None,
    say: Callable[[str], None],
    mapping: str = "",
) -> int:
    """Import files together, say what happened, write all remarks to ``table``; the exit code."""
    every = [paths] if isinstance(paths, Path) else list(paths)
    if table and table.exists() and any(table.samefile(path) for path in every):
        say_wrong(_("The report would overwrite the file. Give it another name."))
        return UNUSABLE
    try:
        # Opened first: a report that cannot be written is found out before the work is done.
        with table.open("w", encoding="utf-8-sig", newline="") if table else nullcontext() as file:
            said: Mapping[str, list[str]] | list[str] = list(mapped)
            choices: Mapping[str, str] = {}
            if mapping:
                said, choices = for_files(mapping, every, mapped)
            run = ImportRun(every, mapped=said, fixed=fixed, choices=choices, is_dry=is_dry)
            code = _run(run, say)
            if file:
                write_table(run.issues.all(), file)
            return code
    except (SheetError, MappingError) as problem:
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


def _run(run: ImportRun, say: Callable[[str], None]) -> int:
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
    for text in closing(run):
        say(printable(text))
    return code


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
