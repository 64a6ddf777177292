"""A company's own fields for tests: one of every kind, and how to make and rule more."""

from typing import Any

from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Kind
from pawfile.fields.values import CUSTOM_KINDS

COLOURS = [
    {"value": "c1", "label": "Red"},
    {"value": "c2", "label": "Green"},
    {"value": "c3", "label": "Blue"},
]


def make_field(subject: str, label: str, kind: Kind = Kind.TEXT, **values: Any) -> CustomField:
    if kind in (Kind.CHOICE, Kind.CHOICES):
        values.setdefault("choices", COLOURS)
    return CustomField.objects.create(subject=subject, label=label, kind=kind, **values)


def make_every_kind(subject: str) -> dict[Kind, str]:
    """One field of every kind a company can have, called like it: kind → key."""
    return {kind: make_field(subject, f"Own {kind}", kind).key for kind in CUSTOM_KINDS}


def rule(field: CustomField | str, **values: Any) -> None:
    """The company's adjustment of one of its own fields."""
    found = CustomField.objects.get(pk=field[3:]) if isinstance(field, str) else field
    FieldRule.objects.update_or_create(subject=found.subject, key=found.key, defaults=values)
