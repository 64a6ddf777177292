"""What single cells say."""

import pytest

from pawfile.imports.understand import is_nothing, one_of, parts_of, without_controls, yes_or_no

SEXES = [("Female", "Female"), ("Male", "Male")]
FENCES = [("N/A", "N/A"), ("Standard", "Standard"), ("Invisible", "Invisible")]


@pytest.mark.parametrize("text", ["Y", "yes", "YES", "1", "true", "x", "X", "✓"])
def test_yes_in_all_spellings(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", ["N", "no", "No", "0", "false", "off"])
def test_no_in_all_spellings(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2", "active"])
def test_what_is_neither_is_nothing(text: str) -> None:
    assert yes_or_no(text) is None


def test_some_fields_have_words_of_their_own_for_yes_and_no() -> None:
    assert yes_or_no("Inactive", "active") is False
    assert yes_or_no("neutered", "spayed_neutered") is True


@pytest.mark.parametrize(
    ("text", "choice"),
    [("M", "Male"), ("f", "Female"), ("FEMALE", "Female"), ("mal", "Male"), ("unsure", None)],
)
def test_a_choice_is_known_by_its_beginning(text: str, choice: str | None) -> None:
    assert one_of(text, SEXES) == choice


@pytest.mark.parametrize("text", ["N", "No", "none", "n/a", "-"])
def test_where_there_is_no_answer_among_the_choices_words_for_nothing_are_it(text: str) -> None:
    assert one_of(text, FENCES) == "N/A"
    assert one_of(text, SEXES) is None


def test_a_beginning_of_two_choices_is_none_of_them() -> None:
    assert one_of("in", [("Inground", "Inground"), ("Indoor", "Indoor")]) is None


def test_several_choices_come_apart() -> None:
    assert parts_of("Monday, Friday;Sunday / Tuesday and Wednesday") == [
        "Monday",
        "Friday",
        "Sunday",
        "Tuesday",
        "Wednesday",
    ]


@pytest.mark.parametrize("text", ["N/A", "-", "None", "UNKNOWN"])
def test_words_for_nothing(text: str) -> None:
    assert is_nothing(text)
    assert not is_nothing("Nona")


def test_control_characters_are_left_out_and_counted() -> None:
    assert without_controls(" a\x00b\x1b[31m\r\nc\x85 ") == ("ab[31m\nc", 3)


def test_other_characters_stay() -> None:
    text = "Zoë 🐶 <b>x</b>\tend"
    assert without_controls(text) == (text, 0)
