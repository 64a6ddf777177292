"""Visits whose sitter has no key of the home.

Keys belong to an app above. It says here, in ``AppConfig.ready``, which of these visits are such.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from pawfile.accounts.models import User
from pawfile.schedule.models import Visit

Find = Callable[[Collection[Visit], User], set[int]]


@dataclass(slots=True)
class _Seam:
    find: Find = field(default=lambda _visits, _reader: set())


_keys = _Seam()


def register(*, find: Find) -> None:
    """``find(visits, reader)`` gives the numbers of those about which the reader is told."""
    _keys.find = find


def without_key(visits: Collection[Visit], reader: User) -> set[int]:
    return _keys.find(visits, reader) if visits else set()
