"""What a form shows: texts in its inputs, straight from the record or from what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pawfile.fields.forms import DATE_PARTS
from pawfile.fields.policy import PolicyField
from pawfile.fields.registry import Field, Kind, Label
from pawfile.fields.values import number_text
from pawfile.profiles.models.profile import LINKS, Profile

#: Kinds with several values in one input.
SEVERAL = frozenset({Kind.CHOICES, Kind.SITTERS})
#: Kinds whose saved answer is not shown, only that there is one.
STORED = frozenset({Kind.SECRET, Kind.PHOTO})
YES_NO = {True: "yes", False: "no", None: ""}

Shown = str | Sequence[str]


@dataclass(slots=True)
class FormItem:
    """One catalogue field on the form: names and values of its inputs, errors by name."""

    field: PolicyField
    names: Sequence[str]
    values: Sequence[Any]
    is_stored: bool = False
    errors: Mapping[str, list[str]] | None = None

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def value(self) -> Any:
        return self.values[0]

    @property
    def is_filled(self) -> bool:
        return bool(self.values[0]) or (self.is_stored and self.field.kind == Kind.SECRET)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it at all."""
        return not (self.is_stored or self.errors or any(self.values))

    def errors_of(self, name: str) -> list[str]:
        return self.errors.get(name, []) if self.errors else []


@dataclass(frozen=True)
class FormSection:
    key: str
    label: Label
    items: list[FormItem]

    @cached_property
    def filled(self) -> int:
        return sum(1 for item in self.items if item.is_filled)

    @cached_property
    def has_errors(self) -> bool:
        return any(item.errors for item in self.items)


def input_names(item: PolicyField, *, is_stored: bool) -> Sequence[str]:
    """The names of the form fields that ask for one catalogue field."""
    key = item.key
    match item.kind:
        case Kind.PARTIAL_DATE:
            return [f"{key}_{part}" for part in DATE_PARTS]
        case Kind.VET:
            return [key, f"new_{key}_name", f"new_{key}_phone", f"new_{key}_address"]
        case Kind.PHOTO if not item.field.is_custom:
            return [key, f"{key}_choice"]
        case Kind.PHOTO | Kind.SECRET if is_stored:
            return [key, f"{key}_clear"]
    return [key]


def saved_texts(record: Profile, item: PolicyField, names: Sequence[str]) -> list[Shown]:
    """What the inputs say before anybody types; of secrets and photos nothing."""
    field = item.field
    if field.is_custom and field.key not in record.custom:
        return [""] * len(names)
    if field.kind == Kind.PARTIAL_DATE:
        return [number_or_blank(getattr(record, name)) for name in names]
    return [saved_text(record, field), *[""] * (len(names) - 1)]


def number_or_blank(number: int | None) -> str:
    return "" if number is None else str(number)


def saved_text(record: Profile, field: Field) -> Shown:
    kind = field.kind
    if kind in STORED:
        return ""
    if kind == Kind.TAGS:
        return record.field_text(field) if record.pk else ""
    value = record.field_value(field)
    match kind:
        case Kind.YES_NO:
            return YES_NO[value]
        case Kind.NUMBER:
            return "" if value is None else number_text(value)
        case Kind.DATE:
            return "" if value is None else str(value.isoformat())
        case Kind.EMAILS:
            return ", ".join(value)
        case Kind.CHOICES:
            return list(value)
        case _ if kind in LINKS:
            return number_or_blank(value)
    return str(value)
