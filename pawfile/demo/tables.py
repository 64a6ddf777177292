"""Filling empty tables fast: COPY on PostgreSQL, many rows a statement elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from psycopg import sql

from pawfile.lib.vault import Secret

Row = list[str | None]
NULL = "\x02"


def as_text(value: Any) -> str | None:
    """A value as both databases read it: they turn text into the type of the column."""
    if value.__class__ is str or value is None:
        return value  # type: ignore[no-any-return]
    if value.__class__ is bool:
        return "1" if value else "0"
    if isinstance(value, (list, dict)):
        return json.dumps(value)
    if isinstance(value, Secret):
        return value.token_for_database
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None))
    return str(value)


class Table:
    """One model's table. ``given`` are the columns, when not all but an id of the database's."""

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.db_table
        fields = model._meta.concrete_fields
        blank = model()
        self.blank = {field.attname: as_text(getattr(blank, field.attname)) for field in fields}
        self.columns = [field.column for field in fields]

    def row(self, values: Mapping[str, Any]) -> Row:
        """A row of the given values, the rest as in a new record."""
        row = dict(self.blank)
        for name, value in values.items():
            row[name] = value if value.__class__ is str else as_text(value)
        return list(row.values())
