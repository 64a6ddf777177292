"""Which tables and columns a company's file has, and how a value is written in it.

Found by walking the models, so that a new one is in the file by itself. A column of a kind nobody
thought of yet stops the export: better than a value that comes back as another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from pawfile.exports.left_out import LEFT_OUT
from pawfile.lib.columns import SecretField

Model = type[models.Model]
#: Kinds of plain columns: what JSON can say itself, and what it says as text.
KINDS: list[tuple[type[models.Field[Any, Any]], str]] = [
    (SecretField, "secret"),
    (models.DateTimeField, "moment"),
    (models.DateField, "day"),
    (models.TimeField, "time"),
    (models.DecimalField, "decimal"),
    (models.UUIDField, "uuid"),
    (models.JSONField, "json"),
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.CharField, "text"),
    (models.TextField, "text"),
    (models.FileField, "text"),
    (models.GenericIPAddressField, "text"),
]
#: Text columns whose content is a secret on the way, though a hash at home.
HASHES = {"password"}
ISO = {"moment", "day", "time"}


class UnknownColumnError(TypeError):
    """A kind of column that the export does not know how to write."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str
    points_at: str
    field: "models.Field[Any, Any]"


@dataclass(frozen=True, slots=True)
class Table:
    model: Model
    columns: list[Column]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def has_secrets(self) -> bool:
        return any(column.kind in ("secret", "hash") for column in self.columns)


def tables_of(models_: Iterable[Model], *, but: Iterable[str] = ()) -> list[Table]:
    """The tables that go along, out of ``apps.get_models(include_auto_created=True)``."""
    left = {*LEFT_OUT, *but}
    return [
        Table(model, [column_of(field) for field in model._meta.local_concrete_fields])
        for model in models_
        if model._meta.managed and not model._meta.proxy and model._meta.label not in left
    ]


def column_of(field: "models.Field[Any, Any]") -> Column:
    points_at = ""
    value = field
    while isinstance(value, models.ForeignKey):
        points_at = points_at or f"{value.related_model._meta.label}.{value.target_field.name}"
        value = value.target_field
    return Column(field.attname, kind_of(value), points_at, value)


def kind_of(field: "models.Field[Any, Any]") -> str:
    if field.name in HASHES:
        return "hash"
    for base, kind in KINDS:
        if isinstance(field, base):
            return kind
    raise UnknownColumnError(
        f"{field.model._meta.label}.{field.name} is a {type(field).__name__}: say in "
        "exports/tables.py how it is written."
    )


def sorted_keys(value: Any) -> Any:
    """JSON with its keys in one order: PostgreSQL keeps another one than SQLite."""
    if isinstance(value, dict):
        return {key: sorted_keys(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [sorted_keys(each) for each in value]
    return value


def walked(value: Any, change: Callable[[str], Any]) -> Any:
    """JSON with each text in it changed; a text that becomes ``None`` goes, with its key."""
    if isinstance(value, dict):
        pairs = {key: walked(each, change) for key, each in value.items()}
        return {key: each for key, each in pairs.items() if each is not None or value[key] is None}
    if isinstance(value, list):
        pairs_ = [(each, walked(each, change)) for each in value]
        return [new for each, new in pairs_ if new is not None or each is None]
    return change(value) if isinstance(value, str) else value
