"""The rows of a file put together to clients: by their id, else by name and what goes with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pawfile.imports.issues import Issues, Kind, row_list
from pawfile.imports.links import digits_of, name_key
from pawfile.imports.mapping import CLIENT_NAMES, Layout
from pawfile.imports.models import ID_LENGTH
from pawfile.imports.targets import CLIENT_ID
from pawfile.imports.understand import is_nothing, without_controls
from pawfile.lib.text import fold

PHONES = ("cell_phone", "home_phone", "work_phone")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file; ``number`` counts as a spreadsheet program shows it."""

    number: int
    cells: Sequence[str]


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

    ``name`` is the folded first and last name, ``sort_name`` the name as ``Client`` sorts by it.
    """

    name: tuple[str, str]
    sort_name: str
    source_id: str = ""
    traits: Traits = field(default_factory=Traits)
    rows: list[Row] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        return [row.number for row in self.rows]


class Grouping:
    """Puts rows together; takes all of them before it gives the households."""

    def __init__(self, layout: Layout, issues: Issues, *, region: str) -> None:
        self.layout = layout
        self.issues = issues
        self.region = region
        self.refused: list[Row] = []
        self.passed_over = 0
        self._order: list[Household] = []
        self._by_id: dict[str, Household] = {}
        self._by_name: dict[tuple[str, str], list[Household]] = defaultdict(list)
        self._bare: list[Row] = []

    def add(self, row: Row) -> None:
        if [" ".join(cell.split()) for cell in row.cells] == self.layout.headings:
            self.issues.add(Kind.NOT_A_ROW, _("The headings once more."), row=row.number)
            self.passed_over += 1
            return
        if len(row.cells) > len(self.layout.headings):
            message = _("%(cells)d cells, but %(headings)d headings.")
            counts = {"cells": len(row.cells), "headings": len(self.layout.headings)}
            self.issues.add(Kind.EXTRA_CELLS, message % counts, row=row.number)
        self._place(row)

    def households(self) -> list[Household]:
        """All clients in the order of their first rows."""
        for row in self._bare:
            self._place_bare(row)
        self._bare.clear()
        for household in self._order:
            household.rows.sort(key=lambda row: row.number)
        return sorted(self._order, key=lambda household: household.rows[0].number)

    def text(self, row: Row, key: str) -> str:
        """The plain text of a client's column in a row, "" without such a column."""
        source = self.layout.sources.get(key)
        return without_controls(source.text_of(row.cells))[0] if source else ""

    def _place(self, row: Row) -> None:
        source_id = self.text(row, CLIENT_ID)
        is_named = all(self._name(row)) or (source_id and self.layout.names_clients_by_id)
        if not is_named or len(source_id) > ID_LENGTH:
            self._refuse(row, is_named=bool(is_named))
        elif source_id:
            household = self._by_id.get(source_id) or self._new(row, source_id)
            self._by_id[source_id] = household
            self._join(household, row)
        elif self._traits(row):
            self._place_by_traits(row)
        else:
            self._bare.append(row)

    def _name(self, row: Row) -> tuple[str, str]:
        first, last = (name_key(self.text(row, target)) for target in CLIENT_NAMES)
        return first, last

    def _place_by_traits(self, row: Row) -> None:
        traits = self._traits(row)
        of_name = self._by_name[self._name(row)]
        fitting = [known for known in of_name if known.traits.is_same(traits)]
        if fitting:
            household = max(fitting, key=lambda known: known.traits.likeness(traits)[0])
        else:
            household = self._new(row)
            of_name.append(household)
        self._join(household, row)

    def _place_bare(self, row: Row) -> None:
        """A row with nothing but a name belongs to the one client of that name.

        Not if it says something else of the client: two people may have one name.
        """
        known = self._by_name[self._name(row)]
        if len(known) > 1 or (known and self._contradicts(row, known[0].rows[0])):
            message = _(
                "Clients of this name: %s. Fill in what tells which: e-mail, phone, address."
            )
            places = row_list([household.rows[0].number for household in known])
            self.issues.add(
                Kind.AMBIGUOUS_CLIENT, message % places, row=row.number, value=self._full_name(row)
            )
            self.refused.append(row)
            return
        if not known:
            known.append(self._new(row))
        self._join(known[0], row)

    def _contradicts(self, row: Row, other: Row) -> bool:
        """Whether both rows fill a column of the client, and not alike."""
        texts = (
            (self.text(row, source.column.target), self.text(other, source.column.target))
            for source in self.layout.of("client")
        )
        return any(one and two and name_key(one) != name_key(two) for one, two in texts)

    def _full_name(self, row: Row) -> str:
        return " ".join(self.text(row, target) for target in CLIENT_NAMES)

    def _new(self, row: Row, source_id: str = "") -> Household:
        first, last = (self.text(row, target) for target in CLIENT_NAMES)
        household = Household(self._name(row), fold(f"{last} {first}"), source_id)
        self._order.append(household)
        return household

    def _join(self, household: Household, row: Row) -> None:
        household.rows.append(row)
        household.traits.fill_from(self._traits(row))

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
        kind = Kind.CLIENT_NAME_MISSING
        if is_named:
            kind, target = Kind.TOO_LONG_FOR_A_NAME, CLIENT_ID
            message = _("An id has at most %d characters.") % ID_LENGTH
        elif self.layout.names_clients_by_id:
            target = CLIENT_ID
            message = _("Without an id there is no client. Fill the id in.")
        else:
            target = CLIENT_NAMES[1 if self.text(row, CLIENT_NAMES[0]) else 0]
            message = _("A client needs a first and a last name. Fill them in.")
        heading = self.layout.sources[target].heading
        self.issues.add(kind, message, row=row.number, column=heading)
        self.refused.append(row)


def traits_of(
    *, email: str, phones: Iterable[str], street: str, zip_code: str, region: str
) -> Traits:
    """Traits of a row or of a stored client, folded so that spelling does not tell them apart."""
    return Traits(
        email="" if is_nothing(email) else name_key(email),
        phones=frozenset(_digits(phones, region)),
        street=name_key(street),
        zip_code=zip_code[:5],
    )


def _digits(phones: Iterable[str], region: str) -> Iterator[str]:
    for phone in phones:
        if phone and not is_nothing(phone) and (digits := digits_of(phone, region)):
            yield digits
