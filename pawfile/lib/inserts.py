"""Many rows of few plain columns, written without making an object of each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values of these fields, as they stand in the database.

    Several times as fast as ``bulk_create``, which prepares each value of each object. Raises the
    same errors.
    """
    quote = connection.ops.quote_name
    places = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(places[name]) for name in names)
    table = f"{quote(model._meta.db_table)} ({columns})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(rows))  # nosec B608
