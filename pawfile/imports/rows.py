"""The rows of all tables put together to clients: by id, else by name and what goes with it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind, row_list
from pawfile.imports.layout import CLIENT_NAMES, Layout
from pawfile.imports.links import digits_of, name_key
from pawfile.imports.models import ID_LENGTH
from pawfile.imports.owners import Owners, Reference
from pawfile.imports.spool import Spool, place_of
from pawfile.imports.targets import CLIENT_ID, KEY_OWNER, PET_NAMES, PET_OWNER
from pawfile.imports.understand import is_nothing, without_controls, zip_key
from pawfile.lib.emails import emails_in
from pawfile.lib.text import fold

PHONES = ("cell_phone", "home_phone", "work_phone")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``number`` counts as a spreadsheet program shows it, ``sheet`` is the
    place of its table in the run."""

    number: int
    cells: Sequence[str]
    sheet: int = 0


@dataclass(slots=True)
class Traits:
    """What tells clients of one name apart: e-mail, phones, street and zip. Empty is unknown."""

    email: str = ""
    phones: frozenset[str] = frozenset()
    street: str = ""
    zip_code: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phones or self.zip_code)

    def likeness(self, other: "Traits") -> tuple[float, float]:
        """How much is the same and how much differs, of what both have.

        E-mail, phones and address weigh alike; the same zip without a street weighs half.
        """
        same, different = 0.0, 0.0
        if self.email and other.email:
            same += self.email == other.email
            different += self.email != other.email
        if self.phones and other.phones:
            same += bool(self.phones & other.phones)
            different += not self.phones & other.phones
        if self.zip_code and other.zip_code:
            has_streets = bool(self.street and other.street)
            is_same = self.zip_code == other.zip_code and (
                self.street == other.street or not has_streets
            )
            same += (1 if has_streets else 0.5) * is_same
            different += not is_same
        return same, different

    def is_same(self, other: "Traits") -> bool:
        """Whether something is the same and no more differs than is the same."""
        same, different = self.likeness(other)
        return same > 0 and different <= same

    def fill_from(self, other: "Traits") -> None:
        self.email = self.email or other.email
        self.phones |= other.phones
        self.street = self.street or other.street
        self.zip_code = self.zip_code or other.zip_code


@dataclass(slots=True)
class Household:
    """The rows of one client.

    ``name`` is the folded first and last name, ``sort_name`` the name as ``Client`` sorts by it;
    ``client_pk`` a client in the book that rows without any of its own refer to.
    """

    name: tuple[str, str]
    sort_name: str
    source_id: str = ""
    client_pk: int | None = None
    traits: Traits = field(default_factory=Traits)
    rows: list[Row] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        return [row.number for row in self.rows]


