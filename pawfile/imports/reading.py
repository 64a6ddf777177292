"""From a household's rows to the values of the client and the pets, saying what cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pawfile.imports.columns import Column, Say
from pawfile.imports.issues import HIDDEN, Issues, Kind, row_list
from pawfile.imports.link_columns import VetColumn
from pawfile.imports.links import AmbiguousVetError, Vets, name_key
from pawfile.imports.mapping import Layout, Source
from pawfile.imports.rows import Household, Row
from pawfile.imports.targets import CLIENT_ID, PET_ID
from pawfile.imports.understand import without_controls

Values = dict[str, Any]

TELLING = ("microchip", "born", "sex", "breed")
"""Pets of one name and animal are two if they differ in one of these."""


@dataclass(slots=True)
class PetDraft:
    """What the file says of one pet, and the rows that say it."""

    values: Values
    rows: list[Row]
    source_id: str = ""

    @property
    def numbers(self) -> list[int]:
        return [row.number for row in self.rows]


@dataclass(slots=True)
class Draft:
    """What the file says of one household. ``inferred`` follows from what is filled in."""

    household: Household
    values: Values
    inferred: Values
    pets: list[PetDraft] = field(default_factory=list)
    bad_pet_rows: list[Row] = field(default_factory=list)
    rows_without_pet: list[Row] = field(default_factory=list)


class Reader:
    def __init__(self, layout: Layout, issues: Issues, vets: Vets) -> None:
        self.issues = issues
        self.vets = vets
        self.client_sources = [s for s in layout.of("client") if s.column.target != CLIENT_ID]
        self.pet_sources = layout.of("pet")
        self.pet_ids: dict[str, int] = {}
        self.columns = {s.column.target: s.column for s in layout.sources.values()}
        self.headings = {target: source.heading for target, source in layout.sources.items()}

    def draft(self, household: Household) -> Draft:
        values = self.gather(household.rows, self.client_sources)
        draft = Draft(household, values, self.inferred(values))
        for row in household.rows:
            if not self.has_pet(row):
                draft.rows_without_pet.append(row)
                continue
            pet = self.pet(row)
            if pet is None:
                draft.bad_pet_rows.append(row)
            else:
                self.put(pet, draft.pets)
        for pet in [pet for pet in draft.pets if self.is_id_taken(pet)]:
            draft.pets.remove(pet)
            draft.bad_pet_rows.extend(pet.rows)
        return draft

    def gather(self, rows: Sequence[Row], sources: Sequence[Source]) -> Values:
        """One record's values out of its rows: the first that can be read of each column."""
        values: Values = {}
        for source in sources:
            first: Row | None = None
            read: set[str] = set()
            for row in rows:
                text = self.text(row, source)
                if not text or text in read:
                    continue
                read.add(text)
                value = source.column.clean(text, self.say(row, source, text))
                key = source.column.key
                if value is None:
                    continue
                if first is None:
                    first, values[key] = row, value
                elif not source.column.repeats(values[key], value):
                    self.disagree(source, row, text, first)
        self.link_vets(values, rows, sources)
        return values

    def text(self, row: Row, source: Source) -> str:
        text, left_out = without_controls(source.text_of(row.cells))
        if left_out:
            say = self.say(row, source, text)
            say(Kind.CONTROL, _("%d characters were left out. Look at the text.") % left_out)
        return text

    def say(self, row: Row, source: Source, text: str) -> Say:
        value = str(HIDDEN) if source.column.is_secret else text

        def say(kind: Kind, message: str, *, once: bool = False) -> None:
            add = self.issues.add_once if once else self.issues.add
            add(kind, message, row=row.number, column=source.heading, value=value)

        return say

    def disagree(self, source: Source, row: Row, text: str, first: Row) -> None:
        message = _("Different in row %d, which was kept. Make them the same.") % first.number
        self.say(row, source, text)(Kind.ROWS_DISAGREE, message)

    def link_vets(self, values: Values, rows: Sequence[Row], sources: Sequence[Source]) -> None:
        """Make a vet of its name, phone and address; without a name there is none."""
        for source in sources:
            if not isinstance(source.column, VetColumn):
                continue
            key = source.column.key
            name = values.pop(key, "")
            phone, address = (values.pop(f"{key}_{part}", "") for part in ("phone", "address"))
            if not name:
                if phone or address:
                    message = _("A vet needs a name. Fill it in.")
                    self.say(rows[0], source, phone or address)(Kind.VET, message)
                continue
            try:
                values[key] = self.vets.entry(name, phone, address)
            except AmbiguousVetError:
                message = _("Several vets have this name. Add the phone of the one that is meant.")
                self.say(rows[0], source, name)(Kind.VET, message, once=True)

    def inferred(self, values: Values) -> Values:
        """Answers that the filled fields need to be shown: an alarm code needs an alarm."""
        conditions = [
            column.field.shown_when
            for column in self.columns.values()
            if column.field and column.field.shown_when and column.key in values
        ]
        return {
            condition.key: condition.value
            for condition in conditions
            if condition.key not in values
        }

    def has_pet(self, row: Row) -> bool:
        return any(
            source.index is not None and source.text_of(row.cells).strip()
            for source in self.pet_sources
        )

    def pet(self, row: Row) -> PetDraft | None:
        """The pet of one row, if it has what every pet must have."""
        values = self.gather([row], self.pet_sources)
        source_id = values.pop(PET_ID.partition(".")[2], "")
        if "name" not in values:
            message = _("A pet needs a name. Fill it in, or leave the pet's columns empty.")
            self.refuse_pet(Kind.PET_NAME_MISSING, message, row, "pet.name")
            return None
        if "animal" not in values:
            message = _("A pet needs an animal, such as Dog. Fill it in.")
            self.refuse_pet(Kind.ANIMAL_MISSING, message, row, "pet.animal", values["name"])
            return None
        return PetDraft(values, [row], source_id)

    def refuse_pet(self, kind: Kind, message: str, row: Row, target: str, value: str = "") -> None:
        heading = self.headings[target]
        self.issues.add(kind, message, row=row.number, column=heading, value=value)

    def is_id_taken(self, pet: PetDraft) -> bool:
        """Whether another client's pet has the id; says so."""
        first = self.pet_ids.setdefault(pet.source_id, pet.rows[0].number) if pet.source_id else 0
        if first in (0, pet.rows[0].number):
            return False
        message = _("Row %d has this id for a pet of another client.") % first
        for row in pet.rows:
            self.refuse_pet(Kind.AMBIGUOUS_PET, message, row, PET_ID, pet.source_id)
        return True

    def put(self, pet: PetDraft, pets: list[PetDraft]) -> None:
        """Add a pet, or its row to the pet that it is."""
        for known in pets:
            if self.is_same_pet(known, pet):
                self.merge(known, pet)
                return
        pets.append(pet)

    def is_same_pet(self, one: PetDraft, other: PetDraft) -> bool:
        if one.source_id and other.source_id:
            return one.source_id == other.source_id
        return pet_name(one.values) == pet_name(other.values) and not self.differing(one, other)

    def differing(self, one: PetDraft, other: PetDraft) -> list[Column]:
        """The telling columns in which both say something, and not the same."""
        columns = [self.columns[f"pet.{key}"] for key in TELLING if f"pet.{key}" in self.columns]
        return [
            column
            for column in columns
            if column.key in one.values
            and column.key in other.values
            and not column.repeats(one.values[column.key], other.values[column.key])
        ]

    def merge(self, known: PetDraft, again: PetDraft) -> None:
        row = again.rows[0]
        for source in self.pet_sources:
            key = source.column.key
            if key not in again.values:
                continue
            value = known.values.setdefault(key, again.values[key])
            if not source.column.repeats(value, again.values[key]):
                self.disagree(source, row, self.text(row, source), known.rows[0])
        message = _("The pet of %s.") % row_list(known.numbers)
        self.issues.add(Kind.REPEATED_PET, message, row=row.number, value=str(known.values["name"]))
        known.rows.append(row)


def pet_name(values: Values) -> tuple[str, str]:
    """Name and animal as they are compared."""
    return name_key(values["name"]), name_key(values["animal"])
