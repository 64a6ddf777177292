"""What the address of a list asks for: words, a state, a page."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StateFilters:
    """``cursor`` is the page (see ``paging``); values that make no sense are as if not given."""

    q: str = ""
    state: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any], *, states: Container[str]) -> "StateFilters":
        state = str(query.get("state", ""))
        return cls(
            q=str(query.get("q", "")).replace("\0", "").strip()[:200],
            state=state if state in states else "",
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.state)
