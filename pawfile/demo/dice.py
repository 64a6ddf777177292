"""Chance that repeats: the same seed throws the same dice."""

import random
from collections.abc import Sequence
from typing import TypeVar

from pawfile.demo.places import AREA_CODES

T = TypeVar("T")


class Dice(random.Random):
    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.random() * len(items))]

    def pick_common(self, items: Sequence[T]) -> T:
        """One of ``items``, the first ones far more often, as with names."""
        return items[int(self.random() ** 2 * len(items))]

    def often(self, share: float) -> bool:
        return self.random() < share

    def maybe(self, share: float, items: Sequence[str]) -> str:
        """One of ``items`` for a share of the people, nothing for the others."""
        return self.pick(items) if self.random() < share else ""

    def phone(self) -> str:
        """A number of the range that is kept free for stories, in one of four spellings."""
        area = self.pick(AREA_CODES[:4]) if self.random() < 0.6 else self.pick(AREA_CODES)
        line = int(self.random() * 100)
        style = self.random()
        if style < 0.6:
            return f"({area}) 555-01{line:02}"
        if style < 0.9:
            return f"{area}-555-01{line:02}"
        return f"{area}55501{line:02}" if style < 0.95 else f"+1 {area} 555 01{line:02}"
