"""What other programs' files look like: one small TOML file each, which anybody can contribute.

``name`` is the program's; each ``[[tables]]`` has ``kind`` (clients, pets, vets or keys; visits are
known, to be refused by their name), ``needs`` (headings that must all be there for the table to be
known), ``html`` if texts hold markup, ``day_first`` if days are written 31/12/2020 or 12/31/2020,
and ``columns``: heading → target, a list of targets, or "" for a column that is kept among the
imported extras. Headings are compared by their letters and digits; those that are not listed are
recognised like any other.

To contribute one: add ``presets/your_program.toml`` after the pattern of the others, and a test in
``tests/imports/test_presets.py`` with invented rows under the program's headings.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pawfile.lib.text import fold


@dataclass(frozen=True, slots=True)
class PresetTable:
    preset: str
    kind: str
    needs: frozenset[str]
    has_html: bool
    day_first: bool | None
    columns: Mapping[str, tuple[str, ...]]
    """Compact heading → targets."""


def compact(text: str) -> str:
    """A heading as it is compared: small letters and digits, nothing else."""
    return "".join(filter(str.isalnum, fold(text)))


def preset_for(headings: Iterable[str]) -> PresetTable | None:
    """The table of a known program that has these headings: of several the most particular."""
    known = {compact(heading) for heading in headings}
    fitting = [table for table in preset_tables() if table.needs <= known]
    return max(fitting, key=lambda table: len(table.needs), default=None)


@cache
def preset_tables() -> tuple[PresetTable, ...]:
    found = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [_table(content["name"], table) for table in content["tables"]]
    return tuple(found)


def _table(name: str, table: Mapping[str, Any]) -> PresetTable:
    columns = {
        compact(heading): (targets,) if isinstance(targets, str) else tuple(targets)
        for heading, targets in table["columns"].items()
    }
    return PresetTable(
        preset=name,
        kind=table["kind"],
        needs=frozenset(compact(heading) for heading in table["needs"]),
        has_html=table.get("html", False),
        day_first=table.get("day_first"),
        columns={
            heading: tuple(target for target in targets if target)
            for heading, targets in columns.items()
        },
    )
