"""The finder of codes in free text, measured on lines sorted by hand.

``labelled/codes.txt`` has each code in braces, ``labelled/others.txt`` has none. Every second line
was held out while the rules were made: its figures say what to expect of other people's texts.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pawfile.lib.codes import find_codes

LABELLED = Path(__file__).parent / "labelled"
MARKED = re.compile(r"\{([^{}]*)\}")


def lines(name: str) -> list[str]:
    return (LABELLED / name).read_text(encoding="utf-8").splitlines()


def unmarked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The line as somebody wrote it, and where its codes are."""
    text, spans, last = "", [], 0
    for match in MARKED.finditer(line):
        text += line[last : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return text + line[last:], spans


@dataclass
class Score:
    """By line: a line with codes is found when one of them is; any find elsewhere is false."""

    found: int = 0
    missed: int = 0
    false: int = 0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}"


def score(half: int, *, wrong: list[str] | None = None) -> Score:
    """``half`` 0: the lines the rules were made with; 1: those held out."""
    total = Score()
    for line in lines("codes.txt")[half::2]:
        text, spans = unmarked(line)
        finds = find_codes(text)
        hits = [any(f.start < end and start < f.end for start, end in spans) for f in finds]
        total.false += not all(hits)
        total.found += any(hits)
        total.missed += not any(hits)
        if wrong is not None and not (hits and all(hits)):
            wrong.append(f"{line}   → {[text[f.start : f.end] for f in finds]}")
    for line in lines("others.txt")[half::2]:
        finds = find_codes(line)
        total.false += bool(finds)
        if wrong is not None and finds:
            wrong.append(f"FALSE {line}   → {[line[f.start : f.end] for f in finds]}")
    return total


def test_the_lists_are_long_enough_and_without_doubles() -> None:
    for name in ("codes.txt", "others.txt"):
        assert len(lines(name)) >= 300
        assert len(set(lines(name))) == len(lines(name))
    assert all(unmarked(line)[1] for line in lines("codes.txt"))


@pytest.mark.parametrize("half", [0, 1], ids=["made with", "held out"])
def test_nearly_every_code_is_found_and_hardly_anything_else(half: int) -> None:
    reached = score(half)
    sys.stdout.write(f"{'held out' if half else 'made with'}: {reached}\n")
    assert reached.precision >= 0.97, reached
    assert reached.recall >= 0.9, reached


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("alarm 4711#", "alarm"),
        ("lockbox: 0852", "lockbox"),
        ("Garage 9 9 1 2", "garage"),
        ("wifi pw hunter2", "wifi"),
        ("front gate code 1776", "gate"),
        ("Front door keypad 2580", "door"),
        ("code is 1234*", ""),
    ],
)
def test_the_words_beside_it_say_what_a_code_is_for(text: str, about: str) -> None:
    (find,) = find_codes(text)
    assert find.about == about


def test_what_is_found_is_the_code_and_nothing_else() -> None:
    text = "Feed 2 cups; garage 4906, then alarm password: marzipan. Back by 4:30."
    assert [text[find.start : find.end] for find in find_codes(text)] == ["4906", "marzipan"]


@pytest.mark.parametrize("text", ["1-" * 10_000, "a-" * 10_000, '"x' * 10_000, "password " * 2_000])
def test_the_longest_text_takes_steps_in_proportion(text: str) -> None:
    """A pattern that tries every pair of places would not come back within the test's time."""
    assert len(find_codes(text)) < len(text)
