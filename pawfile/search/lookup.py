"""From what a person types to the records it finds. Knows words, not clients."""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pawfile.lib.phones import query_digits
from pawfile.lib.text import WORD_LENGTH, fold, words
from pawfile.search.models import Vocabulary
from pawfile.search.typos import near_words

#: The highest character: no word that begins with x sorts after x + this.
LAST = "\U0010ffff"
#: More words in one query narrow nothing down any more.
MOST_WORDS = 8
#: A beginning with up to so many entries is one of few; rare; with more than so many, common.
FEW, RARE, COMMON = 100, 4000, 20_000


def starts_with(word: str) -> Q:
    """Words that begin so: a range, which the index serves on every database."""
    return Q(word__gte=word, word__lt=word + LAST)


def search_terms(query: str) -> list[list[str]]:
    """What a record must have, each term as its alternatives, folded.

    A phone number in any spelling is one term of digits. A compound is found joined or by its
    longest part: "O'Neil" finds "Oneil" and "O Neil".
    """
    digits = query_digits(query)
    if digits:
        return [[digits[:WORD_LENGTH]]]
    folded = fold(query.strip())
    if "@" in folded and " " not in folded:
        return [[folded[:WORD_LENGTH]]]
    terms = [words(piece) for piece in folded.split()]
    terms = [[found[0], max(found[1:], key=len)] if len(found) > 2 else found for found in terms]
    long_enough = [found for found in terms if found and len(found[0]) > 1]
    return (long_enough or [found for found in terms if found])[:MOST_WORDS]


def matching(
    records: QuerySet[Any], all_words: QuerySet[Any], query: str, *, keys: Collection[str] | None
) -> QuerySet[Any]:
    """The records among ``records`` that have every term of the query in ``all_words``.

    ``keys`` are the fields the reader may see, ``None`` for all. Words are taken as beginnings
    first; only if that finds nothing, as inner parts or with one typo. A query of no words (blank,
    or only punctuation) finds nothing.

    Looks up the words at once: whoever lists and counts asks one time and uses what comes back.
    """
    terms = search_terms(query)
    if not terms:
        return records.none()
    seen = all_words if keys is None else all_words.filter(key__in=keys)
    exact, is_sure = narrowed(records, seen, [any_start(term) for term in terms])
    if is_sure or exact.exists():
        return exact
    near = [near_words(term[0]) for term in terms]
    if not any(near):
        return records.none()
    starts = [any_start(term) for term in terms]
    alike = [start | Q(word__in=others) for start, others in zip(starts, near, strict=True)]
    return narrowed(records, seen, alike)[0]


def any_start(term: list[str]) -> Q:
    return reduce(or_, (starts_with(word) for word in term))


def narrowed(
    records: QuerySet[Any], seen: QuerySet[Any], conditions: Iterable[Q]
) -> tuple[QuerySet[Any], bool]:
    """The records that have an entry for each condition, and whether there are some for sure.

    Databases guess whether to begin with the entries or with the sorted list of records, and guess
    wrong where names that begin alike lie together. So it is said: of a rare word the entries are
    collected (a slice is never taken apart), of very few here and now; of a common one that would
    be most of the company, and its records are soon met on a walk through the list.
    """
    is_sure = not records.query.where
    known: set[int] | None = None
    for condition in conditions:
        found = seen.filter(condition)
        few = found.order_by().values_list("record", flat=True)[: FEW + 1]
        pks = set(few)
        if len(few) <= FEW:
            known = pks if known is None else known & pks
            if not known:
                return records.none(), False
            continue
        is_sure = False
        entries = found.order_by().values("word")[: COMMON + 1].count()
        if entries > COMMON:
            records = records.filter(Exists(found.filter(record=OuterRef("pk"))))
        elif entries > RARE:
            records = records.filter(pk__in=found.values("record"))
        else:
            records = records.filter(pk__in=found.values("record")[:RARE])
    return (records if known is None else records.filter(pk__in=known)), is_sure


def learn(new_words: Iterable[str]) -> None:
    """Add words to the vocabulary; known ones stay as they are."""
    known = {word for word in new_words if word.isalpha() and len(word) > 2}
    Vocabulary.objects.bulk_create(
        [Vocabulary(word=word) for word in sorted(known)], ignore_conflicts=True, batch_size=5000
    )
