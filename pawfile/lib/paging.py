"""Pages of a long list by key, not by number: every page costs what the first one costs."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import DateTimeField, F, Q, QuerySet

#: A row: an object, or what ``values()`` makes of one; then ``id`` and the column are among them.
T = TypeVar("T")

FIRST, LAST = "first", "last"


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, with the cursors of the pages around them ("" at an end)."""

    rows: list[T] = field(default_factory=list)
    before: str = ""
    after: str = ""

    @property
    def has_others(self) -> bool:
        return bool(self.before or self.after)


def keyset_page(
    rows: QuerySet[Any, T],
    *,
    column: str,
    descending: bool = False,
    cursor: str = "",
    size: int = 50,
) -> Page[T]:
    """The page that ``cursor`` points at, ordered by ``column`` and then by id.

    ``cursor`` comes from another page's ``before`` or ``after``; ``"last"`` is the last page. One
    that cannot be read is the first page. ``column`` must be indexed together with the id and
    never null.
    """
    if rows.query.is_empty():
        return Page()
    backwards, start = (True, None) if cursor == LAST else read_cursor(cursor)
    kind: Any = rows.query.annotations.get(column)
    kind = kind.output_field if kind else rows.model._meta.get_field(column)
    is_time = isinstance(kind, DateTimeField)
    if start is not None and isinstance(start[0], datetime) != is_time:
        backwards, start = False, None  # a cursor of another order
    falling = descending != backwards
    if start is not None:
        rows = rows.filter(beyond(column, start, falling=falling))
    order = [F(name).desc() if falling else F(name).asc() for name in (column, "pk")]
    found = list(rows.order_by(*order)[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page()
    has_before = has_more if backwards else start is not None
    has_after = start is not None if backwards else has_more
    return Page(
        found,
        before=write_cursor(found[0], column, backwards=True) if has_before else "",
        after=write_cursor(found[-1], column, backwards=False) if has_after else "",
    )


def merged_page(
    sources: Sequence[QuerySet[Any, Any]], *, column: str, cursor: str = "", size: int = 50
) -> Page[Any]:
    """A page of the rows of several tables, those with the latest time first.

    ``column`` is a time in each. Rows of the same time are told apart by their ids and the place
    of their table among the sources, taken together as one number.
    """
    count = len(sources)
    backwards, start = (True, None) if cursor == LAST else read_cursor(cursor)
    if start is not None and not isinstance(start[0], datetime):
        backwards, start = False, None
    falling = not backwards
    found: list[tuple[datetime, int, Any]] = []
    order = [F(name).desc() if falling else F(name).asc() for name in (column, "pk")]
    for place, source in enumerate(sources):
        rows = source.order_by(*order)
        if start is not None:
            value, number = start
            pk = -((place - number) // count) if falling else (number - place) // count
            rows = rows.filter(beyond(column, (value, pk), falling=falling))
        found += [(getattr(row, column), row.pk * count + place, row) for row in rows[: size + 1]]
    found.sort(key=lambda entry: entry[:2], reverse=falling)
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_before = has_more if backwards else start is not None
    has_after = start is not None if backwards else has_more
    ends = [{column: at, "id": number} for at, number, _row in found]
    return Page(
        [row for _at, _number, row in found],
        before=write_cursor(ends[0], column, backwards=True) if ends and has_before else "",
        after=write_cursor(ends[-1], column, backwards=False) if ends and has_after else "",
    )


def beyond(column: str, start: tuple[Any, int], *, falling: bool) -> Q:
    """Rows after (value, id) in the order; written so that one index range serves it."""
    value, pk = start
    side = "lt" if falling else "gt"
    return Q(**{f"{column}__{side}e": value}) & (
        Q(**{f"{column}__{side}": value}) | Q(**{f"pk__{side}": pk})
    )


def write_cursor(row: Any, column: str, *, backwards: bool) -> str:
    value, pk = (
        (row[column], row["id"]) if isinstance(row, dict) else (getattr(row, column), row.pk)
    )
    if isinstance(value, datetime):
        value = {"at": value.isoformat()}
    packed = json.dumps([backwards, value, pk], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[bool, tuple[Any, int] | None]:
    """(backwards, (value, id)); anything unreadable is the start of the list."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        backwards, value, pk = json.loads(base64.urlsafe_b64decode(padded))
        if isinstance(value, dict):
            value = datetime.fromisoformat(value["at"]).astimezone(UTC)
        if not isinstance(value, str | datetime) or "\0" in str(value):
            return False, None
        str(value).encode()  # half a character is no text for a database
        return bool(backwards), (value, int(pk))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return False, None
