"""Queries that come again and again with other values: put together once, run as plain SQL.

The ORM takes several times as long to put a statement together as the database to answer it. For
queries of pages that are opened all day, whose shape does not depend on the request.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from django.db import connection
from django.db.models import CharField, Expression, Model, QuerySet, Value
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
#: So many queries on readers' rows are remembered; then it begins anew.
REMEMBERED = 1000
#: Lists of ids are filled up to a multiple of this.
STEP = 25
#: What a database takes for a number; no row's is larger.
LARGEST = 2**63 - 1


class Slot(Expression):
    """Where a value will stand that is known only when the query runs: ``filter(pk=Slot("id"))``.

    The value goes to the database as it is: a number, a text, a day or a time.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared:
    """A query for values: ``Prepared(rows.values_list(…)).rows({"id": 1})``."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        self.compiler = query.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        columns = [column for column, _, _ in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)

    def rows(self, values: Mapping[str, Any] = MappingProxyType({})) -> list[Any]:
        return self.read(self.raw(values))

    def raw(self, values: Mapping[str, Any] = MappingProxyType({})) -> list[Any]:
        """The rows as the database answers; ``read`` makes of them what ``rows`` would."""
        filled = [
            written(values[each.name]) if isinstance(each, Slot) else each for each in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found: list[Any] = cursor.fetchall()
        return found

    def read(self, rows: list[Any]) -> list[Any]:
        """As the models' fields read what the database answers."""
        if not rows or not self.converters:
            return rows
        columns = list(zip(*rows, strict=True))
        for place, (converters, column) in self.converters.items():

            def convert(value: Any, converters: Any = converters, column: Any = column) -> Any:
                for each in converters:
                    value = each(value, column, connection)
                return value

            columns[place] = converted(columns[place], convert)
        return list(zip(*columns, strict=True))


class PreparedRecords(Prepared):
    """A query for records, with what ``select_related`` and ``annotate`` bring."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        super().__init__(query)
        self.model, select = query.model, self.compiler.select
        own = self.compiler.klass_info["select_fields"]
        self.own = slice(own[0], own[-1] + 1)
        self.names = [column.target.attname for column, _, _ in select[self.own]]
        populators: Any = get_related_populators
        self.related = populators(self.compiler.klass_info, select, "default")
        self.annotations = list(self.compiler.annotation_col_map.items())

    def records(self, values: Mapping[str, Any]) -> list[Any]:
        found = []
        for row in self.rows(values):
            record = self.model.from_db("default", self.names, row[self.own])
            for each in self.related:
                each.populate(row, record)
            for name, place in self.annotations:
                setattr(record, name, row[place])
            found.append(record)
        return found


def converted(values: Sequence[Any], convert: Callable[[Any], Any]) -> tuple[Any, ...]:
    """What comes again is converted once; of what can be changed every row has its own."""
    known = {value: convert(value) for value in set(values)}
    if any(isinstance(each, dict | list) for each in known.values()):
        return tuple(map(convert, values))
    return tuple(map(known.__getitem__, values))


def written(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


_known: dict[Hashable, Any] = {}


def prepared_on(
    rows: QuerySet[Any, Any],
    make: Callable[..., Any],
    *shape: Hashable,
) -> Any:
    """``make(rows, *shape)``, made once for these rows: those some reader may see.

    Which rows these are says the statement that tells their ids, values and all: what was made of
    one reader's rows is found again only by who may see the same. They are filtered, and with what
    they point at; no more.
    """
    which = rows.order_by().values_list("pk").query.sql_with_params()
    key = (connection.vendor, rows.model, make, which, repr(rows.query.select_related), shape)
    found = _known.get(key)
    if found is None:
        if len(_known) >= REMEMBERED:
            _known.clear()
        found = _known[key] = make(rows, *shape)
    return found


def fetch(
    rows: QuerySet[M], *, related: str = "", only: tuple[str, ...] = (), **values: int
) -> list[M]:
    """``list(rows.filter(**values).select_related(related).only(*only))``, in the model's own
    order."""
    if any(abs(value) > LARGEST for value in values.values()):
        return []
    found: list[M] = prepared_on(rows, _records, related, only, *values).records(values)
    return found


def _records(
    rows: QuerySet[Any, Any], related: str, only: tuple[str, ...], *names: str
) -> PreparedRecords:
    rows = rows.filter(**{name: Slot(name) for name in names}).only(*only)
    return PreparedRecords(rows.select_related(related) if related else rows)


def slots(count: int, name: str = "pk") -> list[Any]:
    """For ``pk__in``: as many as there are numbers."""
    return [Slot(f"{name}{place}") for place in range(count)]


def padded(numbers: Sequence[int]) -> list[int]:
    """Filled up with one of them, so that few statements serve lists of every length."""
    return [*numbers, *(list(numbers[:1]) * (-len(numbers) % STEP))]


def in_slots(numbers: Iterable[int], name: str = "pk") -> dict[str, int]:
    """What goes into ``slots``."""
    return {f"{name}{place}": number for place, number in enumerate(numbers)}


def words(text: str) -> Value:
    """A text among the columns of a query."""
    return Value(text, output_field=CharField())
