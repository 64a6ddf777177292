"""What differs between two texts, word by word, in bounded time whatever their length."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: Words and signs, each with the blanks behind it.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
#: Of so many words, and so many pairs of equal ones, the common ones are found: 0.1 s at most.
MOST_WORDS, MOST_PAIRS = 10_000, 50_000
#: Of two texts that share less there is nothing to mark: they are shown one after the other.
LEAST_ALIKE = 0.3
#: What stays the same is shown so far around a difference.
AROUND = 160


class Part(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"
    #: Text that stays the same and is left out.
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Piece:
    part: Part
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The two texts as one, with what went and what came; empty when they are not alike.

    Long stretches that stay the same are cut in the middle.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    head = same_start(before, after)
    tail = same_start(before[head:][::-1], after[head:][::-1])
    old_middle = before[head : len(before) - tail]
    new_middle = after[head : len(after) - tail]
    found = [(Part.SAME, before[:head]), *compared(old_middle, new_middle)]
    found.append((Part.SAME, before[len(before) - tail :]))
    same = sum(len(word) for part, words in found if part == Part.SAME for word in words)
    if 2 * same < LEAST_ALIKE * (len(old) + len(new)):
        return []
    return shortened([Piece(part, "".join(words)) for part, words in found if words])


def same_start(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    pairs = zip(old, new, strict=False)
    unlike = (place for place, (one, other) in enumerate(pairs) if one != other)
    return next(unlike, min(len(old), len(new)))


def compared(old: Sequence[str], new: Sequence[str]) -> list[tuple[Part, Sequence[str]]]:
    """Word by word; of what would take too long, all went and all came."""
    if not is_short(old, new):
        return [(Part.GONE, old), (Part.NEW, new)]
    found: list[tuple[Part, Sequence[str]]] = []
    at_old = at_new = 0
    for start, other, size in SequenceMatcher(None, old, new).get_matching_blocks():
        found += [(Part.GONE, old[at_old:start]), (Part.NEW, new[at_new:other])]
        found.append((Part.SAME, old[start : start + size]))
        at_old, at_new = start + size, other + size
    return found


def is_short(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) + len(new) > MOST_WORDS:
        return False
    counts = Counter(new)
    return sum(counts[word] for word in old) <= MOST_PAIRS


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Without the middle of long stretches that stay the same."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        text = piece.text
        before = AROUND if place else 0
        after = AROUND if place < len(pieces) - 1 else 0
        if piece.part != Part.SAME or len(text) <= before + after + AROUND:
            found.append(piece)
            continue
        start, end = text[:before], text[len(text) - after :]
        found += [Piece(Part.SAME, start)] if start else []
        found.append(Piece(Part.CUT, text[before : len(text) - after]))
        found += [Piece(Part.SAME, end)] if end else []
    return found
