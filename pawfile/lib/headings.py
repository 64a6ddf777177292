"""Where the headings of a table stand: in one row or two, perhaps below a title."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pawfile.lib.sheets import distinct_headings

_TITLE_LINES = 6
"""A title and its blank lines are at most so many rows above the headings."""


@dataclass(frozen=True, slots=True)
class Headings:
    """``row`` is that of the headings, ``last_row`` that of the groups below them, if any."""

    row: int
    last_row: int
    names: list[str]


def find_headings(rows: Sequence[tuple[int, list[str]]]) -> Headings | None:
    """The headings in the first rows of a table; ``None`` if all are blank.

    A second row that says to which group each column belongs ("Emergency Contact") becomes part of
    the names: "Name [Emergency Contact]".
    """
    filled = [(number, cells) for number, cells in rows if _count(cells)]
    if not filled:
        return None
    place = _below_title(filled)
    number, cells = filled[place]
    below = filled[place + 1] if place + 1 < len(filled) else None
    if below and below[0] == number + 1 and _are_groups(cells, below[1]):
        groups = [group.strip() for group in below[1]]
        names = [
            f"{name} [{group}]" for name, group in zip(cells, groups, strict=False) if name or group
        ]
        return Headings(number, below[0], distinct_headings(names))
    while len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return Headings(number, number, distinct_headings(cells))


def _count(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _below_title(filled: Sequence[tuple[int, list[str]]]) -> int:
    """The place of the headings: the first row, but below a lone cell the first full one."""
    first = filled[0]
    if _count(first[1]) > 1:
        return 0
    widest = max(_count(cells) for _number, cells in filled)
    for place, (number, cells) in enumerate(filled[:_TITLE_LINES]):
        if number > first[0] + _TITLE_LINES:
            break
        if _count(cells) >= max(3, widest * 0.6):
            return place
    return 0


def _are_groups(headings: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the row repeats a few names side by side under every heading."""
    names = [cell.strip() for cell in cells[: len(headings)]]
    if len(names) < len(headings) or len(names) < 4 or not all(names):
        return False
    runs = [name for name, _group in groupby(names)]
    has_digits = any(any(map(str.isdigit, name)) for name in runs)
    return len(runs) == len(set(runs)) <= len(names) // 4 and not has_digits
