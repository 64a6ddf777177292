"""The catalogue as the page that arranges it draws it: sections, rows, and where each can go.

A place is written ``section/key``: before that field, or with no key at the section's end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from pawfile.fields.catalogue import ROLES
from pawfile.fields.models import ACCESS_CHOICES
from pawfile.fields.registry import Access, Field, Label, Section, Subject
from pawfile.fields.words import KIND_NAMES, ROLE_NAMES, condition_text
from pawfile.lib.text import fold

SUBJECTS = ("client", "pet")


@dataclass(frozen=True, slots=True)
class RoleAccess:
    """What one role may do with a field."""

    role: str
    name: Label
    level: int
    label: Label


@dataclass(frozen=True, slots=True)
class Row:
    """One field. ``up`` and ``down`` are places, empty where there is no further one."""

    subject: str
    field: Field
    kind: Label
    condition: str
    animals: str
    roles: tuple[RoleAccess, ...]
    words: str
    up: str = ""
    down: str = ""
    count: int | None = None

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def levels(self) -> str:
        """The levels as they were drawn, so that a save changes only what was touched."""
        return "".join(str(each.level) for each in self.roles)

    @property
    def edit_url(self) -> str:
        return reverse("field_edit", args=[self.subject, self.field.key])


@dataclass(frozen=True, slots=True)
class ListedSection:
    """A section with those of its fields that are asked for, and where it can go itself.

    ``up`` and ``down`` are the keys of the sections it would come before, ``None`` where it
    cannot move.
    """

    key: str
    label: Label
    rows: tuple[Row, ...]
    is_own: bool
    is_empty: bool
    up: str | None
    down: str | None


def listed_sections(
    fields_of: Subject, *, query: str = "", counts: Mapping[str, int] | None = None
) -> list[ListedSection]:
    """Every section with its rows; with a query only the fields that fit it."""
    wanted = fold(query).split()
    sections = fields_of.sections
    found = []
    for number, section in enumerate(sections):
        rows = section_rows(fields_of, number, counts or {})
        rows = [row for row in rows if all(word in row.words for word in wanted)]
        if not rows and wanted:
            continue
        later = [each.key for each in sections[number + 2 :]]
        found.append(
            ListedSection(
                section.key,
                section.label,
                tuple(rows),
                is_own=section.key.startswith("cs_"),
                is_empty=not section.fields,
                up=sections[number - 1].key if number else None,
                down=[*later, ""][0] if number + 1 < len(sections) else None,
            )
        )
    return found


def section_rows(fields_of: Subject, number: int, counts: Mapping[str, int]) -> list[Row]:
    sections = fields_of.sections
    section = sections[number]
    keys = [field.key for field in section.fields]
    rows = []
    for place, field in enumerate(section.fields):
        if place:
            up = f"{section.key}/{keys[place - 1]}"
        else:
            up = f"{sections[number - 1].key}/" if number else ""
        if place + 1 < len(keys):
            down = f"{section.key}/{[*keys[place + 2 :], ''][0]}"
        else:
            down = first_place(sections[number + 1]) if number + 1 < len(sections) else ""
        count = counts.get(field.key)
        rows.append(row_of(fields_of, field, up=up, down=down, count=count))
    return rows


def first_place(section: Section) -> str:
    return f"{section.key}/{section.fields[0].key if section.fields else ''}"


def row_of(
    fields_of: Subject,
    field: Field,
    *,
    up: str = "",
    down: str = "",
    count: int | None = None,
) -> Row:
    return Row(
        subject=fields_of.key,
        field=field,
        kind=KIND_NAMES[field.kind],
        condition=condition_text(field.shown_when, fields_of),
        animals=", ".join(sorted(field.animals)),
        roles=role_accesses(field),
        words=fold(f"{field.label} {KIND_NAMES[field.kind]} {field.key}"),
        up=up,
        down=down,
        count=count,
    )


def role_accesses(field: Field) -> tuple[RoleAccess, ...]:
    labels = dict(ACCESS_CHOICES)
    levels = {
        role: Access.REQUIRED if field.is_always_required else getattr(field, role)
        for role in ROLES
    }
    return tuple(
        RoleAccess(role, ROLE_NAMES[role], int(level), labels[level])
        for role, level in levels.items()
    )
