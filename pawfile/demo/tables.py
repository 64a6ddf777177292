"""Filling tables fast: COPY on PostgreSQL, one statement for many rows elsewhere."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from pawfile.lib.vault import Secret

Row = list[str | None]
#: Rows of one table: one text of lines for COPY, or one by one.
Rows = str | list[Row]
#: How COPY writes a missing value; no text has this character.
MISSING = "\x02"
KEYS_AND_INDEXES = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
                  conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint
     WHERE (contype = 'f' OR contype = 'p' AND array_length(conkey, 1) > 1)
       AND conrelid = ANY(%s::regclass[])
    UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
      FROM pg_index WHERE NOT indisunique AND indrelid = ANY(%s::regclass[])
"""


class Table:
    """Rows for one model's table, as text: both databases turn it into the column's type."""

    def __init__(
        self, model: type[models.Model], *, as_lines: bool, left_out: Collection[str] = ()
    ) -> None:
        """``as_lines`` for COPY; ``left_out`` are the columns that the database fills."""
        self.name = model._meta.db_table
        fields = [f for f in model._meta.concrete_fields if f.attname not in left_out]
        self.nothing = MISSING if as_lines else None
        blank = model()
        self.blank = {field.attname: self.text(getattr(blank, field.attname)) for field in fields}
        self.columns = [str(field.column) for field in fields]
        self.as_lines = as_lines
        self.lines: list[str] = []
        self.rows: list[Row] = []

    def add(self, values: Mapping[str, Any]) -> None:
        """One row of these values, by attribute names; the rest is as in a new record."""
        row = self.blank.copy()
        for name, value in values.items():
            # Three of four values are texts: a call for each would cost as much as all else here.
            row[name] = value if value.__class__ is str else self.text(value)
        self.put(list(row.values()))

    def text(self, value: Any) -> str | None:
        return self.nothing if value is None else as_text(value)

    def put(self, row: Row) -> None:
        if self.as_lines:
            self.lines.append(copy_line(row))
        else:
            self.rows.append(row)

    def take(self) -> Rows:
        """What was added since the last time."""
        lines, rows = "".join(self.lines), self.rows
        self.lines, self.rows = [], []
        return lines if self.as_lines else rows


def as_text(value: Any) -> str:
    """What both databases read as the value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None))
    if isinstance(value, list | dict):
        return json.dumps(value) if value else str(value)
    if isinstance(value, Secret):
        return value.token_for_database
    raise TypeError(value)


def copy_line(row: Row) -> str:
    """A row in the text format of COPY. No text of ours has a tab."""
    line = "\t".join(row)  # type: ignore[arg-type]  # nothing is missing: see Table.text
    return line.replace("\\", "\\\\").replace("\n", "\\n") + "\n"


def insert(name: str, columns: Sequence[str], rows: Rows) -> None:
    table = connection.ops.quote_name(name)
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if isinstance(rows, str):
            raw: Any = cursor
            with raw.copy(f"COPY {table} ({quoted}) FROM STDIN (NULL '{MISSING}')") as copy:
                copy.write(rows)
            return
        places = ", ".join(["%s"] * len(columns))
        # The names are those of the models; the values are parameters.
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", rows)  # nosec B608


@contextmanager
def without_indexes(names: Sequence[str]) -> Iterator[None]:
    """Take foreign keys, composite keys and indexes off these tables while they are filled.

    Afterwards they are made again in one go, which also checks every row. To be used inside a
    transaction: if anything fails, they come back with everything else.
    """
    connection.check_constraints()
    statements = list(taken_off(names))
    with connection.cursor() as cursor:
        for drop, _create in statements:
            cursor.execute(drop)
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for _drop, create in statements:
            cursor.execute(create)


def taken_off(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Statements that take an index or key off, each with the one that puts it back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(KEYS_AND_INDEXES, [list(names), list(names)])
            yield from cursor.fetchall()
            return
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
        for table, name, create in cursor.fetchall():
            if table in names and create and create.startswith("CREATE INDEX"):
                yield f"DROP INDEX {connection.ops.quote_name(name)}", create


def next_id(model: type[models.Model]) -> int:
    newest = model._base_manager.aggregate(models.Max("pk"))["pk__max"]
    return int(newest or 0) + 1


def finish(filled: Sequence[type[models.Model]], names: Sequence[str]) -> None:
    """Let the database count on from the last id, and learn what is in the tables."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(filled)):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            for name in names:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