class Grouping:
    """Puts rows together; takes all of them before it gives the households.

    ``answers`` say to whom a row belongs where that was a question: (title of the table, row) → id
    of the client in the file, or its row there.
    """

    def __init__(
        self,
        layouts: Sequence[Layout],
        issues: Issues,
        *,
        region: str,
        answers: Mapping[tuple[str, int], str],
    ) -> None:
        self.layouts = layouts
        self.issues = issues
        self.region = region
        self.answers = answers
        self.refused: list[Row] = []
        self.passed_over = 0
        self.spool = Spool()
        self._owners = Owners(self.spool)
        self._kinds = [layout.kind for layout in layouts]

    def add(self, row: Row) -> None:
        layout = self.layouts[row.sheet]
        if is_headings(row.cells, layout.headings):
            self._say(row, Kind.NOT_A_ROW, _("The headings once more."))
            self.passed_over += 1
            return
        if len(row.cells) > len(layout.headings):
            message = _("%(cells)d cells, but %(headings)d headings.")
            counts = {"cells": len(row.cells), "headings": len(layout.headings)}
            self._say(row, Kind.EXTRA_CELLS, message % counts)
        if self._kinds[row.sheet] == "clients":
            self._place(row)
        else:
            self.spool.wait(row.sheet, row.number, row.cells)

    def finish(self) -> None:
        """Place the rows that had to wait until all clients were known."""
        for is_client in (True, False):
            for sheet, number, cells in self.spool.waiting():
                row = Row(number, cells, sheet)
                if (self._kinds[sheet] == "clients") != is_client:
                    continue
                if is_client:
                    self._place_bare(row)
                else:
                    self._place_by_owner(row)

    def households(self, *, with_several_rows: bool = False) -> Iterator[Household]:
        """All clients in the order of their first rows, or those of several rows."""
        for found, lines in self.spool.households(least=2 if with_several_rows else 0):
            yield Household(
                name=(found["first"], found["last"]),
                sort_name=found["sort_name"],
                source_id=found["source_id"],
                client_pk=found["client_pk"],
                traits=traits_from(found),
                rows=[Row(number, cells, sheet) for sheet, number, cells in lines],
            )

    def text(self, row: Row, target: str) -> str:
        """The plain text of a column in a row, "" without such a column."""
        for source in self.layouts[row.sheet].sources.get(target, ()):
            text = without_controls(source.text_of(row.cells))[0]
            if text:
                return text
        return ""

    def _say(
        self, row: Row, kind: Kind, message: str, *, column: str = "", value: str = ""
    ) -> None:
        title = self.layouts[row.sheet].title
        self.issues.add(kind, message, row=row.number, column=column, value=value, table=title)

    def _place(self, row: Row) -> None:
        layout = self.layouts[row.sheet]
        source_id = self.text(row, CLIENT_ID)
        is_named = all(self._name(row)) or (source_id and layout.names_clients_by_id)
        if not is_named or len(source_id) > ID_LENGTH:
            if not self._place_by_answer(row):
                self._refuse(row, is_named=bool(is_named))
        elif source_id:
            found = self.spool.by_id(source_id)
            self._join(found["id"] if found else self._new(row, source_id), row, found)
        elif self._traits(row):
            self._place_by_traits(row)
        else:
            self.spool.wait(row.sheet, row.number, row.cells)

    def _name(self, row: Row) -> tuple[str, str]:
        first, last = (name_key(self.text(row, target)) for target in CLIENT_NAMES)
        return first, last

    def _place_by_traits(self, row: Row) -> None:
        traits = self._traits(row)
        of_name = [(traits_from(known), known) for known in self.spool.by_name(*self._name(row))]
        fitting = [(own, known) for own, known in of_name if own.is_same(traits)]
        if fitting:
            known = max(fitting, key=lambda pair: pair[0].likeness(traits)[0])[1]
            self._join(known["id"], row, known)
        else:
            self._join(self._new(row), row, None)

    def _place_bare(self, row: Row) -> None:
        """A row with nothing but a name belongs to the one client of that name.

        Not if it says something else of the client: two people may have one name.
        """
        named = self.spool.by_name(*self._name(row))
        lines = [(each, self.spool.first_line(each["id"])) for each in named]
        known, firsts = [e for e, line in lines if line], [line for _e, line in lines if line]
        if len(known) > 1 or (known and self._contradicts(row, firsts[0])):
            if self._place_by_answer(row):
                return
            message = _(
                "Clients of this name: %s. Fill in what tells which: e-mail, phone, address."
            )
            places = row_list([line[1] for line in firsts])
            heading = self.layouts[row.sheet].heading_of(CLIENT_NAMES[1])
            options = [self._option(line) for line in firsts]
            self._ask(row, heading, message % places, self._full_name(row), options)
            self.refused.append(row)
            return
        self._join(known[0]["id"] if known else self._new(row), row, known[0] if known else None)

    def _contradicts(self, row: Row, first: tuple[int, int, list[str]]) -> bool:
        """Whether both rows fill a column of the client, and not alike."""
        sheet, number, cells = first
        other = Row(number, cells, sheet)
        texts = (
            (self.text(row, source.column.target), self.text(other, source.column.target))
            for source in self.layouts[row.sheet].of("client")
        )
        return any(one and two and name_key(one) != name_key(two) for one, two in texts)

    def _place_by_owner(self, row: Row) -> None:
        """Pets and keys of tables of their own go to the client that they name."""
        if self._place_by_answer(row):
            return
        is_key = self._kinds[row.sheet] == "keys"
        target = KEY_OWNER if is_key else PET_OWNER
        text = self.text(row, target)
        reference = Reference(
            text=text,
            pet=self.text(row, "pet.name"),
            street=name_key(self.text(row, "key.street")),
            zip_code=zip_key(self.text(row, "key.zip_code")),
        )
        found = self._owners.of(reference)
        if len(found) == 1:
            self._join(found[0]["id"], row, found[0])
            return
        heading = self.layouts[row.sheet].heading_of(target)
        self.refused.append(row)
        if not found:
            message = _("No client of this name or id is in the files or in the book.")
            self._say(row, Kind.OWNER_MISSING, message, column=heading, value=text)
            return
        lines = [(each, self.spool.first_line(each["id"])) for each in found]
        options = [self._option(line) for _each, line in lines if line]
        options += self._owners.booked([each for each, line in lines if not line])
        words = "; ".join(words for _answer, words in options)
        message = _("Clients of this name: %s. Say which, or write its id here.") % words
        self._ask(row, heading, message, text, options)

    def _place_by_answer(self, row: Row) -> bool:
        """Whether a person has said to whom the row belongs: the client's id, or its row."""
        answer = self.answers.get((self.layouts[row.sheet].title, row.number), "")
        if not answer:
            return False
        found = self.spool.by_id(answer) or self._owners.of_row(answer)
        if found is None:
            return False
        self._join(found["id"], row, found)
        return True

    def _option(self, line: tuple[int, int, list[str]]) -> tuple[str, str]:
        """The answer that means the client of this first row, and words to tell it by."""
        sheet, number, cells = line
        row = Row(number, cells, sheet)
        told = [self.text(row, f"client.{key}") for key in ("email", "street", *PHONES)]
        said = next(filter(None, told), "")
        return str(number), f"{row_list([number])} ({said})" if said else row_list([number])

    def _ask(
        self, row: Row, heading: str, message: str, value: str, options: Sequence[tuple[str, str]]
    ) -> None:
        title = self.layouts[row.sheet].title
        self.issues.add(
            Kind.AMBIGUOUS_CLIENT, message, row=row.number, column=heading, value=value,
            table=title, options=tuple(options),
        )  # fmt: skip

    def _full_name(self, row: Row) -> str:
        return " ".join(self.text(row, target) for target in CLIENT_NAMES)

    def _new(self, row: Row, source_id: str = "") -> int:
        first, last = (self.text(row, target) for target in CLIENT_NAMES)
        folded = self._name(row)
        return self.spool.add_household(
            {
                "place": place_of(row.sheet, row.number),
                "first": folded[0],
                "last": folded[1],
                "sort_name": fold(f"{last} {first}"),
                "source_id": source_id,
                **columns_of(Traits()),
                "pets": name_key(self.text(row, PET_NAMES)),
            }
        )

    def _join(self, household: int, row: Row, known: sqlite3.Row | None) -> None:
        self.spool.add_line(household, row.sheet, row.number, row.cells)
        values: dict[str, object] = {}
        if self._kinds[row.sheet] == "clients":
            before = traits_from(known) if known else Traits()
            traits = traits_from(known) if known else Traits()
            traits.fill_from(self._traits(row))
            if traits != before:
                values = dict(columns_of(traits))
            if known and place_of(row.sheet, row.number) < known["place"]:
                values["place"] = place_of(row.sheet, row.number)
        if values:
            self.spool.change_household(household, values)

    def _traits(self, row: Row) -> Traits:
        phones = (self.text(row, f"client.{key}") for key in PHONES)
        street, zip_code = (self.text(row, f"client.{key}") for key in ("street", "zip_code"))
        return traits_of(
            email=self.text(row, "client.email"),
            phones=phones,
            street=street,
            zip_code=zip_code,
            region=self.region,
        )

    def _refuse(self, row: Row, *, is_named: bool) -> None:
        kind, layout = Kind.CLIENT_NAME_MISSING, self.layouts[row.sheet]
        if is_named:
            kind, target = Kind.TOO_LONG_FOR_A_NAME, CLIENT_ID
            message = _("An id has at most %d characters.") % ID_LENGTH
        elif layout.names_clients_by_id:
            target = CLIENT_ID
            message = _("Without an id there is no client. Fill the id in.")
        else:
            target = CLIENT_NAMES[1 if self.text(row, CLIENT_NAMES[0]) else 0]
            message = _("A client needs a first and a last name. Fill them in.")
        self._say(row, kind, message, column=layout.heading_of(target))
        self.refused.append(row)


