"""Rows as JSON, to be kept and put back. Nothing is opened: a secret is its token."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from pawfile.lib.columns import SecretField
from pawfile.lib.vault import Secret

Row = dict[str, Any]


def as_row(record: models.Model) -> Row:
    return {
        field.attname: _written(field, field.value_from_object(record))
        for field in record._meta.local_concrete_fields
    }


def _written(field: Any, value: Any) -> Any:
    if isinstance(field, SecretField):
        return value.token_for_database
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def from_rows(model: type[models.Model], rows: Iterable[Row]) -> list[Any]:
    """The rows again, not saved. A column that points at what is gone meanwhile is empty; a row
    that cannot be without it is left out."""
    there: dict[tuple[Any, Any], bool] = {}
    found = (_from_row(model, row, there) for row in rows)
    return [record for record in found if record is not None]


def _from_row(
    model: type[models.Model], row: Row, there: dict[tuple[Any, Any], bool]
) -> models.Model | None:
    record = model()
    for field in model._meta.local_concrete_fields:
        if field.attname not in row:
            continue
        value = _read(field, row[field.attname])
        if isinstance(field, models.ForeignKey) and value is not None:
            target = field.related_model
            if (target, value) not in there:
                there[target, value] = target._base_manager.filter(pk=value).exists()
            if not there[target, value]:
                if not field.null:
                    return None
                value = None
        setattr(record, field.attname, value)
    return record


def _read(field: Any, value: Any) -> Any:
    if isinstance(field, SecretField):
        return Secret(value)
    if isinstance(field, models.JSONField) or value is None:
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)
