"""Rows with problems as they came, to be mended and imported again."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from pawfile.imports.asked import DROPPED
from pawfile.imports.issues import Severity
from pawfile.imports.layout import REMARK_HEADING
from pawfile.imports.models import ImportedRow, ImportJob, ImportState
from pawfile.imports.outcome import Outcome, RowOutcome
from pawfile.imports.proposals import Sheet


def kept_cells(row: RowOutcome, sheet: Sheet) -> list[str]:
    """The cells of a row with a problem; empty where codes or passwords stand, which are kept in
    the vault alone, and in columns that a person left out. Of other rows nothing is kept."""
    if row.outcome != Outcome.PROBLEM:
        return []
    return [
        "" if is_secret(column) or column["value"] == DROPPED else cell
        for column, cell in zip(sheet["columns"], row.cells, strict=False)
    ]


def is_secret(column: dict[str, Any]) -> bool:
    return bool(column["is_secret"] or column["is_refused"])


def problem_rows(job: ImportJob) -> QuerySet[ImportedRow]:
    column = "outcome" if job.state == ImportState.DONE else "plan"
    return job.rows.filter(**{column: Outcome.PROBLEM}).exclude(cells=[])


def problem_tables(job: ImportJob) -> list[tuple[int, str, int]]:
    """Place, name and number of such rows of each table that has some."""
    found = problem_rows(job).order_by("sheet").values_list("sheet").annotate(Count("pk"))
    return [(sheet, job.sheets[sheet]["name"], count) for sheet, count in found]


def has_codes(job: ImportJob) -> bool:
    return any(is_secret(column) for sheet in job.sheets for column in sheet["columns"])


def problem_lines(job: ImportJob, place: int) -> Iterator[Sequence[str]]:
    """Headings and rows of one table, with what is said of each row in a last column. An import
    of the file leaves that column out."""
    columns = job.sheets[place]["columns"]
    shown = [index for index, column in enumerate(columns) if column["heading"] != REMARK_HEADING]
    yield [*(columns[index]["heading"] for index in shown), REMARK_HEADING]
    for row in problem_rows(job).filter(sheet=place).order_by("number").iterator():
        cells = row.cells + [""] * (len(columns) - len(row.cells))
        yield [*(cells[index] for index in shown), remark_of(row)]


def remark_of(row: ImportedRow) -> str:
    """What is wrong, problems first."""
    ordered = sorted(row.remarks, key=lambda each: each[0] != Severity.PROBLEM)
    return " ".join(
        f"{column}: {message}" if column else message
        for _weight, column, _value, message in ordered
    )
