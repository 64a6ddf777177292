"""Folding and cutting text for the search index (Rule 45)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.text import WORD_LENGTH, email_words, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hutchinson", "hutchinson"),
        ("Álvarez", "alvarez"),
        ("A\u0301lvarez", "alvarez"),
        ("GRÖẞE größe", "grosse grosse"),
        ("Æsir Øre Łukasz Đorđe Þór Œuvre", "aesir ore lukasz dorde thor oeuvre"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("ﬁn № ½ Ｆｕｌｌ", "fin no 1⁄2 full"),
        ("Ελλάς", "ελλασ"),
        ("Ёлка Йод", "елка иод"),
        ("שָׁלוֹם", "שלום"),
        ("O’Neil O´Neil OʼNeil", "o'neil o'neil o'neil"),
        ("co\u00adop\u200b", "coop"),
    ],
)
def test_capitals_accents_and_joined_letters_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_marks_that_make_another_word_stay() -> None:
    assert fold("が") != fold("か")
    assert fold("हिन्दी") == "हिन्दी"
    assert fold("한국") == "한국"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_folding_does_not_care_for_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" - ' ", []),
        ("Hutchinson", ["hutchinson"]),
        ("2694 Alan Wells, #939", ["2694", "alan", "wells", "939"]),
        ("O'Neil", ["oneil", "neil"]),
        ("Cleo's", ["cleos", "cleo"]),
        ("Smith-Jones", ["smithjones", "smith", "jones"]),
        ("T-Rex", ["trex", "rex"]),
        ("Max max MAX Mäx", ["max"]),
        ("Sitter_notes", ["sitter", "notes"]),
        ("हिन्दी, 東京", ["हिन्दी", "東京"]),
        ("Łukasz D’Angelo", ["lukasz", "dangelo", "angelo"]),
    ],
)
def test_words_are_letters_and_digits_in_order_without_doubles(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_every_word_is_folded_short_and_given_once(text: str) -> None:
    found = words(text)
    assert len(set(found)) == len(found)
    assert all(0 < len(word) <= WORD_LENGTH for word in found)
    assert all(fold(word)[:WORD_LENGTH] == word for word in found)


def test_an_overlong_word_is_cut() -> None:
    assert words("x" * 100 + " " + "y" * 41) == ["x" * 40, "y" * 40]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", []),
        ("Tiffany.Allen71@Example.com", ["tiffany.allen71@example.com", "tiffany", "allen71"]),
        (" ann@example.org ", ["ann@example.org", "ann"]),
        ("not an address", ["not an address", "not", "an", "address"]),
        ("a" * 50 + "@example.org", ["a" * 40]),
    ],
)
def test_an_email_is_found_whole_and_by_the_words_before_the_at(
    address: str, found: list[str]
) -> None:
    assert email_words(address) == found
