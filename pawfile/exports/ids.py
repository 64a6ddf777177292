"""How far a table's ids have come, kept so that no later row gets the id of a deleted one:
the logs tell what was done to it by that id."""

from django.core.management.color import no_style
from django.db import connection, models

from pawfile.exports.tables import Model


def last_id(model: Model) -> int:
    """The highest id ever given, also to rows that are gone; 0 where ids are not counted."""
    column = counted_column(model)
    if not column:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table_of(model)])
        else:
            sequence = sequence_of(model, column)
            cursor.execute(  # the name comes from the database itself
                f"SELECT last_value FROM {sequence} WHERE is_called"  # nosec B608
            )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def go_on_after(counted: dict[Model, int]) -> None:
    """Count on from these, and from the rows that are there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(counted)):
            cursor.execute(statement)
        for model, given in counted.items():
            column = counted_column(model)
            if not column or given <= last_id(model):
                continue
            if connection.vendor == "sqlite":
                name = table_of(model)
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, given]
                )
            else:
                cursor.execute("SELECT setval(%s, %s)", [sequence_of(model, column), given])


def counted_column(model: Model) -> str:
    key = model._meta.pk
    return str(key.column) if isinstance(key, models.AutoField | models.BigAutoField) else ""


def table_of(model: Model) -> str:
    return model._meta.db_table


def sequence_of(model: Model, column: str) -> str:
    """Quoted as PostgreSQL wants it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table_of(model)}"', column])
        return str(cursor.fetchone()[0])
