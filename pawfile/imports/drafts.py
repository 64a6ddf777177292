"""What the files say of households, pets and keys: read, but not yet compared with the book."""

from dataclasses import dataclass, field
from typing import Any

from pawfile.imports.links import name_key
from pawfile.imports.rows import Household, Row
from pawfile.lib.dates import PartialDate

Values = dict[str, Any]


Texts = dict[str, str]
"""Heading → text of what no field takes."""


TELLING = ("microchip", "born", "sex", "breed")
"""Pets of one name and animal are two if they differ in one of these."""


@dataclass(slots=True)
class PetDraft:
    """What the file says of one pet, and the rows that say it."""

    values: Values
    rows: list[Row]
    source_id: str = ""
    extras: Texts = field(default_factory=dict)

    @property
    def numbers(self) -> list[int]:
        return [row.number for row in self.rows]


@dataclass(slots=True)
class KeyDraft:
    """A key of a client: its code and, if the file says it, where it is."""

    code: str
    place: str
    row: Row


@dataclass(slots=True)
class Draft:
    """What the file says of one household. ``inferred`` follows from what is filled in."""

    household: Household
    values: Values
    inferred: Values
    extras: Texts = field(default_factory=dict)
    pets: list[PetDraft] = field(default_factory=list)
    keys: list[KeyDraft] = field(default_factory=list)
    bad_pet_rows: list[Row] = field(default_factory=list)
    rows_without_pet: list[Row] = field(default_factory=list)
    key_rows: list[Row] = field(default_factory=list)


def pet_name(values: Values) -> tuple[str, str]:
    """Name and animal as they are compared."""
    return name_key(values["name"]), name_key(values["animal"])


def add_text(extras: Texts, heading: str, text: str) -> None:
    """Keep a text under its heading; of several rows each that is different, on its own line."""
    known = extras.get(heading)
    if known is None:
        extras[heading] = text
    elif text not in known.split("\n") and text != known:
        extras[heading] = f"{known}\n{text}"


def estimated(born: PartialDate) -> PartialDate:
    """What is known of a day that the file calls estimated: 1 January stands for a year alone."""
    if born.month == 1 and born.day == 1:
        return PartialDate(born.year)
    return PartialDate(born.year, born.month)
