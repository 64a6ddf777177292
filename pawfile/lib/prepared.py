"""Queries that come again and again: put together once, run as plain SQL.

The ORM takes several times as long to put a statement together as the database to answer it. For
queries of pages that are opened all day, whose shape does not depend on the request.
"""

from typing import Any

from django.db import connection
from django.db.models import CharField, QuerySet, Value


class Prepared:
    """A query for numbers and texts: ``Prepared(queryset.values_list(…)).rows()``."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        self.sql, self.params = query.query.sql_with_params()

    def rows(self) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            found: list[Any] = cursor.fetchall()
        return found


def words(text: str) -> Value:
    """A text among the columns of a query."""
    return Value(text, output_field=CharField())
