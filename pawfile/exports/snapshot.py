"""One moment of the database, however long it takes to read it and whoever writes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the same moment. Writers are not held up."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # IMMEDIATE, as everywhere else here, would lock writers out; the write-ahead log keeps the
    # moment of the first read of a DEFERRED one.
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1").fetchone()
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
