"""Queries that come again and again with other values: put together once, run as plain SQL.

The ORM takes several times as long to put a statement together as the database to answer it. For
queries of pages that are opened all day, whose shape does not depend on the request.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import CharField, Expression, QuerySet, Value


class Slot(Expression):
    """Where a value will stand that is known only when the query runs: ``filter(pk=Slot("id"))``.

    The value goes to the database as it is: a number, a text, or what ``adapt_datetimefield_value``
    makes of a time.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared:
    """A query for numbers and texts: ``Prepared(rows.values_list(…)).rows({"id": 1})``."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        self.sql, self.params = query.query.sql_with_params()

    def rows(self, values: Mapping[str, Any] = MappingProxyType({})) -> list[Any]:
        filled = [values[each.name] if isinstance(each, Slot) else each for each in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found: list[Any] = cursor.fetchall()
        return found


def words(text: str) -> Value:
    """A text among the columns of a query."""
    return Value(text, output_field=CharField())
