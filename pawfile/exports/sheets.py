"""Rows of text as a file that spreadsheet programs open: CSV or XLSX."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.exports.refusals import RefusedError
from pawfile.lib.csv_lines import csv_lines

#: Bytes that are kept in memory before a file goes to the disk.
SPOOL = 1 << 20
#: What a cell of a workbook holds; and how wide its columns are, in characters.
LONGEST_CELL, WIDTH = 32_767, 20


class Format(TextChoices):
    CSV = "csv", gettext_lazy("CSV: every program opens it")
    XLSX = "xlsx", gettext_lazy("XLSX: Excel, LibreOffice, Google Sheets")


TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet_file(rows: Iterable[Sequence[str]], format_: Format, *, title: str) -> IO[bytes]:
    """The file, to be read from its beginning. Raises RefusedError if a workbook cannot hold it."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 whoever sends it closes it
    try:
        if format_ == Format.CSV:
            file.writelines(line.encode() for line in csv_lines(rows))
        else:
            write_workbook(file, rows, title)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def write_workbook(file: IO[bytes], rows: Iterable[Sequence[str]], title: str) -> None:
    """Every cell is text, so nothing in it runs, and no zip code loses its zero."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            if not number:
                sheet.set_column(0, max(len(row) - 1, 0), WIDTH)
            for place, text in enumerate(each.replace("\r\n", "\n") for each in row):
                if len(text) > LONGEST_CELL:
                    raise RefusedError(
                        _("Row %d has a text that is too long for a workbook. Choose CSV.")
                        % (number + 1)
                    )
                if text:
                    sheet.write_string(number, place, text, None if number else bold)
