"""All remarks of a run; on disk if they are many: a million rows may have one each."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from operator import itemgetter

from django.utils.translation import ngettext

from pawfile.imports.issues import Issue, Kind, shown

#: So many remarks are held in memory; then they are put on disk.
HELD = 20_000
#: Of so many values it is known that they were said already.
KNOWN = 50_000
#: Table and row.
Place = tuple[str, int | None]


class Issues:
    """Iterating tells every remark that was not taken, in the order they came up; of those said
    once, how many rows they are about."""

    def __init__(self) -> None:
        self._held: dict[Place, list[tuple[int, Issue]]] = {}
        self._count = self._held_count = 0
        self._seen: dict[tuple[Kind, str], int] = {}
        self._again: Counter[int] = Counter()
        self._shelf: Shelf | None = None

    def add(
        self,
        kind: Kind,
        message: str,
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        table: str = "",
        options: tuple[tuple[str, str], ...] = (),
        client: int | None = None,
    ) -> None:
        issue = Issue(kind, row, column, shown(value), message, table, options, client)
        self._held.setdefault((table, row), []).append((self._count, issue))
        self._count += 1
        self._held_count += 1
        if self._held_count > HELD:
            self._shelf = self._shelf or Shelf()
            self._shelf.put(each for said in self._held.values() for each in said)
            self._held.clear()
            self._held_count = 0

    def add_once(
        self,
        kind: Kind,
        message: str,
        *,
        row: int | None,
        column: str = "",
        value: str = "",
        table: str = "",
    ) -> None:
        """Say the same of a value once, with its first row, however many rows have it."""
        known = self._seen.get((kind, value))
        if known is not None:
            self._again[known] += 1
            return
        if len(self._seen) < KNOWN:
            self._seen[kind, value] = self._count
        self.add(kind, message, row=row, column=column, value=value, table=table)

    def take(self, places: Iterable[Place]) -> dict[Place, list[Issue]]:
        """What was said of these rows. It is not kept."""
        wanted = set(places)
        taken = self._shelf.take(wanted) if self._shelf else {}
        for place in wanted & self._held.keys():
            said = self._held.pop(place)
            self._held_count -= len(said)
            taken.setdefault(place, []).extend(issue for _number, issue in said)
        return taken

    def __iter__(self) -> Iterator[Issue]:
        held = (each for said in self._held.values() for each in said)
        for number, issue in chain(self._shelf or (), sorted(held, key=itemgetter(0))):
            yield with_times(issue, 1 + self._again[number]) if number in self._again else issue


def with_times(issue: Issue, times: int) -> Issue:
    said = ngettext("(%d time)", "(%d times)", times) % times
    return replace(issue, message=f"{issue.message} {said}")


class Shelf:
    """Remarks in a temporary file that nobody else sees and that is gone with the run."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -10000;"
            "CREATE TABLE remark (number INTEGER PRIMARY KEY, sheet TEXT, row INTEGER, said TEXT);"
            "CREATE INDEX remark_place ON remark (sheet, row);"
            "BEGIN;"
        )

    def put(self, numbered: Iterable[tuple[int, Issue]]) -> None:
        self._database.executemany(
            "INSERT INTO remark VALUES (?, ?, ?, ?)",
            ((number, issue.table, issue.row, written(issue)) for number, issue in numbered),
        )

    def take(self, places: Iterable[Place]) -> dict[Place, list[Issue]]:
        found: dict[Place, list[Issue]] = {}
        for place in places:
            which = "FROM remark WHERE sheet = ? AND row IS ?"
            rows = self._database.execute(f"SELECT said {which} ORDER BY number", place).fetchall()
            if rows:
                found[place] = [read(said) for (said,) in rows]
                self._database.execute(f"DELETE {which}", place)
        return found

    def __iter__(self) -> Iterator[tuple[int, Issue]]:
        rows = self._database.execute("SELECT number, said FROM remark ORDER BY number")
        return ((number, read(said)) for number, said in rows)


def written(issue: Issue) -> str:
    return json.dumps(
        [
            *(issue.kind, issue.row, issue.column, issue.value, issue.message),
            *(issue.table, issue.options, issue.client),
        ]
    )


def read(text: str) -> Issue:
    kind, row, column, value, message, table, options, client = json.loads(text)
    asked = tuple((answer, words) for answer, words in options)
    return Issue(Kind(kind), row, column, value, message, table, asked, client)
