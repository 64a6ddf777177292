"""Lines of CSV, one by one, for files of any length."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pawfile.lib.formulas import inert


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
