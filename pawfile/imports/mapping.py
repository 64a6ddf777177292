"""From the headings of a file to what their columns fill."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from rapidfuzz import process

from pawfile.fields.catalogue import catalogue
from pawfile.imports.columns import Column
from pawfile.imports.issues import Kind
from pawfile.imports.link_columns import VetPartColumn
from pawfile.imports.targets import CLIENT_ID
from pawfile.imports.understand import without_controls
from pawfile.lib.formulas import as_written
from pawfile.lib.text import fold

CLIENT_NAMES = ("client.first_name", "client.last_name")

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SUBJECTS = {"pet": "pet", "animal": "pet", "client": "client", "owner": "client"}
_PASSWORD = re.compile("password|passwd|pwd|passwort|kennwort|wachtwoord|contrasena|motdepasse")


class MappingError(Exception):
    """The file's columns cannot be used so; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column's text comes from: a place in each row, or one text for all rows."""

    column: Column
    heading: str
    index: int | None
    text: str = ""

    def text_of(self, cells: Sequence[str]) -> str:
        if self.index is None:
            return self.text
        return as_written(cells[self.index]) if self.index < len(cells) else ""


@dataclass(slots=True)
class Layout:
    """What each column of the file fills, and what becomes of the others."""

    headings: list[str]
    sources: dict[str, Source] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    is_id_asked_for: bool = False

    def of(self, subject: str) -> list[Source]:
        return [source for source in self.sources.values() if source.column.subject == subject]

    def has(self, *targets: str) -> bool:
        return any(target in self.sources for target in targets)

    @property
    def names_clients_by_id(self) -> bool:
        """Whether the clients have nothing but their id for a name, and a person said so.

        Where the id was only guessed, the names may stand under headings nobody recognised.
        """
        return self.is_id_asked_for and not self.has(*CLIENT_NAMES)


def compact(text: str) -> str:
    """A heading as it is compared: small letters and digits, nothing else."""
    return "".join(filter(str.isalnum, fold(text)))


def lay_out(
    headings: Sequence[str],
    columns: Mapping[str, Column],
    *,
    mapped: Iterable[str] = (),
    fixed: Iterable[str] = (),
) -> Layout:
    """Give each heading its column: as ``mapped`` says ("Heading=target"), else by its words.

    A mapping without a target leaves a heading out; ``fixed`` ("target=text") fills a column with
    one text in every row. Raises ``MappingError``.
    """
    layout = Layout(list(headings))
    asked = asked_for(headings, columns, mapped)
    for target, source in fixed_sources(columns, fixed).items():
        layout.sources[target] = source
    for heading, targets in asked.items():
        layout.is_id_asked_for |= CLIENT_ID in targets
        for target in targets:
            put(layout, heading, columns[target])
    guesses = guessed(headings, columns, skipping=set(asked))
    for heading, guess_of_it in sorted_by_fit(guesses):
        column = guess_of_it[1] if guess_of_it else None
        if is_password(heading, column):
            layout.refused.append(heading)
        elif column is None:
            layout.left_out.append(heading)
        elif column.target in layout.sources:
            other = layout.sources[column.target].heading
            layout.left_out.append(
                _("%(heading)s (%(target)s is filled by “%(other)s”)")
                % {"heading": heading, "target": column.target, "other": other}
            )
        else:
            put(layout, heading, column)
    layout.left_out.extend(heading for heading, targets in asked.items() if not targets)
    leave_useless_out(layout)
    check_names(layout)
    return layout


def put(layout: Layout, heading: str, column: Column) -> None:
    other = layout.sources.get(column.target)
    if other is not None:
        raise MappingError(
            _("“%(one)s” and “%(other)s” would both fill %(target)s. Map one of them elsewhere.")
            % {"one": other.heading, "other": heading, "target": column.target}
        )
    layout.sources[column.target] = Source(column, heading, layout.headings.index(heading))


def asked_for(
    headings: Sequence[str], columns: Mapping[str, Column], mapped: Iterable[str]
) -> dict[str, list[str]]:
    """Heading → targets, as the person says; of a heading to leave out no target."""
    asked: dict[str, list[str]] = {}
    for entry in mapped:
        name, equals, target = (part.strip() for part in entry.rpartition("="))
        if not equals:
            raise MappingError(_("“%s” is no mapping. Write 'Heading=client.last_name'.") % entry)
        heading = known_heading(name, headings)
        targets = asked.setdefault(heading, [])
        if not target:
            continue
        known_target(target, columns)
        if is_password(heading, columns[target]):
            raise MappingError(_("“%s” is a column of passwords: it is never read.") % heading)
        targets.append(target)
    return asked


def known_heading(name: str, headings: Sequence[str]) -> str:
    for heading in headings:
        if heading.strip() == name:
            return heading
    same = [heading for heading in headings if compact(heading) == compact(name)]
    if len(same) == 1:
        return same[0]
    raise MappingError(
        _("The file has no column “%(name)s”. %(near)s")
        % {"name": name, "near": near(name, headings)}
    )


def known_target(target: str, columns: Mapping[str, Column]) -> Column:
    if target not in columns:
        subject, _dot, key = target.partition(".")
        archived = catalogue(subject).archived if subject in ("client", "pet") else {}
        if key in archived:
            raise MappingError(
                _("“%(label)s” (%(target)s) is archived. Bring it back under Site Options > "
                  "Clients, or leave the column out: 'Heading='.")
                % {"label": archived[key].label, "target": target}
            )  # fmt: skip
        raise MappingError(
            _("There is no field “%(target)s”. %(near)s")
            % {"target": target, "near": near(target, columns)}
        )
    return columns[target]


def near(name: str, names: Iterable[str]) -> str:
    """ "Near to it: …" for a message, or what there is when nothing is near."""
    every = [other for other in names if other.strip()]
    found = process.extract(name, every, processor=compact, limit=3, score_cutoff=60)
    if found:
        return _("Near to it: %s.") % ", ".join(f"“{other}”" for other, _score, _index in found)
    return _("There are: %s.") % ", ".join(f"“{other}”" for other in every[:60])


Guess = tuple[int, Column]


def guessed(
    headings: Sequence[str], columns: Mapping[str, Column], *, skipping: set[str]
) -> dict[str, Guess | None]:
    """Heading → how well it fits which column, by its words."""
    names = names_by_subject(columns)
    return {
        heading: guess(heading, columns, names) for heading in headings if heading not in skipping
    }


def sorted_by_fit(guesses: Mapping[str, Guess | None]) -> list[tuple[str, Guess | None]]:
    """Best fits first, so that of two headings for one column the better one has it."""
    return sorted(guesses.items(), key=lambda item: item[1][0] if item[1] else 0)


Names = dict[str, dict[str, Guess]]


def names_by_subject(columns: Mapping[str, Column]) -> Names:
    """Subject → compact name → (rank, column): a field's label goes before another's alias."""
    names: Names = {"client": {}, "pet": {}}
    for column in columns.values():
        for rank, name in enumerate(column.names):
            known = names[column.subject].get(compact(name))
            if known is None or rank < known[0]:
                names[column.subject][compact(name)] = (rank, column)
    return names


def guess(heading: str, columns: Mapping[str, Column], names: Names) -> Guess | None:
    """The column a heading means and how well it fits (lower is better).

    "client.zip_code" is exact; "Pet Color" and "Owner's Email" say whose; a bare heading that
    both have is the client's.
    """
    if heading.strip() in columns:
        return -2, columns[heading.strip()]
    first, _blank, rest = _CAMEL.sub(" ", heading.strip()).partition(" ")
    owner = _SUBJECTS.get(compact(first).removesuffix("s"))
    found = names["client"].get(compact(heading)) or names["pet"].get(compact(heading))
    if owner and found is None and rest:
        found = names[owner].get(compact(rest))
    if found is None:
        return None
    return (-1 if owner == found[1].subject else found[0]), found[1]


def is_password(heading: str, column: Column | None) -> bool:
    """Whether a heading is of passwords to sign in with, not of a code kept in the vault."""
    if column is not None and column.is_secret:
        return False
    return bool(_PASSWORD.search(compact(heading)))


def fixed_sources(columns: Mapping[str, Column], fixed: Iterable[str]) -> dict[str, Source]:
    """Columns that have the same text in every row."""
    found = {}
    for entry in fixed:
        target, equals, text = (part.strip() for part in entry.partition("="))
        if not equals or not text:
            raise MappingError(_("“%s” sets nothing. Write 'pet.animal=Dog'.") % entry)
        column = known_target(target, columns)

        def refuse(kind: Kind, message: str, *, once: bool = False, entry: str = entry) -> None:
            if kind != Kind.NEW_ANIMAL:
                raise MappingError(f"“{entry}”: {message}")

        column.clean(without_controls(text)[0], refuse)
        found[target] = Source(column, _("every row"), None, text)
    return found


def leave_useless_out(layout: Layout) -> None:
    """Columns of pets without the pets' names are of no use, nor is the phone of no vet."""
    for target, source in list(layout.sources.items()):
        is_nameless_pet = source.column.subject == "pet" and not layout.has("pet.name")
        is_part = isinstance(source.column, VetPartColumn)
        if is_nameless_pet or (is_part and not layout.has(target.rpartition("_")[0])):
            del layout.sources[target]
            if source.index is not None:
                layout.left_out.append(source.heading)


def check_names(layout: Layout) -> None:
    """Raise ``MappingError`` unless clients, and pets if there are any, can have their names."""
    missing = [target for target in CLIENT_NAMES if not layout.has(target)]
    if missing and not layout.names_clients_by_id:
        raise MappingError(
            _("No column has %(names)s. Map one: --map 'Heading=%(target)s', or an id "
              "that every client has: --map 'Heading=client.source_id'.")
            % {"names": _(" and ").join(missing), "target": missing[0]}
        )  # fmt: skip
    if layout.has("pet.name") and not layout.has("pet.animal"):
        raise MappingError(
            _("No column says what animal the pets are. Map one: --map 'Heading=pet.animal', or "
              "say it for all: --set 'pet.animal=Dog'.")
        )  # fmt: skip
