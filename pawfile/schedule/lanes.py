"""Boxes sorted into lanes: nobody's, ANYONE's, and one for each sitter, a cell a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from pawfile.lib.prepared import Prepared, Slot
from pawfile.lib.text import fold
from pawfile.profiles.lists import Listed
from pawfile.schedule.board import ANYONE, NOBODY, Box, Filters
from pawfile.schedule.models import TimeOff

#: The lanes of visits that no sitter holds yet.
OPEN_LANES = {NOBODY: _("To assign"), ANYONE: _("ANYONE")}


class Cell(NamedTuple):
    """One day of one lane; it is the same again as long as its boxes are."""

    lane: str
    on: date
    boxes: tuple[Box, ...]
    is_off: bool

    @property
    def id(self) -> str:
        return f"cell-{self.lane}-{self.on:%Y%m%d}"


@dataclass(frozen=True, slots=True)
class Lane:
    key: str
    name: str
    cells: list[Cell]

    @property
    def is_open(self) -> bool:
        return self.key in OPEN_LANES

    @property
    def is_free(self) -> bool:
        return not any(cell.boxes for cell in self.cells)


def lanes(filters: Filters, boxes: Iterable[Box], sitters: Iterable[Listed]) -> list[Lane]:
    """Every active sitter has a lane, to be given visits; of a narrowed schedule only those with
    a visit, and the one that is asked for."""
    filled: dict[tuple[str, date], list[Box]] = defaultdict(list)
    names = {key: str(name) for key, name in OPEN_LANES.items()}
    held: dict[str, str] = {}
    for box in boxes:
        filled[box.lane, box.day].append(box)
        held[box.lane] = box.sitter
    wanted = {str(sitter.pk): sitter.name or sitter.second for sitter in sitters}
    if filters.is_narrowed:
        wanted = {key: name for key, name in wanted.items() if key in held or key == filters.sitter}
        names = {key: name for key, name in names.items() if key in held}
    wanted |= {key: name for key, name in held.items() if key not in OPEN_LANES}
    names |= dict(sorted(wanted.items(), key=lambda each: (fold(each[1]), each[0])))
    first, last = filters.days
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    off = times_off(first, last)
    return [
        Lane(key, name, [Cell(key, day, tuple(filled[key, day]), day in off[key]) for day in days])
        for key, name in names.items()
    ]


def times_off(first: date, last: date) -> dict[str, set[date]]:
    """Sitter → days between these on which he or she does not want to work: one query."""
    found: dict[str, set[date]] = defaultdict(set)
    for sitter, start, end in times_off_statement().rows({"first": first, "last": last}):
        shown, count = max(start, first), (min(end, last) - max(start, first)).days + 1
        found[str(sitter)] |= {shown + timedelta(days=place) for place in range(count)}
    return found


@lru_cache
def times_off_statement() -> Prepared:
    rows = TimeOff.objects.filter(first_on__lte=Slot("last"), last_on__gte=Slot("first"))
    return Prepared(rows.values_list("sitter", "first_on", "last_on"))
