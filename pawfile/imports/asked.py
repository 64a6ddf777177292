"""What a person says about the columns: "Heading=target", "target=text"."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from rapidfuzz import process

from pawfile.fields.catalogue import catalogue
from pawfile.imports.columns import Column
from pawfile.imports.composites import BY_TARGET
from pawfile.imports.issues import Kind
from pawfile.imports.layout import MappingError, Source
from pawfile.imports.presets import compact
from pawfile.imports.understand import without_controls

DROPPED = "-"
"""The target of a column that is to be kept nowhere."""


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
        if target == DROPPED:
            targets.append(target)
        if target in ("", DROPPED):
            continue
        known_target(target, columns)
        if is_password(heading, target, columns):
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


def known_target(target: str, columns: Mapping[str, Column]) -> None:
    if target not in columns and target not in BY_TARGET:
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
            % {"target": target, "near": near(target, [*columns, *BY_TARGET])}
        )


def near(name: str, names: Iterable[str]) -> str:
    """ "Near to it: …" for a message, or what there is when nothing is near."""
    every = [other for other in names if other.strip()]
    found = process.extract(name, every, processor=compact, limit=3, score_cutoff=60)
    if found:
        return _("Near to it: %s.") % ", ".join(f"“{other}”" for other, _score, _index in found)
    return _("There are: %s.") % ", ".join(f"“{other}”" for other in every[:60])


_PASSWORD = re.compile("password|passwd|pwd|passwort|kennwort|wachtwoord|contrasena|motdepasse")


def is_password(heading: str, target: str, columns: Mapping[str, Column]) -> bool:
    """Whether a heading is of passwords to sign in with, not of a code kept in the vault."""
    parts = BY_TARGET[target].targets() if target in BY_TARGET else [target]
    if any(part in columns and columns[part].is_secret for part in parts):
        return False
    return bool(_PASSWORD.search(compact(heading)))


def fixed_sources(columns: Mapping[str, Column], fixed: Iterable[str]) -> dict[str, Source]:
    """Columns that have the same text in every row."""
    found = {}
    for entry in fixed:
        target, equals, text = (part.strip() for part in entry.partition("="))
        if not equals or not text:
            raise MappingError(_("“%s” sets nothing. Write 'pet.animal=Dog'.") % entry)
        known_target(target, columns)
        if target not in columns:
            raise MappingError(_("“%s” fills several fields: set each of them.") % target)
        column = columns[target]

        def refuse(kind: Kind, message: str, *, once: bool = False, entry: str = entry) -> None:
            if kind != Kind.NEW_ANIMAL:
                raise MappingError(f"“{entry}”: {message}")

        column.clean(without_controls(text)[0], refuse)
        found[target] = Source(column, _("every row"), None, text)
    return found


def has_heading(headings: Sequence[str], entry: str) -> bool:
    """Whether an entry "Heading=target" is about one of these headings."""
    name = entry.rpartition("=")[0].strip()
    return any(name in (each, each.strip()) or compact(name) == compact(each) for each in headings)
