"""An import by the page: files come in, columns are chosen, the worker does the rest."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.imports.choices import owner_choice, without_owners
from pawfile.imports.models import KEPT, ImportFile, ImportJob, ImportState, SavedMapping
from pawfile.imports.new_fields import make_fields
from pawfile.imports.outcome import Outcome
from pawfile.imports.proposals import Sheet, new_of, run_of, sheets_of
from pawfile.imports.saved_mappings import tables_of
from pawfile.imports.tasks import import_rows, look_at_rows, undo_rows

#: A worker's job is taken up by another one three times, after five minutes each.
GIVEN_UP = timedelta(minutes=20)
#: A page with more columns could not be sent back.
MOST_COLUMNS = 900


class BusyError(Exception):
    """Somebody was faster: the import is not in the state any more that was on the page."""


class TooWideError(Exception):
    """More columns than the page can ask about."""


def begin_import(*, uploads: Sequence[UploadedFile[Any]], by: User) -> ImportJob:
    """Keep the files and look at their columns. Raises ``SheetError`` if one cannot be read.

    Reading takes a while, so nothing is locked meanwhile; files that are refused are not kept.
    """
    refuse_borrowed_eyes(by)
    files = [ImportFile(title=(upload.name or _("File"))[:200]) for upload in uploads]
    try:
        for file, upload in zip(files, uploads, strict=True):
            default_storage.save(file.path, upload)
        sheets = sheets_of(run_of(files, mapped={}, choices={}, lenient=True), files, {})
        if sum(len(sheet["columns"]) for sheet in sheets) > MOST_COLUMNS:
            words = _("These files have more than %d columns. Leave out what you do not need.")
            raise TooWideError(words % MOST_COLUMNS)
        for sheet in sheets:
            for column in sheet["columns"]:
                column["auto"] = column["value"]
        with transaction.atomic():
            job = ImportJob.objects.create(made_by_id=by.pk, sheets=sheets)
            for file in files:
                file.job = job
            ImportFile.objects.bulk_create(files)
    except BaseException:
        for file in files:
            default_storage.delete(file.path)
        raise
    return job


@transaction.atomic
def plan_import(
    *,
    job: ImportJob,
    sheets: Sequence[Sheet],
    mapped: Mapping[str, list[str]],
    choices: Mapping[str, str],
    by: User,
    save_as: str = "",
) -> None:
    """Keep what was chosen and have the worker say what would become of each row.

    ``save_as``: the name under which the choices are kept for later files too; a mapping that has
    it already is replaced.
    """
    refuse_borrowed_eyes(by)
    take_columns(job, ImportState.PLANNING, sheets=sheets, mapped=mapped, choices=choices)
    if save_as:
        mapping, _is_new = SavedMapping.objects.update_or_create(
            name=save_as,
            defaults={"tables": tables_of(sheets), "made_by_id": by.pk, "made_at": timezone.now()},
        )
        record_activity(by=by, kind=ActivityKind.IMPORT, about=str(mapping), new=_("Mapping saved"))
    look_at_rows.enqueue(job.pk)


class NotWholeError(ValidationError):
    """It was to be all or nothing, and some rows cannot be imported."""


@transaction.atomic
def use_mapping(
    *,
    job: ImportJob,
    sheets: Sequence[Sheet],
    mapped: Mapping[str, list[str]],
    choices: Mapping[str, str],
    by: User,
) -> None:
    """Put what a mapping says in the place of what was chosen; it can still be changed."""
    refuse_borrowed_eyes(by)
    take_columns(job, ImportState.COLUMNS, sheets=sheets, mapped=mapped, choices=choices)


def take_columns(job: ImportJob, state: ImportState, **chosen: Any) -> None:
    states = (ImportState.COLUMNS, ImportState.PLANNED, ImportState.FAILED)
    taken = ImportJob.objects.filter(pk=job.pk, state__in=states).update(
        state=state, done=0, total=0, beat_at=None, reason="", **chosen
    )
    if not taken:
        raise BusyError


@transaction.atomic
def delete_mapping(*, mapping: SavedMapping, by: User) -> None:
    """What was imported with it stays."""
    refuse_borrowed_eyes(by)
    record_activity(by=by, kind=ActivityKind.IMPORT, about=str(mapping), new=_("Mapping deleted"))
    mapping.delete()


@transaction.atomic
def answer_questions(*, job: ImportJob, answers: Mapping[tuple[int, int], str], by: User) -> None:
    """Say whose rows are: (table, number) → the answer that was offered. An empty mapping takes
    all such answers back. The preview begins anew. Raises ``BusyError``."""
    refuse_borrowed_eyes(by)
    choices = dict(job.choices) if answers else without_owners(job.choices)
    for (sheet, number), answer in answers.items():
        choices[owner_choice(job.sheets[sheet]["title"], number)] = answer
    take_columns(job, ImportState.PLANNING, choices=choices)
    look_at_rows.enqueue(job.pk)


@transaction.atomic
def start_import(*, job: ImportJob, is_whole: bool = False, by: User) -> None:
    """Make the fields that were asked for, and have the worker import the rows; with ``is_whole``
    all of them or none.

    Raises ``NotWholeError`` if it is known already that it will not be all, and
    ``ValidationError`` if a field cannot be made.
    """
    refuse_borrowed_eyes(by)
    plans = dict(job.rows.order_by().values_list("plan").annotate(Count("pk")))
    if is_whole and (problems := plans.get(Outcome.PROBLEM)):
        words = ngettext(
            "%d row has a problem. Mend it in the file and upload that again, or import without "
            "“all or nothing”.",
            "%d rows have problems. Mend them in the file and upload that again, or import "
            "without “all or nothing”.",
            problems,
        )
        raise NotWholeError(words % problems)
    taken = ImportJob.objects.filter(pk=job.pk, state=ImportState.PLANNED).update(
        state=ImportState.RUNNING, is_whole=is_whole, done=0, total=sum(plans.values()),
        beat_at=None,
    )  # fmt: skip
    if not taken:
        raise BusyError
    put_new_fields(job, by=by)
    said = _("%(create)d rows to create, %(update)d to update, %(unchanged)d unchanged, "
             "%(problem)d with problems")  # fmt: skip
    counts = dict.fromkeys(("create", "update", "unchanged", "problem"), 0) | plans
    record_activity(by=by, kind=ActivityKind.IMPORT, about=str(job), new=said % counts)
    import_rows.enqueue(job.pk)


def put_new_fields(job: ImportJob, *, by: User) -> None:
    """Make the new fields and let the columns go there: a run that is killed goes on with them."""
    job.refresh_from_db()
    wanted = new_of(job.sheets)
    if not wanted:
        return
    made, job.field_edits = make_fields(wanted, by=by)
    for sheet in job.sheets:
        for column in sheet["columns"]:
            column["value"] = made.get(column["value"], column["value"])
    for entries in job.mapped.values():
        for number, entry in enumerate(entries):
            heading, _equals, target = entry.rpartition("=")
            entries[number] = f"{heading}={made.get(target, target)}"
    job.save(update_fields=["sheets", "mapped", "field_edits"])


@transaction.atomic
def undo_import(*, job: ImportJob, by: User) -> None:
    """Have the worker take back what the import made and changed."""
    refuse_borrowed_eyes(by)
    over = ImportJob.objects.filter(pk=job.pk, state__in=(ImportState.DONE, ImportState.FAILED))
    if not job.can_be_undone or not over.update(
        state=ImportState.UNDOING, done=0, total=0, beat_at=None, reason="", left=[]
    ):
        raise BusyError
    undo_rows.enqueue(job.pk, by.pk)


@transaction.atomic
def discard_import(*, job: ImportJob, by: User) -> None:
    """Forget it, with its files; what was imported stays."""
    refuse_borrowed_eyes(by)
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.is_busy:
        raise BusyError
    forget(job)


def forget(job: ImportJob) -> None:
    for file in job.files.all():
        transaction.on_commit(partial(default_storage.delete, file.path))
    job.delete()


@transaction.atomic
def forget_imports() -> None:
    """Every hour: what was uploaded a week ago, with the files."""
    old = ImportJob.objects.filter(made_at__lt=timezone.now() - KEPT)
    under_way = (ImportState.RUNNING, ImportState.UNDOING)
    for job in old.exclude(state__in=under_way).prefetch_related("files")[:20]:
        forget(job)


@transaction.atomic
def resume_imports() -> None:
    """Go on with imports of which no worker has said anything for long: it was killed, and maybe
    those that took its job up as well."""
    for job in ImportJob.objects.filter(beat_at__lt=timezone.now() - GIVEN_UP).only("state"):
        match job.state:
            case ImportState.PLANNING:
                look_at_rows.enqueue(job.pk)
            case ImportState.RUNNING:
                import_rows.enqueue(job.pk)
            case ImportState.UNDOING:
                undo_rows.enqueue(job.pk, job.made_by_id)


def refuse_borrowed_eyes(by: User) -> None:
    if by.viewed_by:
        raise PermissionDenied
