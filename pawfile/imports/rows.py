"""The rows of a file put together to clients: by their id, else by name and what goes with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pawfile.imports.issues import Issues, Kind, row_list
from pawfile.imports.links import digits_of, name_key
from pawfile.imports.mapping import CLIENT_NAMES, Layout
from pawfile.imports.targets import CLIENT_ID
from pawfile.imports.understand import is_nothing, without_controls

from django.utils.translation import gettext as _

PHONES = ("cell_phone", "home_phone", "work_phone")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file; ``number`` counts as a spreadsheet program shows it."""

    number: int
    cells: Sequence[str]


@dataclass(slots=True)
class Traits:
    """What tells clients of one name apart: e-mail, phones, street with zip. Empty is unknown."""

    email: str = ""
    phones: frozenset[str] = frozenset()
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phones or self.address)

    def likeness(self, other: "Traits") -> tuple[int, int]:
        """How many traits are the same and how many differ, of those that both have."""
        compared = [
            (self.email == other.email, self.email and other.email),
            (bool(self.phones & other.phones), self.phones and other.phones),
            (self.address == other.address, self.address and other.address),
        ]
        known = [is_same for is_same, both in compared if both]
        return sum(known), len(known) - sum(known)

    def is_same(self, other: "Traits") -> bool:
        """Whether at least one trait is the same and no more differ than are the same."""
        same, different = self.likeness(other)
        return same > 0 and different <= same

    def fill_from(self, other: "Traits") -> None:
        self.email = self.email or other.email
        self.phones |= other.phones
        self.address = self.address or other.address


@dataclass(slots=True)
class Household:
    """The rows of one client. ``name`` is the folded first and last name."""

    name: tuple[str, str]
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
        self.passed_over: list[Row] = []
        self._order: list[Household] = []
        self._by_id: dict[str, Household] = {}
        self._by_name: dict[tuple[str, str], list[Household]] = defaultdict(list)
        self._bare: list[tuple[tuple[str, str], Row]] = []

    def add(self, row: Row) -> None:
        if not any(cell.strip() for cell in row.cells):
            self.passed_over.append(row)
            return
        if [cell.strip() for cell in row.cells] == [name.strip() for name in self.layout.headings]:
            self.issues.add(Kind.NOT_A_ROW, _("The headings once more."), row=row.number)
            self.passed_over.append(row)
            return
        self._place(row)

    def households(self) -> list[Household]:
        """All clients in the order of their first rows."""
        for name, row in self._bare:
            self._place_bare(name, row)
        self._bare.clear()
        return sorted(self._order, key=lambda household: household.rows[0].number)

    def text(self, row: Row, key: str) -> str:
        """The plain text of a client's column in a row, "" without such a column."""
        source = self.layout.sources.get(key)
        return without_controls(source.text_of(row.cells))[0] if source else ""

    def _place(self, row: Row) -> None:
        name = (self._name(row, 0), self._name(row, 1))
        source_id = self.text(row, CLIENT_ID)
        if not all(name) and not (source_id and self.layout.names_clients_by_id):
            self._refuse(row, name)
        elif source_id:
            household = self._by_id.get(source_id)
            if household is None:
                household = self._by_id[source_id] = self._new(name, source_id)
            self._join(household, row)
        elif self._traits(row):
            self._place_by_traits(name, row)
        else:
            self._bare.append((name, row))

    def _name(self, row: Row, part: int) -> str:
        return name_key(self.text(row, CLIENT_NAMES[part]))

    def _place_by_traits(self, name: tuple[str, str], row: Row) -> None:
        traits = self._traits(row)
        fitting = [known for known in self._by_name[name] if known.traits.is_same(traits)]
        fitting.sort(key=lambda known: known.traits.likeness(traits)[0], reverse=True)
        if not fitting:
            fitting = [self._new(name)]
            self._by_name[name].append(fitting[0])
        self._join(fitting[0], row)

    def _place_bare(self, name: tuple[str, str], row: Row) -> None:
        """A row with nothing but a name belongs to the one client of that name."""
        known = self._by_name[name]
        if len(known) > 1:
            message = _("Clients of this name: %s. Add the e-mail, phone or address that tells which.")
            places = ", ".join(row_list([household.rows[0].number]) for household in known)
            self.issues.add(
                Kind.AMBIGUOUS_CLIENT, message % places, row=row.number, value=" ".join(name)
            )
            self.refused.append(row)
            return
        if not known:
            known.append(self._new(name))
        self._join(known[0], row)

    def _new(self, name: tuple[str, str], source_id: str = "") -> Household:
        household = Household(name, source_id)
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

    def _refuse(self, row: Row, name: tuple[str, str]) -> None:
        if self.layout.names_clients_by_id:
            target = CLIENT_ID
            message = _("Without an id there is no client. Fill the id in.")
        else:
            target = CLIENT_NAMES[0] if not name[0] else CLIENT_NAMES[1]
            message = _("A client needs a first and a last name. Fill them in.")
        heading = self.layout.sources[target].heading
        self.issues.add(Kind.CLIENT_NAME_MISSING, message, row=row.number, column=heading)
        self.refused.append(row)


def traits_of(
    *, email: str, phones: Iterable[str], street: str, zip_code: str, region: str
) -> Traits:
    """Traits of a row or of a stored client, folded so that spelling does not tell them apart."""
    return Traits(
        email="" if is_nothing(email) else name_key(email),
        phones=frozenset(_digits(phones, region)),
        address=f"{name_key(street)} {zip_code[:5]}" if street and zip_code else "",
    )


def _digits(phones: Iterable[str], region: str) -> Iterator[str]:
    for phone in phones:
        if phone and not is_nothing(phone) and (digits := digits_of(phone, region)):
            yield digits
