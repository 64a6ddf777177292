"""Work of the worker: say what would become of each row, and import them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.imports.issues import Issue, Kind
from pawfile.imports.layout import MappingError
from pawfile.imports.models import ImportedRow, ImportJob, ImportState
from pawfile.imports.new_fields import withdraw_fields
from pawfile.imports.outcome import Outcome, RowOutcome
from pawfile.imports.problems import kept_cells
from pawfile.imports.proposals import run_of
from pawfile.imports.run import ImportRun
from pawfile.imports.undoing import undo_step
from pawfile.lib.sheets import SheetError

STEP = 500
#: A worker that said nothing for so long is taken for dead.
SILENT = timedelta(minutes=1)
#: Said of what broke off: whether it was being undone → words.
BROKEN = {
    False: gettext_lazy(
        "It stopped by an error. Rows that are done are saved; import again for the rest."
    ),
    True: gettext_lazy(
        "Undoing stopped by an error. What is taken back stays so; undo again for the rest."
    ),
}


@task
def look_at_rows(job_id: int) -> None:
    """May run again: it starts anew."""
    guarded(job_id, ImportState.PLANNING, plan_rows)


@task
def import_rows(job_id: int) -> None:
    """May run again: what is saved stays as it was accounted for, the rest is done."""
    guarded(job_id, ImportState.RUNNING, save_rows)


@task
def undo_rows(job_id: int, by_id: int | None) -> None:
    """May run again: what is taken back is not in the journal any more."""
    by = None if by_id is None else User.objects.filter(pk=by_id).first()
    guarded(job_id, ImportState.UNDOING, partial(take_back, by=by))


def guarded(job_id: int, state: ImportState, work: Callable[[ImportJob], None]) -> None:
    """Do it if it waits to be done and no other worker is at it; a failure is said on the page."""
    waiting = ImportJob.objects.filter(pk=job_id, state=state)
    is_free = Q(beat_at=None) | Q(beat_at__lt=timezone.now() - SILENT)
    if not waiting.filter(is_free).update(beat_at=timezone.now()):
        if waiting.exists():
            raise RuntimeError("Another worker is at this import.")
        return
    job = waiting.get()
    try:
        work(job)
    except (SheetError, MappingError) as refusal:
        stopped(job, str(refusal))
    except Exception:
        stopped(job, str(BROKEN[state == ImportState.UNDOING]))
        raise


@transaction.atomic
def stopped(job: ImportJob, reason: str) -> None:
    """It failed, and says why. What must be whole or nothing is taken back."""
    running = ImportJob.objects.filter(pk=job.pk, state=ImportState.RUNNING, is_whole=True)
    if running.update(state=ImportState.UNDOING, reason=reason, beat_at=None):
        undo_rows.enqueue(job.pk, job.made_by_id)
    else:
        ImportJob.objects.filter(pk=job.pk).update(state=ImportState.FAILED, reason=reason)


def plan_rows(job: ImportJob) -> None:
    run, places = opened(job)
    ImportedRow.objects.filter(job=job).delete()
    for rows in chunks(run.plan_rows()):
        ImportedRow.objects.bulk_create(
            ImportedRow(
                job=job,
                sheet=places[row.sheet],
                number=row.number,
                name=row.name,
                plan=row.outcome,
                differences=[[d.subject, d.label, d.old, d.new] for d in row.differences],
                remarks=remarks_of(row.issues),
                alike=alike_of(row.issues),
                options=[option for issue in row.issues for option in issue.options],
                cells=kept_cells(row, job.sheets[places[row.sheet]]),
            )
            for row in rows
        )
        beat(job, len(rows))
    finished(job, run, ImportState.PLANNED)


def save_rows(job: ImportJob) -> None:
    run, places = opened(job)
    ImportJob.objects.filter(pk=job.pk).update(done=0)
    for rows in chunks(run.run_rows(partial(account, job, places))):
        account(job, places, rows)
        for row in rows:
            if any(issue.kind == Kind.NOT_SAVED for issue in row.issues):
                found = job.rows.filter(sheet=places[row.sheet], number=row.number)
                cells = kept_cells(row, job.sheets[places[row.sheet]])
                found.update(remarks=remarks_of(row.issues), cells=cells)
        beat(job, len(rows))
        bad = next((row for row in rows if row.outcome == Outcome.PROBLEM), None)
        if job.is_whole and bad is not None:
            words = _("Row %d could not be imported, so nothing was: it was to be all or nothing.")
            stopped(job, words % bad.number)
            return
    finished(job, run, ImportState.DONE)
    for file in job.files.all():
        default_storage.delete(file.path)


def take_back(job: ImportJob, *, by: User | None) -> None:
    """Undo the import; the rows that were imported wait as before."""
    steps = job.steps.order_by("-pk")
    ImportJob.objects.filter(pk=job.pk).update(done=0, total=steps.count())
    for pk in steps.values_list("pk", flat=True):
        with transaction.atomic():
            left = undo_step(steps.get(pk=pk), by=by)
            job.left += left
            ImportJob.objects.filter(pk=job.pk).update(
                left=job.left, done=F("done") + 1, beat_at=timezone.now()
            )
    with transaction.atomic():
        job.rows.update(outcome="")
        job.left += withdraw_fields(job.field_edits, by=by)
        ImportJob.objects.filter(pk=job.pk).update(
            state=ImportState.UNDONE, left=job.left, finished_at=timezone.now()
        )
        note = _("%d records were left, edited since") % len(job.left) if job.left else ""
        kind = ActivityKind.IMPORT
        record_activity(by=by, kind=kind, about=str(job), new=_("Undone"), note=note)
    for file in job.files.all():
        default_storage.delete(file.path)


def opened(job: ImportJob) -> tuple[ImportRun, list[int]]:
    """The run, and the place in the job of each of its tables: some may be passed over."""
    run = run_of(job.files.all(), mapped=job.mapped, choices=job.choices, job=job)
    titles = [sheet["title"] for sheet in job.sheets]
    return run, [titles.index(layout.title) for layout in run.layouts]


def account(job: ImportJob, places: Sequence[int], rows: Sequence[RowOutcome]) -> None:
    """Write down what became of rows; of a row that has it already, nothing else."""
    numbers = defaultdict(list)
    for row in rows:
        numbers[places[row.sheet], row.outcome].append(row.number)
    for (sheet, outcome), found in numbers.items():
        waiting = ImportedRow.objects.filter(job=job, outcome="", sheet=sheet, number__in=found)
        waiting.update(outcome=outcome)


def beat(job: ImportJob, count: int) -> None:
    ImportJob.objects.filter(pk=job.pk).update(done=F("done") + count, beat_at=timezone.now())


def finished(job: ImportJob, run: ImportRun, state: ImportState) -> None:
    counts = {"vets": run.tally.rows["vets"], "blank": run.tally.rows["blank"]}
    ImportJob.objects.filter(pk=job.pk).update(
        state=state, counts=counts, total=F("done"), finished_at=timezone.now()
    )


def remarks_of(issues: Iterable[Issue]) -> list[list[str]]:
    return [
        [issue.severity, issue.column, issue.value, issue.message]
        for issue in issues
        if issue.client is None
    ]


def alike_of(issues: Iterable[Issue]) -> list[tuple[int, str]]:
    return [(issue.client, issue.message) for issue in issues if issue.client is not None]


def chunks(rows: Iterable[RowOutcome]) -> Iterable[list[Any]]:
    iterator = iter(rows)
    while found := list(islice(iterator, STEP)):
        yield found
