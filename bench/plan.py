"""What the load consists of: made beside the database, read by the server and by the users."""

import os
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USERS = 16
#: A page may take so many times its yardstick.
GOAL = 3.0
COOKIE = "sessionid"
Folder = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    params: Any
    is_in_transaction: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What one user asks for again and again."""

    path: str
    session: str
    size: int
    queries: int


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the table; ``is_goal`` for those whose speed is promised, ``is_press`` for a
    button that is pressed again and again."""

    key: str
    label: str
    is_goal: bool
    is_save: bool
    is_press: bool
    goal: float
    visits: Sequence[Visit]


#: Key of a page → the statements of each visit, in the order of its visits.
Statements = Mapping[str, Sequence[Sequence[Statement]]]


def write(folder: Folder, pages: Sequence[Page], statements: Statements) -> None:
    Path(folder, "bench.pages").write_bytes(pickle.dumps(pages))
    Path(folder, "bench.statements").write_bytes(pickle.dumps(statements))


def read_pages(folder: Folder) -> Sequence[Page]:
    found: Sequence[Page] = pickle.loads(Path(folder, "bench.pages").read_bytes())
    return found


def read_statements(folder: Folder) -> Statements:
    """For the server: the values may be of the product's own kinds."""
    found: Statements = pickle.loads(Path(folder, "bench.statements").read_bytes())
    return found
