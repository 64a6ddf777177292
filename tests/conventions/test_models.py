"""Columns are named for what they hold: times end in ``_at``, days in ``_on``, yes/no asks."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db.models import BooleanField, DateField, DateTimeField, Field

#: Keys of the field catalogue: people import them under these words, and keys never change.
CATALOGUE_KEYS = {
    "active",
    "emergency_has_key",
    "emergency2_has_key",
    "spayed_neutered",
}
#: Columns that Django itself brings.
DJANGO = {"last_login"}


def badly_named(fields: Iterable["Field[object, object]"]) -> list[str]:
    return [
        f"{field.name} is a {type(field).__name__}: {wanted}"
        for field in fields
        if field.name not in DJANGO | CATALOGUE_KEYS and (wanted := _wanted(field))
    ]


def _wanted(field: "Field[object, object]") -> str:
    if isinstance(field, DateTimeField):
        return "" if field.name.endswith("_at") else "end it in _at"
    if isinstance(field, DateField):
        return "" if field.name.endswith("_on") else "end it in _on"
    if isinstance(field, BooleanField):
        good = field.name.startswith(("is_", "has_", "uses_"))
        return "" if good else "begin it with is_, has_ or uses_"
    return ""


def test_every_column_is_named_for_what_it_holds() -> None:
    models = [m for m in apps.get_models() if m.__module__.startswith("pawfile.")]
    assert models
    problems = {model.__name__: badly_named(model._meta.local_fields) for model in models}
    assert {name: found for name, found in problems.items() if found} == {}


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        (DateTimeField(name="created_at"), False),
        (DateTimeField(name="created_on"), True),
        (DateField(name="expires_on"), False),
        (DateField(name="date"), True),
        (BooleanField(name="has_alarm"), False),
        (BooleanField(name="alarmed"), True),
        (BooleanField(name="spayed_neutered"), False),
    ],
)
def test_bad_names_are_found(field: "Field[object, object]", *, bad: bool) -> None:
    assert bool(badly_named([field])) is bad
