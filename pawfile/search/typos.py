"""Words near to a mistyped one, out of the vocabulary in memory.

The vocabulary is kept sorted, so what begins alike lies together and is found by bisection: a typo
costs a few hundred steps, however many words there are.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock

from pawfile.lib.prepared import Prepared
from pawfile.search.models import Vocabulary

#: Shorter words have too many neighbours to forgive a typo in them.
SHORTEST = 4
#: More guesses than this say nothing.
MOST = 200
#: Rows committed late have lower ids than ones already read; this many are read once more.
OVERLAP = 2000
#: The highest character: no word that begins with x sorts after x + this.
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Words:
    """Words in their order, and all of them as one text, each between line breaks."""

    ordered: tuple[str, ...] = ()
    text: str = "\n"

    def containing(self, part: str) -> Iterator[str]:
        at = self.text.find(part)
        while at >= 0:
            end = self.text.index("\n", at)
            yield self.text[self.text.rindex("\n", 0, at) + 1 : end]
            at = self.text.find(part, end)

    def beginning(self, start: str) -> tuple[str, ...]:
        low = bisect_left(self.ordered, start)
        if low == len(self.ordered) or not self.ordered[low].startswith(start):
            return ()
        return self.ordered[low : bisect_left(self.ordered, start + LAST, low)]

    def letters_after(self, start: str) -> Iterator[str]:
        """The letters with which words that begin so go on."""
        at = bisect_left(self.ordered, start)
        while at < len(self.ordered) and self.ordered[at].startswith(start):
            letter = self.ordered[at][len(start) : len(start) + 1]
            if letter:
                yield letter
            at = bisect_left(self.ordered, start + letter + LAST if letter else start + "\0", at)

    def with_more(self, new: set[str]) -> "Words":
        ordered = sorted([*self.ordered, *new])
        return Words(tuple(ordered), "\n".join(["", *ordered, ""]))


@cache
def newest() -> Prepared:
    return Prepared(Vocabulary.objects.order_by("-pk").values_list("pk")[:1])


class _Known:
    """The vocabulary of this process, caught up by id before each use."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.words = Words()
        self.newest = 0

    def current(self) -> Words:
        with self.lock:
            last = next((pk for (pk,) in newest().rows()), 0)
            if last < self.newest:
                self.words, self.newest = Words(), 0
            if last > self.newest:
                rows = Vocabulary.objects.filter(pk__gt=self.newest - OVERLAP)
                new = set(rows.values_list("word", flat=True)).difference(self.words.ordered)
                self.words, self.newest = self.words.with_more(new), last
            return self.words


_known = _Known()


def near_words(word: str) -> list[str]:
    """Vocabulary words that contain ``word``, or that it begins with one typo.

    A typo is a letter too many, one missing, one wrong, or two changed about.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    known = _known.current()
    found = dict.fromkeys(known.containing(word))
    for start in one_typo(word, known):
        found.update(dict.fromkeys(known.beginning(start)))
        if len(found) >= MOST:
            break
    return list(found)


def one_typo(word: str, known: Words) -> Iterator[str]:
    """What may have been meant: ``word`` with one typo put right, where some word begins so."""
    for place in range(len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield before + after
        if after:
            yield before + after[0] + letter + after[1:]
        for other in known.letters_after(before):
            yield before + other + after
            yield before + other + letter + after
