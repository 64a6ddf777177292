"""Words near to a mistyped one: the vocabulary in memory, compared by edit distance."""

from threading import Lock

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from pawfile.search.models import Vocabulary

#: Shorter words have too many neighbours to forgive a typo in them.
SHORTEST = 4
#: More guesses than this say nothing.
MOST = 200
#: Rows committed late have lower ids than ones already read; this many are read once more.
OVERLAP = 2000


class _Words:
    """The vocabulary of this process, caught up by id before each use."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.words: dict[str, None] = {}
        self.newest = 0

    def current(self) -> list[str]:
        with self.lock:
            last = Vocabulary.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            if last < self.newest:
                self.words, self.newest = {}, 0
            if last > self.newest:
                rows = Vocabulary.objects.filter(pk__gt=self.newest - OVERLAP)
                self.words.update(dict.fromkeys(rows.values_list("word", flat=True)))
                self.newest = last
            return list(self.words)


_known = _Words()


def near_words(word: str) -> list[str]:
    """Vocabulary words that contain ``word``, or that it begins with one typo.

    A typo is a letter too many, one missing, one wrong, or two changed about.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    known = _known.current()
    found = dict.fromkeys(candidate for candidate in known if word in candidate)
    for length in (len(word), len(word) + 1, len(word) - 1):
        beginnings = (candidate[:length] for candidate in known)
        for _beginning, _distance, index in extract_iter(
            word, beginnings, scorer=OSA.distance, score_cutoff=1
        ):
            found[known[index]] = None
            if len(found) >= MOST:
                return list(found)
    return list(found)
