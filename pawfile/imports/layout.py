"""What the columns of a table fill."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pawfile.imports.columns import Column
from pawfile.imports.composites import Composite
from pawfile.imports.targets import KEY_CODE, PET_OWNER
from pawfile.imports.understand import iso_day, without_controls

CLIENT_NAMES = ("client.first_name", "client.last_name")
SURE = 80
"""Columns of less confidence are proposed, and used only when a person says so."""
REMARK_HEADING = "Remark (Pawfile)"
"""The last column of a file of rows with problems: never read, unless a person says so."""


class MappingError(Exception):
    """The file's columns cannot be used so; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's text comes from: a place in each row, or one text for all rows.

    With ``composite`` the cell holds more, and the field's part is taken out of it.
    """

    column: Column
    heading: str
    index: int | None
    text: str = ""
    composite: Composite | None = None
    label_index: int | None = None
    day_first: bool | None = None

    def text_of(self, cells: Sequence[str]) -> str:
        if self.index is None:
            return self.text
        text = cells[self.index] if self.index < len(cells) else ""
        if self.composite is not None and text.strip():
            plain = without_controls(text)[0]
            if self.label_index is not None:
                parts = self.composite.split(plain, cells[self.label_index])
            else:
                parts = self.composite.split(plain)
            return parts.get(self.column.key, "")
        return text if self.day_first is None else iso_day(text, day_first=self.day_first)


@dataclass(slots=True)
class Proposal:
    """What one column is taken for: ``targets`` (none: it is kept among the imported extras), how
    sure that is from 0 to 100, and some of its cells. Of a column that is refused no cell is shown.

    Below ``SURE`` the targets are a suggestion only and ``is_used`` is false. A column that
    ``is_dropped`` was left out by a person and is kept nowhere.
    """

    heading: str
    index: int
    targets: list[str] = field(default_factory=list)
    confidence: int = 0
    is_used: bool = False
    is_refused: bool = False
    is_dropped: bool = False
    samples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """What each column of a table fills, and what becomes of the others."""

    headings: list[str]
    title: str = ""
    sources: dict[str, list[Source]] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    extras: list[int] = field(default_factory=list)
    """Places of the columns that are kept among the imported extras."""
    refused: list[str] = field(default_factory=list)
    preset: str = ""
    has_visits: bool = False
    has_html: bool = False
    is_id_asked_for: bool = False
    filled: dict[str, str] = field(default_factory=dict)
    """Target, also a composite one → heading."""

    def of(self, subject: str) -> list[Source]:
        return [
            source
            for sources in self.sources.values()
            for source in sources
            if source.column.subject == subject
        ]

    def has(self, *targets: str) -> bool:
        return any(target in self.sources for target in targets)

    def heading_of(self, target: str) -> str:
        return self.sources[target][0].heading if target in self.sources else ""

    @property
    def kind(self) -> str:
        """What its rows are: clients (perhaps with pets), pets of clients elsewhere, keys, vets."""
        if self.has(KEY_CODE):
            return "keys"
        if self.of("vet"):
            return "vets"
        return "pets" if self.has(PET_OWNER) else "clients"

    @property
    def names_clients_by_id(self) -> bool:
        """Whether the clients have nothing but their id for a name, and a person said so.

        Where the id was only guessed, the names may stand under headings nobody recognised.
        """
        return self.is_id_asked_for and not self.has(*CLIENT_NAMES)
