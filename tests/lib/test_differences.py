"""What differs between two texts, word by word."""

from random import Random
from time import perf_counter

import pytest

from pawfile.lib.differences import AROUND, Part, Piece, differences


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.part.value, piece.text) for piece in differences(old, new)]


def test_words_that_went_and_came_are_marked_in_their_place() -> None:
    assert told("Feed twice a day. No treats.", "Feed three times a day. No treats, ever.") == [
        ("same", "Feed "),
        ("gone", "twice "),
        ("new", "three times "),
        ("same", "a day. No treats"),
        ("new", ", ever"),
        ("same", "."),
    ]


def test_texts_that_have_little_in_common_are_not_put_together() -> None:
    assert told("Bites men with hats.", "Half a cup at noon, then a walk.") == []


def test_nothing_is_lost_but_what_stays_the_same() -> None:
    """Old is what is same or gone, new what is same or new, whatever the words are."""
    dice = Random(7)
    words = ["a", "dog", "cat.", " ", "\n", "é", "🐕", "<b>", "12"]
    for _round in range(200):
        old, new = ("".join(dice.choices(words, k=dice.randint(0, 30))) for _each in "ab")
        pieces = differences(old, new)
        if pieces:
            assert text_of(pieces, Part.GONE) == old
            assert text_of(pieces, Part.NEW) == new


def text_of(pieces: list[Piece], part: Part) -> str:
    return "".join(p.text for p in pieces if p.part in (Part.SAME, Part.CUT, part))


def test_long_stretches_that_stay_are_cut_in_the_middle() -> None:
    long = "walk " * 200
    pieces = differences(f"{long}twice{long}", f"{long}once{long}")
    assert [piece.part.value for piece in pieces] == ["cut", "same", "gone", "new", "same", "cut"]
    assert {len(piece.text) for piece in pieces if piece.part == Part.SAME} == {AROUND}


@pytest.mark.parametrize("kind", ["one word changed", "all changed", "one word again and again"])
def test_two_megabytes_take_a_moment(kind: str) -> None:
    words = [str(number) for number in range(300_000)]
    old = " ".join(words)
    new = {
        "one word changed": " ".join(words[:9] + ["new"] + words[10:]),
        "all changed": " ".join(reversed(words)),
        "one word again and again": "a " * 1_000_000,
    }[kind]
    start = perf_counter()
    differences(old, new)
    differences("b " * 1_000_000, new)
    assert perf_counter() - start < 20
