"""The rows of a run, put together to households, in a private temporary database.

A file may have a million rows; what does not fit into a little memory goes to the disk, into a file
that has no name and vanishes with the run.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_SCHEMA = """
CREATE TABLE household (
    id INTEGER PRIMARY KEY, place INTEGER, first TEXT, last TEXT, sort_name TEXT,
    source_id TEXT, email TEXT, phones TEXT, street TEXT, zip_code TEXT, client_pk INTEGER,
    pets TEXT
);
CREATE INDEX household_id ON household (source_id);
CREATE INDEX household_name ON household (last, first);
CREATE INDEX household_client ON household (client_pk);
CREATE INDEX household_place ON household (place);
CREATE TABLE line (household INTEGER, sheet INTEGER, number INTEGER, cells TEXT);
CREATE INDEX line_of ON line (household);
CREATE TABLE waiting (
    id INTEGER PRIMARY KEY, sheet INTEGER, number INTEGER, cells TEXT
);
"""
_PLACES = 1 << 40
"""Room for the row numbers of one sheet in the order of all."""


def place_of(sheet: int, number: int) -> int:
    return sheet * _PLACES + number


class Spool:
    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA cache_size = -40000")
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")

    def add_household(self, values: dict[str, Any]) -> int:
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        added = self._database.execute(
            f"INSERT INTO household ({names}) VALUES ({marks})",  # nosec B608
            tuple(values.values()),
        )
        return int(added.lastrowid or 0)

    def change_household(self, pk: int, values: dict[str, Any]) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        self._database.execute(
            f"UPDATE household SET {names} WHERE id = ?",  # nosec B608
            (*values.values(), pk),
        )

    def add_line(self, household: int, sheet: int, number: int, cells: Sequence[str]) -> None:
        self._database.execute(
            "INSERT INTO line VALUES (?, ?, ?, ?)", (household, sheet, number, json.dumps(cells))
        )

    def wait(self, sheet: int, number: int, cells: Sequence[str]) -> None:
        """Keep a row until all households are known."""
        self._database.execute(
            "INSERT INTO waiting (sheet, number, cells) VALUES (?, ?, ?)",
            (sheet, number, json.dumps(cells)),
        )

    def waiting(self) -> Iterator[tuple[int, int, list[str]]]:
        rows = self._database.execute("SELECT sheet, number, cells FROM waiting ORDER BY id")
        for sheet, number, cells in rows:
            yield sheet, number, json.loads(cells)

    def by_id(self, source_id: str) -> sqlite3.Row | None:
        return self._one("source_id = ?", source_id)

    def get(self, pk: int) -> sqlite3.Row | None:
        return self._one("id = ?", pk)

    def by_place(self, number: int) -> sqlite3.Row | None:
        """The household whose first row has this number, in the first table that has one."""
        return self._one("place % ? = ? ORDER BY place", _PLACES, number)

    def by_client(self, client_pk: int) -> sqlite3.Row | None:
        return self._one("client_pk = ?", client_pk)

    def by_name(self, first: str, last: str) -> list[sqlite3.Row]:
        return self._all("last = ? AND first = ? ORDER BY id", last, first)

    def first_line(self, household: int) -> tuple[int, int, list[str]] | None:
        """None for one of the book that no row has joined."""
        found = self._database.execute(
            "SELECT sheet, number, cells FROM line WHERE household = ? ORDER BY sheet, number",
            (household,),
        ).fetchone()
        return (found[0], found[1], json.loads(found[2])) if found else None

    def count(self) -> int:
        """Households that have rows."""
        counted = self._database.execute("SELECT count(DISTINCT household) FROM line")
        return int(counted.fetchone()[0])

    def households(
        self, *, least: int = 0
    ) -> Iterator[tuple[sqlite3.Row, list[tuple[int, int, list[str]]]]]:
        """Those that have rows, in the order of their first ones, each with its rows in their
        order; or those of at least so many rows. Of the book there may be others, that were only
        asked about."""
        several = "SELECT household FROM line GROUP BY household HAVING count(*) >= ?"
        filled = "EXISTS (SELECT ? FROM line WHERE line.household = household.id)"
        chosen = f"id IN ({several})" if least else filled
        every = self._cursor().execute(
            f"SELECT * FROM household WHERE {chosen} ORDER BY place, id",  # nosec B608
            (least,),
        )
        for household in every:
            lines = self._database.execute(
                "SELECT sheet, number, cells FROM line WHERE household = ? ORDER BY sheet, number",
                (household["id"],),
            )
            yield household, [(sheet, number, json.loads(cells)) for sheet, number, cells in lines]

    def _cursor(self) -> sqlite3.Cursor:
        cursor = self._database.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor

    def _one(self, condition: str, *values: Any) -> sqlite3.Row | None:
        return next(iter(self._all(condition, *values)), None)

    def _all(self, condition: str, *values: Any) -> list[sqlite3.Row]:
        statement = f"SELECT * FROM household WHERE {condition}"  # nosec B608
        return self._cursor().execute(statement, values).fetchall()
