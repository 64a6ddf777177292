"""Tables in text files: CSV as any program writes it, read row by row."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from pawfile.lib.charsets import encoding_of
from pawfile.lib.filetypes import described, kind_of_bytes

MAX_BYTES = 200_000_000
MAX_COLUMNS = 5_000
MAX_CELL = 1_000_000
"""Most characters in a cell."""
MAX_ROW = 8_000_000
"""Most characters in a row."""

Rows = Generator[tuple[int, list[str]], None, None]
"""Row numbers and the cells of the rows."""
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_SEP_LINE = re.compile(r'"?sep=([,;|\t:^~])"?(?:\r\n?|\n)', re.IGNORECASE)
_ALWAYS_BINARY = ("PDF", "HTML", "SVG", "SPREADSHEETML")

# The limit is one for the whole process; the standard one would refuse long notes.
csv.field_size_limit(MAX_CELL)


class SheetError(ValueError):
    """Why a file cannot be read as a table; the text says what would be right."""


@dataclass
class Sheet:
    """A table in a text file. Iterating reads the file anew: row number and cells of each row.

    Rows are numbered as a spreadsheet program shows them: the first is 1, a quoted cell with line
    breaks is part of one row, blank rows count but are passed over, and a "sep=" line is no row.
    Rows up to the headings are not given. Cells are as in the file, untrimmed. A row has at least
    as many cells as there are headings: short rows are filled with "". A row with more has cells
    that no heading names: for the reader to report. Iterating raises SheetError like `open_sheet`.
    """

    path: Path
    encoding: str
    delimiter: str
    headings_row: int
    has_sep_line: bool
    headings: list[str] = field(default_factory=list)
    blank_rows: int = 0
    """Blank rows passed over below the headings, so far: complete after iterating to the end."""

    def records(self) -> Rows:
        """All rows of the file with their numbers, blank ones and headings too, as they are."""
        return _records(self)

    def __iter__(self) -> Rows:
        self.blank_rows = 0
        width = len(self.headings)
        for number, cells in _records(self):
            if number <= self.headings_row:
                continue
            if not any(map(str.strip, cells)):
                self.blank_rows += 1
                continue
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            yield number, cells + [""] * (width - len(cells))


def open_sheet(
    path: Path,
    *,
    headings_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    """The table at `path`; what is not given is found out.

    The headings are the first row that is not blank unless `headings_row` names another. A blank
    heading becomes "column 5", a repeated one "heading#2". Raises SheetError on empty, binary and
    too large files (MAX_BYTES, MAX_COLUMNS, MAX_CELL, MAX_ROW), and if no row follows the headings.
    """
    _refuse_other_files(path)
    encoding = encoding or encoding_of(path)
    sample = _sample(path, encoding)
    sep_line = _SEP_LINE.match(sample)
    if sep_line:
        sample = sample[sep_line.end() :]
    delimiter = delimiter or (sep_line[1] if sep_line else _likely_delimiter(sample))
    sheet = Sheet(path, encoding, delimiter, headings_row or 0, has_sep_line=bool(sep_line))
    with closing(_records(sheet)) as records:
        for number, cells in records:
            if number == headings_row or (headings_row is None and any(map(str.strip, cells))):
                sheet.headings_row = number
                sheet.headings = distinct_headings(cells)
                break
    with closing(iter(sheet)) as rows:
        if not sheet.headings or next(rows, None) is None:
            raise SheetError(_("There are no rows below the headings. Choose the file with rows."))
    sheet.blank_rows = 0
    return sheet


def _refuse_other_files(path: Path) -> None:
    """SheetError if the file is empty, too large, or known by its bytes as something else."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SheetError(_("This file is larger than 200 MB. Split it into smaller files."))
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if not head.strip(b"\0\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise SheetError(_("This file is empty. Choose the file with the rows."))
    kind = kind_of_bytes(head)
    # A table may well start with "BM" or "MZ"; zeros are what text does not have.
    if kind and (kind in _ALWAYS_BINARY or b"\0" in head):
        raise SheetError(_("This is %s; save it as CSV first.") % described(kind))


def _sample(path: Path, encoding: str) -> str:
    with _text(path, encoding) as file:
        try:
            return file.read(_SAMPLE)
        except UnicodeError as error:
            raise _undecodable(encoding) from error


def _text(path: Path, encoding: str) -> TextIO:
    # A few bytes have no meaning in the one-byte encodings: they show as "\ufffd".
    errors = "strict" if encoding.startswith("utf") else "replace"
    return path.open(encoding=encoding, errors=errors, newline="")


def _undecodable(encoding: str) -> SheetError:
    message = _("Some of this file is not %s as the rest is. Save it as CSV in UTF-8 again.")
    return SheetError(message % encoding.upper())


def _likely_delimiter(sample: str) -> str:
    """The delimiter that divides the rows of `sample` most evenly, its first row included."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> float:
    """The share of rows with the usual number of cells, squared, more for more cells; 0 if none.

    Half of that if the first row has another number: headings name every column, while a comma
    in texts or amounts is only in the rows below.
    """
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = [len(row) for row in rows if any(map(str.strip, row))]
    divided = Counter(width for width in widths if width > 1)
    if not divided:
        return 0
    usual, count = divided.most_common(1)[0]
    first = 1 if widths[0] == usual else 0.5
    return first * (count / len(widths)) ** 2 * math.log2(usual + 1)


def distinct_headings(cells: list[str]) -> list[str]:
    """Headings on one line each, none blank, none twice."""
    names = [
        " ".join(cell.split()) or _("column %d") % place
        for place, cell in enumerate(cells, start=1)
    ]
    headings: list[str] = []
    used, times = set(names), Counter[str]()
    for name in names:
        times[name] += 1
        heading = name
        while times[name] > 1 and heading in used:
            heading = f"{name}#{times[name]}"
            if heading in used:
                times[name] += 1
        used.add(heading)
        headings.append(heading)
    return headings


def _records(sheet: Sheet) -> Rows:
    """All rows of the file with their numbers, blank ones and headings too."""
    number, last = 0, list[str]()
    with _text(sheet.path, sheet.encoding) as file:
        if sheet.has_sep_line:
            file.readline(MAX_ROW)
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=sheet.delimiter)
        try:
            for number, cells in enumerate(reader, start=1):
                if len(cells) > MAX_COLUMNS:
                    message = _("Row %d has more than 5,000 columns. Keep the columns you need.")
                    raise SheetError(message % number)
                last = lines.start_row(number + 1)
                yield number, cells
        except UnicodeError as error:
            raise _undecodable(sheet.encoding) from error
        except csv.Error as error:
            message = _(
                "Row %d has a cell of over 1 MB, or a quotation mark that is never closed. "
                "Correct that row."
            )
            raise SheetError(message % (number + 1)) from error
        if _is_open(last, sheet.delimiter):
            message = _("Row %d has a quotation mark that is never closed. Close or remove it.")
            raise SheetError(message % number)


class _Lines:
    """The lines of a file, whatever ends them, watching that no row is too long or binary."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._row = 1
        self._lines: list[str] = []
        self._length = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(MAX_ROW)
        if not line:
            raise StopIteration
        if "\0" in line:
            message = _("Row %d has zero bytes, as no text has. Save the file as CSV again.")
            raise SheetError(message % self._row)
        self._lines.append(line)
        self._length += len(line)
        if self._length >= MAX_ROW:
            message = _("Row %d is longer than 8 MB. Choose a CSV file with one row a line.")
            raise SheetError(message % self._row)
        return line

    def start_row(self, number: int) -> list[str]:
        """Begin row `number`; the lines of the row before it."""
        lines, self._lines = self._lines, []
        self._row, self._length = number, 0
        return lines


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether a quotation mark swallowed the rest of the file: a row of several lines, unclosed."""
    if len(lines) < 2:
        return False
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
