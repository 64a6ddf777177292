"""Tables in files of strangers, read by a child process with little memory and little time.

Known workbooks of a kilobyte abort the process that opens them; here that is a child, which has no
secrets in its environment, and the answer is a refusal with words.
"""

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

import pawfile
from pawfile.lib.headings import find_headings
from pawfile.lib.sheets import SheetError

SECONDS = 20
"""Time of the processor for a file; large text files have more, by their size."""
_BYTES_A_SECOND = 5_000_000
SAMPLE = 200
"""Rows of each table that are looked at before anything is done."""
_ROOT = Path(next(iter(pawfile.__path__))).parent

Rows = Generator[tuple[int, list[str]], None, None]


@dataclass
class Table:
    """A table of a file. Iterating reads the file anew: row number and cells of each row.

    ``name`` is the sheet's, "" in files of one table. Rows are numbered as a spreadsheet program
    shows them, contacts from 1; blank rows and those up to the headings are not given. A row has at
    least as many cells as there are headings. Iterating raises ``SheetError``.
    """

    path: Path
    name: str
    place: int
    format: str
    encoding: str
    delimiter: str
    headings_row: int
    last_heading_row: int
    headings: list[str]
    samples: list[tuple[int, list[str]]]
    """The first rows."""
    whole: list[tuple[int, list[str]]] | None
    """All rows as they stand in the file, of a table so short that they were read at once."""
    blank_rows: int = field(default=0)
    """Blank rows passed over below the headings, so far: complete after iterating to the end."""

    @property
    def title(self) -> str:
        """What a person calls it."""
        return f"{self.path.name}, {self.name}" if self.name else self.path.name

    def __iter__(self) -> Rows:
        self.blank_rows = 0
        if self.whole is not None:
            yield from self.below(self.whole)
            return
        for message in _messages(self.path, only=self.place):
            if isinstance(message, list):
                yield from self.below(message)

    def below(self, rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """Of rows of the file those below the headings."""
        width = len(self.headings)
        for number, cells in rows:
            if number <= self.last_heading_row:
                continue
            if not any(map(str.strip, cells)):
                self.blank_rows += 1
                continue
            end = len(cells)
            while end > width and not cells[end - 1].strip():
                end -= 1
            yield number, cells[:end] + [""] * (width - end)


def open_tables(path: Path) -> list[Table]:
    """The tables of a file that have headings and rows. Raises ``SheetError`` if there are none."""
    found: list[tuple[dict[str, Any], list[tuple[int, list[str]]]]] = []
    for message in _messages(path, most=SAMPLE):
        if isinstance(message, list):
            found[-1][1].extend(message)
        elif "cut" in message:
            found[-1][0]["cut"] = True
        else:
            found.append((message, []))
    tables = [_table(path, about, rows) for about, rows in found]
    usable = [table for table in tables if table is not None]
    if not usable:
        raise SheetError(_("There are no rows below the headings. Choose the file with rows."))
    return usable


def _table(path: Path, about: dict[str, Any], rows: list[tuple[int, list[str]]]) -> Table | None:
    headings = find_headings(rows)
    if headings is None:
        return None
    table = Table(
        path=path,
        name=about["name"],
        place=about["place"],
        format=about["format"],
        encoding=about.get("encoding", ""),
        delimiter=about.get("delimiter", ""),
        headings_row=headings.row,
        last_heading_row=headings.last_row,
        headings=headings.names,
        samples=[],
        whole=None if about.get("cut") else rows,
    )
    table.samples = list(table.below(rows))
    table.blank_rows = 0
    return table if table.samples else None


def _messages(path: Path, *, only: int | None = None, most: int | None = None) -> Iterator[Any]:
    """What the child says, one after the other: objects about tables, lists of rows."""
    seconds = SECONDS + path.stat().st_size // _BYTES_A_SECOND
    with _child(path, only, most, seconds) as child:
        for line in _lines(child, seconds):
            message = json.loads(line)
            if isinstance(message, list):
                yield [(number, cells) for number, cells in message]
            elif "table" in message:
                yield message["table"]
            elif "cut" in message:
                yield message
            elif "refused" in message:
                raise SheetError(_(message["refused"]))
            elif "broken" in message:
                raise _damaged()
            else:
                return
        child.wait(timeout=5)
        raise _refusal(child.returncode)


def _refusal(code: int) -> SheetError:
    """Why a child that said nothing more is gone: negative codes are signals."""
    if code in (-9, -24):
        return SheetError(_("Reading this file takes too long. Save it as CSV, or split it."))
    return _damaged()


def _damaged() -> SheetError:
    return SheetError(
        _("This file is damaged or needs too much memory. Open it in a spreadsheet program and "
          "save it as .xlsx or CSV.")
    )  # fmt: skip


@contextmanager
def _child(
    path: Path, only: int | None, most: int | None, seconds: int
) -> Iterator["subprocess.Popen[bytes]"]:
    words = [str(path.resolve()), *("" if each is None else str(each) for each in (only, most))]
    process = subprocess.Popen(
        [sys.executable, "-m", "pawfile.lib.table_child", *words, str(seconds)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _lines(child: "subprocess.Popen[bytes]", seconds: int) -> Iterator[bytes]:
    """Lines of the child; one that is silent for too long is ended."""
    stream = child.stdout
    if stream is None:
        raise TypeError("The child has no pipe.")
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        rest = b""
        while True:
            if not selector.select(timeout=seconds * 2):
                child.kill()
                return
            chunk = os.read(stream.fileno(), 1 << 20)
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
