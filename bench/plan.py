"""What the load consists of: made beside the database, read by the server and by the users."""

import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USERS = 16
COOKIE = "sessionid"
#: Where the plan lies in the company's folder.
FILE = "bench.pickle"


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    params: Any
    is_in_transaction: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What one user asks for again and again. ``form`` is what an edit starts with."""

    path: str
    session: str
    size: int
    queries: int
    statements: Sequence[Statement]
    form: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the table; ``is_goal`` for those whose speed is promised."""

    key: str
    label: str
    is_goal: bool
    visits: Sequence[Visit]


def write(pages: Sequence[Page], folder: Path) -> None:
    (folder / FILE).write_bytes(pickle.dumps(list(pages)))


def read(folder: str | os.PathLike[str]) -> list[Page]:
    """The plan of our own making: never a file that came from somewhere else."""
    found: list[Page] = pickle.loads((Path(folder) / FILE).read_bytes())
    return found