def is_headings(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a row says the headings once more; most rows differ in the first cell."""
    return " ".join(cells[0].split()) == headings[0] and [
        " ".join(cell.split()) for cell in cells
    ] == list(headings)


def columns_of(traits: Traits) -> dict[str, str]:
    return {
        "email": traits.email,
        "phones": " ".join(sorted(traits.phones)),
        "street": traits.street,
        "zip_code": traits.zip_code,
    }


def traits_from(found: sqlite3.Row) -> Traits:
    return Traits(
        email=found["email"],
        phones=frozenset(found["phones"].split()),
        street=found["street"],
        zip_code=found["zip_code"],
    )


def traits_of(
    *, email: str, phones: Iterable[str], street: str, zip_code: str, region: str
) -> Traits:
    """Traits of a row or of a stored client, folded so that spelling does not tell them apart."""
    return Traits(
        email="" if is_nothing(email) else name_key(first_email(email)),
        phones=frozenset(_digits(phones, region)),
        street=name_key(street),
        zip_code=zip_key(zip_code),
    )


def first_email(text: str) -> str:
    """Of several addresses in a cell the first, of "Ann <a@b.org>" the address."""
    is_plain = text.count("@") < 2 and "<" not in text
    return text if is_plain else next(iter(emails_in(text)), text)


def _digits(phones: Iterable[str], region: str) -> Iterator[str]:
    for phone in phones:
        if phone and not is_nothing(phone) and (digits := digits_of(phone, region)):
            yield digits
