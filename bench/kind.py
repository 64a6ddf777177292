"""What a line of the benchmark is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.plan import GOAL
from pawfile.accounts.models import User


@dataclass(frozen=True, slots=True)
class Kind:
    """A page to measure: one address a user; the same one for all if there is only one."""

    key: str
    label: str
    paths: Sequence[str]
    is_goal: bool = False
    is_save: bool = False
    is_press: bool = False
    reader: User | None = None
    goal: float = GOAL
