"""From a household's rows to the values of the client and the pets, saying what cannot be read."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from pawfile.imports.columns import Column, Say
from pawfile.imports.drafts import (
    TELLING,
    Draft,
    KeyDraft,
    PetDraft,
    Texts,
    Values,
    add_text,
    estimated,
    pet_name,
)
from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import HIDDEN, Kind, row_list
from pawfile.imports.layout import Layout, Source
from pawfile.imports.link_columns import VetColumn
from pawfile.imports.links import AmbiguousVetError, VetEntry, Vets
from pawfile.imports.rows import Household, Row
from pawfile.imports.targets import (
    CLIENT_ID,
    CLIENT_KEYS,
    ESTIMATED,
    KEY_CODE,
    PET_ID,
    PET_NAMES,
    PET_OWNER,
)
from pawfile.imports.understand import is_nothing, parts_of, without_controls, without_lost_zero

_JOINS = frozenset({CLIENT_ID, PET_OWNER, PET_NAMES, CLIENT_KEYS})
"""Targets that put rows together and are no values."""


class Reader:
    def __init__(self, layouts: Sequence[Layout], issues: Issues, vets: Vets) -> None:
        self.layouts = layouts
        self.issues = issues
        self.vets = vets
        self.pet_ids: dict[str, int] = {}
        self.listed_vets: list[VetEntry] = []
        """Vets of tables of vets: they are made even if nobody has them."""
        self.columns: dict[str, Column] = {
            target: sources[0].column
            for layout in layouts
            for target, sources in layout.sources.items()
        }
        self.sources: dict[str, list[dict[str, list[Source]]]] = {
            subject: [sources_of(layout, subject) for layout in layouts]
            for subject in ("client", "pet", "vet")
        }
        self._kinds = [layout.kind for layout in layouts]
        self._targets: dict[tuple[str, tuple[int, ...]], list[str]] = {}

    def draft(self, household: Household) -> Draft:
        client_rows = [row for row in household.rows if self.kind(row) == "clients"]
        extras: Texts = {}
        values = self.gather(client_rows, "client", extras)
        for row in household.rows:
            if self.kind(row) != "pets":
                self.keep_extras(row, extras)
        draft = Draft(household, values, self.inferred(values), extras)
        for row in household.rows:
            self.put_keys(row, draft)
            if self.kind(row) == "keys":
                draft.key_rows.append(row)
                continue
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

    def kind(self, row: Row) -> str:
        return self._kinds[row.sheet]

    def gather(self, rows: Sequence[Row], subject: str, extras: Texts) -> Values:
        """One record's values out of its rows: the first that can be read of each field.

        What cannot be read goes to ``extras``, but for secrets.
        """
        values: Values = {}
        by_sheet = self.sources[subject]
        for target in self.targets(subject, rows):
            first: Row | None = None
            read: set[str] = set()
            for row in rows:
                sources = by_sheet[row.sheet].get(target)
                if not sources:
                    continue
                source, text = self.text(row, sources)
                if not text or text in read:
                    continue
                read.add(text)
                value = source.column.clean(text, self.say(row, source, text))
                key = source.column.key
                if value is None:
                    if not source.column.is_secret and not is_nothing(text):
                        add_text(extras, source.heading, text)
                elif first is None:
                    first, values[key] = row, value
                elif not source.column.repeats(values[key], value):
                    self.disagree(source, row, text, first)
        if rows:
            self.link_vets(values, rows, subject)
            self.mend_zip(values, rows[0])
        return values

    def targets(self, subject: str, rows: Sequence[Row]) -> list[str]:
        """The targets that the tables of these rows fill, in their order."""
        sheets = tuple(sorted({row.sheet for row in rows}))
        known = self._targets.get((subject, sheets))
        if known is None:
            every = (target for sheet in sheets for target in self.sources[subject][sheet])
            known = self._targets[subject, sheets] = list(dict.fromkeys(every))
        return known

    def text(self, row: Row, sources: Sequence[Source]) -> tuple[Source, str]:
        """The text that a row has for a field, put together where several columns fill it."""
        if len(sources) == 1 and (text := sources[0].text_of(row.cells)).isprintable():
            return sources[0], text.strip()
        found: list[tuple[Source, str]] = []
        for source in sources:
            text, left_out = without_controls(source.text_of(row.cells))
            if left_out:
                say = self.say(row, source, text)
                say(Kind.CONTROL, _("%d characters were left out. Look at the text.") % left_out)
            if text:
                found.append((source, text))
        if len(found) < 2:
            return found[0] if found else (sources[0], "")
        joiner = found[0][0].column.joiner
        if joiner is None:
            return found[0]
        texts = list(dict.fromkeys(text for _source, text in found))
        return found[0][0], joiner.join(texts)

    def say(self, row: Row, source: Source, text: str) -> Say:
        return partial(self._say, row, source, text)

    def _say(
        self, row: Row, source: Source, text: str, kind: Kind, message: str, *, once: bool = False
    ) -> None:
        value = str(HIDDEN) if source.column.is_secret else text
        add = self.issues.add_once if once else self.issues.add
        table = self.layouts[row.sheet].title
        add(kind, message, row=row.number, column=source.heading, value=value, table=table)

    def disagree(self, source: Source, row: Row, text: str, first: Row) -> None:
        message = _("Different in row %d, which was kept. Make them the same.") % first.number
        self.say(row, source, text)(Kind.ROWS_DISAGREE, message)

    def keep_extras(self, row: Row, extras: Texts) -> None:
        """Keep the cells of the columns that fill nothing."""
        layout = self.layouts[row.sheet]
        for index in layout.extras:
            text = without_controls(row.cells[index])[0] if index < len(row.cells) else ""
            if text:
                add_text(extras, layout.headings[index], text)

    def put_keys(self, row: Row, draft: Draft) -> None:
        """The keys that a row tells of: in a table of keys one a column, else codes in a cell."""
        sources = self.layouts[row.sheet].sources
        if self.kind(row) == "keys":
            for source in sources[KEY_CODE]:
                code = self.text(row, [source])[1]
                if code and not is_nothing(code):
                    draft.keys.append(KeyDraft(code, self.plain(row, "key.place"), row))
            return
        for code in parts_of(self.plain(row, CLIENT_KEYS)) if CLIENT_KEYS in sources else ():
            if not is_nothing(code) and code not in [key.code for key in draft.keys]:
                draft.keys.append(KeyDraft(code, "", row))

    def plain(self, row: Row, target: str) -> str:
        sources = self.layouts[row.sheet].sources.get(target)
        return self.text(row, sources)[1] if sources else ""

    def read_vet(self, row: Row) -> bool:
        """Take a vet of a table of vets; whether it has a name."""
        extras: Texts = {}
        texts = {
            source.column.key: ", ".join(
                text for each in sources if (text := without_controls(each.text_of(row.cells))[0])
            )
            for sources in self.sources["vet"][row.sheet].values()
            for source in sources[:1]
        }
        self.keep_extras(row, extras)
        name, clinic = texts.get("name", ""), texts.get("clinic", "")
        if not (name or clinic):
            message = _("A vet needs a name. Fill it in.")
            self.issues.add(Kind.VET, message, row=row.number, table=self.layouts[row.sheet].title)
            return False
        try:
            phone, address = texts.get("phone", ""), texts.get("address", "")
            entry = self.vets.entry(name, phone, address, clinic)
        except AmbiguousVetError:
            message = _("Several vets have this name. Add the phone of the one that is meant.")
            self.issues.add(
                Kind.VET, message, row=row.number, value=name or clinic,
                table=self.layouts[row.sheet].title,
            )  # fmt: skip
            return False
        self.listed_vets.append(entry)
        if source_id := texts.get("source_id", ""):
            self.vets.by_source_id[source_id] = entry
        return True

    def link_vets(self, values: Values, rows: Sequence[Row], subject: str) -> None:
        """Make a vet of its name, phone and address, or find it by its id in a table of vets."""
        key = {"client": "vet", "pet": "pet_vet"}[subject]
        vet_id = values.pop("vet_id", "")
        if vet_id and not is_nothing(vet_id):
            self.link_vet_by_id(values, rows[0], subject, key, vet_id)
        for target in self.targets(subject, rows):
            column = self.columns[target]
            if isinstance(column, VetColumn):
                self.link_vet(values, rows, target, column.key)

    def link_vet_by_id(self, values: Values, row: Row, subject: str, key: str, vet_id: str) -> None:
        entry = self.vets.by_source_id.get(vet_id)
        if entry is not None:
            values[key] = entry
            return
        source = self.sources[subject][row.sheet][f"{subject}.vet_id"][0]
        say = self.say(row, source, vet_id)
        say(Kind.VET, _("No vet with this id is in the files. Add the file of vets."))

    def link_vet(self, values: Values, rows: Sequence[Row], target: str, key: str) -> None:
        if isinstance(values.get(key), VetEntry):
            return
        name = values.pop(key, "")
        phone, address, clinic = (
            values.pop(f"{key}_{part}", "") for part in ("phone", "address", "clinic")
        )
        if not name and not clinic and not (phone or address):
            return
        subject = target.partition(".")[0]
        source = next(
            sources[0] for row in rows if (sources := self.sources[subject][row.sheet].get(target))
        )
        if not name and not clinic:
            message = _("A vet needs a name. Fill it in.")
            self.say(rows[0], source, phone or address)(Kind.VET, message)
            return
        try:
            values[key] = self.vets.entry(name, phone, address, clinic)
        except AmbiguousVetError:
            message = _("Several vets have this name. Add the phone of the one that is meant.")
            self.say(rows[0], source, name)(Kind.VET, message, once=True)

    def mend_zip(self, values: Values, row: Row) -> None:
        """Give a zip code its leading zero back where the state says that it had one."""
        zip_code = values.get("zip_code")
        if zip_code:
            region = self.columns["client.zip_code"].around.region
            values["zip_code"] = without_lost_zero(zip_code, values.get("state", ""), region)

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
        if self.kind(row) == "pets":
            return True
        return any(
            source.index is not None and source.text_of(row.cells).strip()
            for sources in self.sources["pet"][row.sheet].values()
            for source in sources
        )

    def pet(self, row: Row) -> PetDraft | None:
        """The pet of one row, if it has what every pet must have."""
        extras: Texts = {}
        values = self.gather([row], "pet", extras)
        if self.kind(row) == "pets":
            self.keep_extras(row, extras)
        source_id = values.pop(PET_ID.partition(".")[2], "")
        if values.pop(ESTIMATED.partition(".")[2], None) and "born" in values:
            values["born"] = estimated(values["born"])
        if "name" not in values:
            message = _("A pet needs a name. Fill it in, or leave the pet's columns empty.")
            self.refuse_pet(Kind.PET_NAME_MISSING, message, row, "pet.name")
            return None
        if "animal" not in values:
            message = _("A pet needs an animal, such as Dog. Fill it in.")
            self.refuse_pet(Kind.ANIMAL_MISSING, message, row, "pet.animal", values["name"])
            return None
        return PetDraft(values, [row], source_id, extras)

    def refuse_pet(self, kind: Kind, message: str, row: Row, target: str, value: str = "") -> None:
        layout = self.layouts[row.sheet]
        self.issues.add(
            kind, message, row=row.number, column=layout.heading_of(target), value=value,
            table=layout.title,
        )  # fmt: skip

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
        for sources in self.sources["pet"][row.sheet].values():
            source = sources[0]
            key = source.column.key
            if key not in again.values:
                continue
            value = known.values.setdefault(key, again.values[key])
            if not source.column.repeats(value, again.values[key]):
                self.disagree(source, row, self.text(row, sources)[1], known.rows[0])
        for heading, text in again.extras.items():
            add_text(known.extras, heading, text)
        message = _("The pet of %s.") % row_list(known.numbers)
        self.issues.add(
            Kind.REPEATED_PET, message, row=row.number, value=str(known.values["name"]),
            table=self.layouts[row.sheet].title,
        )  # fmt: skip
        known.rows.append(row)


def sources_of(layout: Layout, subject: str) -> dict[str, list[Source]]:
    """The columns of a table that are values of its clients, pets or vets."""
    return {
        target: sources
        for target, sources in layout.sources.items()
        if sources[0].column.subject == subject and target not in _JOINS
    }
