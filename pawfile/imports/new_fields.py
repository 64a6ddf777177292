"""Fields of the company's own that an import makes for its columns.

Until the import starts a field is only a target, such as "client.new-text-1a2b3c4d": subject, kind
and a digest of the heading, which is the field's name. Columns of one heading share one field.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.actions import add_field
from pawfile.fields.catalogue import catalogue
from pawfile.fields.edits import last_edit, undo_last
from pawfile.fields.forms import LINE_LENGTH, PARAGRAPH_LENGTH
from pawfile.fields.models import CatalogueEdit, CustomField
from pawfile.fields.registry import Access, Field, Kind
from pawfile.fields.rules import clean_label
from pawfile.fields.words import KIND_NAMES
from pawfile.imports.columns import Column, Surroundings
from pawfile.imports.targets import CLASSES
from pawfile.imports.understand import is_nothing, iso_day, yes_or_no
from pawfile.lib.text import fold
from pawfile.profiles.models import Client, Pet

KINDS = {
    "text": Kind.TEXT,
    "long": Kind.LONG_TEXT,
    "yesno": Kind.YES_NO,
    "date": Kind.DATE,
}
LONG = 80
"""A cell of more characters is a long text."""
_TARGET = re.compile(r"(client|pet)\.new-(text|long|yesno|date)-[0-9a-f]{8}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}.*")


def is_new(target: str) -> bool:
    return _TARGET.fullmatch(target) is not None


def subject_of(target: str) -> str:
    return target.partition(".")[0]


def kind_of(target: str) -> Kind:
    return KINDS[target.split("-")[1]]


def new_targets(heading: str) -> dict[str, list[str]]:
    """Subject → the target of each kind."""
    digest = hashlib.sha256(fold(name_of(heading)).encode()).hexdigest()[:8]
    return {
        subject: [f"{subject}.new-{word}-{digest}" for word in KINDS]
        for subject in ("client", "pet")
    }


def name_of(heading: str) -> str:
    return " ".join(heading.split())


def new_columns(wanted: Iterable[tuple[str, str]], around: Surroundings) -> dict[str, Column]:
    """Target → column of each (heading, target) that stands for a new field."""
    return {
        target: CLASSES[kind_of(target)](
            target,
            names=(),
            max_length=PARAGRAPH_LENGTH if kind_of(target) == Kind.LONG_TEXT else LINE_LENGTH,
            surroundings=around,
            field=Field(
                key=target.partition(".")[2],
                label=name_of(heading),
                kind=kind_of(target),
                is_custom=True,
            ),
        )
        for heading, target in wanted
        if is_new(target)
    }


def wanted_by(mapped: Any) -> list[tuple[str, str]]:
    """(heading, target) of the entries per table; those of the command make no fields."""
    if not isinstance(mapped, Mapping):
        return []
    pairs = (entry.rpartition("=") for entries in mapped.values() for entry in entries)
    return [(heading.strip(), target.strip()) for heading, _equals, target in pairs]


def guessed_kind(cells: Sequence[str]) -> str:
    """The word of the kind that the cells of a column look like."""
    filled = [cell for cell in cells if not is_nothing(cell)]
    if any("\n" in cell or len(cell) > LONG for cell in filled):
        return "long"
    if filled and all(yes_or_no(cell) is not None for cell in filled):
        return "yesno"
    if filled and all(is_day(cell) for cell in filled):
        return "date"
    return "text"


def is_day(cell: str) -> bool:
    orders = (iso_day(cell, day_first=day_first) for day_first in (True, False))
    return any(_DAY.fullmatch(day) for day in orders)


def kept_target(heading: str, target: str, columns: Mapping[str, Column]) -> str:
    """Of a field that was new when the mapping was saved, the target it has by now."""
    if not is_new(target):
        return target
    own = (each for each in columns.values() if each.field is not None and each.field.is_custom)
    for column in own:
        is_same = fold(column.label) == fold(name_of(heading)) and not is_new(column.target)
        if is_same and column.subject == subject_of(target):
            return column.target
    return target


def check_new(wanted: Iterable[tuple[str, str]]) -> None:
    """Raise ``ValidationError`` with words if one of these fields cannot be made."""
    kinds: dict[tuple[str, str], str] = {}
    for heading, target in wanted:
        subject = subject_of(target)
        try:
            clean_label(catalogue(subject), name_of(heading))
        except ValidationError as problem:
            words = _("%(heading)s: %(problem)s Choose that one, or rename the column.")
            said = " ".join(problem.messages)
            raise ValidationError(words % {"heading": heading, "problem": said}) from problem
        if kinds.setdefault((subject, fold(name_of(heading))), target) != target:
            words = _("%s: the tables make it different kinds of fields. Choose one kind.")
            raise ValidationError(words % heading)


def make_fields(wanted: Iterable[tuple[str, str]], *, by: User) -> tuple[dict[str, str], list[int]]:
    """Make them; new target → target of the field, and the changes of the catalogue by which.

    Only the office sees them, until an administrator says otherwise: nobody has looked yet at what
    the file holds."""
    made: dict[str, str] = {}
    edits: list[int] = []
    for heading, target in wanted:
        if target in made:
            continue
        values = {
            "label": name_of(heading),
            "kind": kind_of(target).value,
            "sitter": Access.HIDE,
            "client": Access.HIDE,
        }
        field = add_field(subject=subject_of(target), values=values, by=by)
        made[target] = f"{subject_of(target)}.{field.key}"
        edit = last_edit(subject_of(target))
        edits += [edit.pk] if edit else []
    return made, edits


def withdraw_fields(edits: Sequence[int], *, by: User | None) -> Iterator[tuple[str, str, str]]:
    """Take back the changes that made fields, the last first: such a field is archived. One that
    is filled in by now, or changed, stays and is told: name, address, why."""
    for edit in CatalogueEdit.objects.filter(pk__in=edits, undone_at=None):
        keys = [name.rpartition("/")[2] for name in edit.after if name.startswith("custom/")]
        for row in CustomField.objects.of(edit.subject).filter(pk__in=keys):
            reason = ""
            model = Client if edit.subject == "client" else Pet
            if model._base_manager.filter(custom__has_key=row.key).exists():
                reason = _("It is filled in by now.")
            else:
                try:
                    undo_last(subject=edit.subject, edit=edit.pk, by=by)
                except ValidationError:
                    reason = _("Fields were changed since.")
            if reason:
                yield row.label, reverse("field_edit", args=[edit.subject, row.key]), reason


def kind_name(target: str) -> str:
    return str(KIND_NAMES[kind_of(target)])
