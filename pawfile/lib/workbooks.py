"""Rows of workbooks: XLSX and ODS. Only the limited child process calls this."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pawfile.lib.sheets import MAX_CELL, MAX_COLUMNS, SheetError

MOST_UNZIPPED = 100_000_000
_RATIO = 200
_EXACT = 1e15
"""Whole numbers up to this are kept digit by digit by the cells of a workbook."""


def workbook_tables(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Name and rows of each sheet that is to be seen and not empty."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    _look_into(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        shown = [each for each in sheets if each.visible == SheetVisibleEnum.Visible]
        for each in shown or sheets:
            sheet = book.get_sheet_by_name(each.name)
            if sheet.start is not None:
                yield each.name, _rows(sheet)
    except PasswordError as problem:
        raise SheetError(
            _("This workbook has a password. Save it without one, then choose it again.")
        ) from problem
    except CalamineError as problem:
        raise SheetError(
            _("This workbook is damaged. Open it in a spreadsheet program and save it as .xlsx.")
        ) from problem


def _look_into(path: Path) -> None:
    """Refuse what grows beyond measure when it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(each.file_size, each.compress_size) for each in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise SheetError(
            _("This workbook is damaged. Open it in a spreadsheet program and save it as .xlsx.")
        ) from problem
    unzipped = sum(size for size, _packed in sizes)
    packed = sum(size for _size, size in sizes)
    if unzipped > MOST_UNZIPPED or (unzipped > 10_000_000 and unzipped > packed * _RATIO):
        raise SheetError(_("This workbook is too large. Save each sheet as CSV and choose those."))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    if sheet.end[1] >= MAX_COLUMNS:
        raise SheetError(_("A sheet has more than 5,000 columns. Keep the columns you need."))
    rows = sheet.to_python(skip_empty_area=False)
    for number, cells in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A cell as a person would type it: whole numbers without a point, days as 2026-04-12."""
    if isinstance(cell, str):
        if len(cell) > MAX_CELL:
            raise SheetError(_("A cell has over 1 MB of text. Shorten it."))
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)
