"""The pages of an import, for administrators: files, columns, preview, progress, result."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.imports.actions import (
    BusyError,
    NotWholeError,
    TooWideError,
    begin_import,
    discard_import,
    plan_import,
    start_import,
    undo_import,
)
from pawfile.imports.choices import without_owners
from pawfile.imports.forms import ColumnsForm, UploadForm
from pawfile.imports.issues import Severity
from pawfile.imports.layout import REMARK_HEADING
from pawfile.imports.models import KEPT, ImportJob, ImportState, SavedMapping
from pawfile.imports.outcome import Outcome
from pawfile.imports.problems import has_codes, problem_lines, problem_tables
from pawfile.imports.proposals import new_names
from pawfile.imports.saved_mappings import fitting
from pawfile.lib.csv_lines import csv_lines
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.lib.sheets import SheetError

BUSY = gettext_lazy("This import has gone on meanwhile.")
#: Column of a row: names of its outcomes before an import and after it.
OUTCOMES = {
    "plan": {
        Outcome.CREATE: gettext_lazy("To create"),
        Outcome.UPDATE: gettext_lazy("To update"),
        Outcome.UNCHANGED: gettext_lazy("Unchanged"),
        Outcome.PROBLEM: gettext_lazy("Problems"),
    },
    "outcome": {
        Outcome.CREATE: gettext_lazy("Created"),
        Outcome.UPDATE: gettext_lazy("Updated"),
        Outcome.UNCHANGED: gettext_lazy("Unchanged"),
        Outcome.PROBLEM: gettext_lazy("Problems"),
    },
}
#: New clients that look like one in the book: as a filter beside the outcomes.
ALIKE = "alike"
#: Rows that may be of several clients: as a filter, too.
ASKED = "asked"


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: Request) -> HttpResponse:
    """The form for files, and the imports of the last days."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        try:
            job = begin_import(uploads=form.cleaned_data["files_to_import"], by=request.user)
        except (SheetError, TooWideError) as refusal:
            form.add_error("files_to_import", str(refusal))
        else:
            return redirect("import_columns", job.pk)
    page = keyset_page(
        ImportJob.objects.visible_to(request.user)
        .select_related("made_by")
        .defer("sheets")
        .prefetch_related("files"),
        column="made_at",
        descending=True,
        cursor=request.GET.get("at", "")[:4000],
    )
    context = {"form": form, "page": page, "days": KEPT.days}
    return render(request, "imports/import_list.html", context, status=422 if sent else 200)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def import_columns(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    if not job.is_open:
        return redirect(job)
    sent = request.method == "POST"
    form = ColumnsForm(request.POST if sent else None, job=job)
    if sent and form.is_valid():
        try:
            plan_import(job=job, by=request.user, **form.cleaned_data)
        except BusyError:
            messages.info(request, BUSY)
        return redirect(job)
    return columns_page(request, form)


def columns_page(request: Request, form: ColumnsForm) -> HttpResponse:
    saved = SavedMapping.objects.visible_to(request.user).order_by("name")
    context = {
        "job": form.job,
        "form": form,
        "tables": form.tables(),
        "mappings": fitting(saved, form.job.sheets),
        "targets": render_to_string("imports/targets.html", {"groups": form.groups}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "imports/import_columns.html", context, status=status)


@allow(Role.ADMINISTRATOR)
@require_safe
@cache_control(no_store=True, private=True)
def import_detail(request: Request, pk: int) -> HttpResponse:
    """How far it is; then every row with what would become, or became, of it."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    if job.state == ImportState.COLUMNS:
        return redirect("import_columns", job.pk)
    if job.is_busy:
        return render(request, "imports/import_detail.html", {"job": job}, partial="progress")
    column = "outcome" if job.state == ImportState.DONE else "plan"
    counts = dict(job.rows.order_by().values_list(column).annotate(Count("pk")))
    chosen = request.GET.get("outcome", "")
    alike = job.rows.exclude(alike=[])
    found = job.rows.filter(**{column: chosen}) if chosen in OUTCOMES[column] else job.rows.all()
    asked = job.rows.exclude(options=[])
    if chosen in (ALIKE, ASKED):
        found = alike if chosen == ALIKE else asked
    page = keyset_page(found, column="id", cursor=request.GET.get("at", "")[:4000])
    names = OUTCOMES[column] | {Outcome.PROBLEM: _("Problem")}
    rows = [
        {
            "row": row,
            "table": job.sheets[row.sheet]["name"],
            "state": (state := getattr(row, column)),
            "label": names.get(state, _("Not reached")),
        }
        for row in page.rows
    ]
    tabs = [(each, name, counts.get(each, 0)) for each, name in OUTCOMES[column].items()]
    context = {
        "job": job,
        "tabs": [
            *tabs,
            (ALIKE, _("Like one in the book"), alike.count()),
            (ASKED, _("Whose is it?"), asked.count()),
        ],
        "can_answer": job.state == ImportState.PLANNED,
        "asks": any(row.options for row in page.rows),
        "is_answered": without_owners(job.choices) != job.choices,
        "every": sum(counts.values()),
        "chosen": chosen,
        "page": page,
        "rows": rows,
        "shows_table": len(job.sheets) > 1,
        "problem_tables": problem_tables(job),
        "has_codes": has_codes(job),
        "remark_heading": REMARK_HEADING,
        "new_fields": new_names(job.sheets),
        "passed_over": [sheet for sheet in job.sheets if sheet["missing"]],
    }
    answer = render(request, "imports/import_detail.html", context)
    if request.htmx:
        # The progress is over: the whole page is needed.
        answer["HX-Refresh"] = "true"
    return answer


@allow(Role.ADMINISTRATOR)
@require_safe
def import_remarks(request: Request, pk: int) -> StreamingHttpResponse:
    """What is said of rows, as a file to go through beside the one that was imported."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    return csv_file("import-remarks.csv", remarked_cells(job))


@allow(Role.ADMINISTRATOR)
@require_safe
def import_problems(request: Request, pk: int, place: int) -> StreamingHttpResponse:
    """The rows of one table that have problems, to mend and import again."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    if place >= len(job.sheets):
        raise Http404
    name = Path(job.sheets[place]["name"]).stem
    return csv_file(f"{name} problems.csv", problem_lines(job, place))


def csv_file(name: str, rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "Cache-Control": "no-store",
        },
    )


def remarked_cells(job: ImportJob) -> Iterator[Sequence[str]]:
    """A line for each remark, problems first."""
    yield [_("Table"), _("Row"), _("Who"), _("Weight"), _("Column"), _("Text"), _("What")]
    for plan in (Q(plan=Outcome.PROBLEM), ~Q(plan=Outcome.PROBLEM)):
        remarked = job.rows.filter(plan).exclude(remarks=[], alike=[])
        for row in remarked.order_by("pk").iterator():
            table = job.sheets[row.sheet]["name"]
            looks = [(Severity.WARNING, "", "", message) for _pk, message in row.alike]
            for severity, column, value, message in (*row.remarks, *looks):
                yield [table, str(row.number), row.name, severity, column, value, message]


@allow(Role.ADMINISTRATOR)
@require_POST
def import_start(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    try:
        start_import(job=job, is_whole="is_whole" in request.POST, by=request.user)
    except BusyError:
        messages.info(request, BUSY)
    except NotWholeError as refusal:
        messages.error(request, refusal.message)
    except ValidationError as problem:
        said = " ".join(problem.messages)
        messages.error(request, _("Nothing was imported. %s Change the columns.") % said)
    return redirect(job)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: Request, pk: int) -> HttpResponse:
    """What undoing does, and the button for it."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    if not job.can_be_undone:
        messages.info(request, BUSY)
        return redirect(job)
    if request.method == "POST":
        try:
            undo_import(job=job, by=request.user)
        except BusyError:
            messages.info(request, BUSY)
        return redirect(job)
    return render(request, "imports/import_undo.html", {"job": job})


@allow(Role.ADMINISTRATOR)
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    try:
        discard_import(job=job, by=request.user)
    except BusyError:
        messages.info(request, BUSY)
        return redirect(job)
    messages.success(request, _("The files and their rows are forgotten."))
    return redirect("import_list")
