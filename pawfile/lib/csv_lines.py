"""Lines of CSV, one by one, for files of any length."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MADE_INERT = (*_FORMULA_STARTS, *(f"'{start}" for start in _FORMULA_STARTS), "''")
"""Also what looks like a formula made inert, so that every text comes back as it was."""


def inert(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_MADE_INERT) else text


def active(text: str) -> str:
    """The text that ``inert`` was given: a cell of ours, or of a spreadsheet, as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_MADE_INERT) else text


class _Line:
    """What the writer takes for a file: it hands back the line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Every cell made inert. Begins with the mark by which Excel knows UTF-8."""
    writer: Any = csv.writer(_Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row])
