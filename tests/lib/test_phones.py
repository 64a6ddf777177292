"""Phones: kept as typed, understood as E.164, found by any spelling (Rule 45)."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.phones import e164, is_possible, phone_words, query_digits


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("303-555-0122", "US", "+13035550122"),
        ("(303) 555-0122", "US", "+13035550122"),
        ("1.303.555.0122", "US", "+13035550122"),
        ("+1 303 555 0122", "GB", "+13035550122"),
        (" 3035550122 ", "US", "+13035550122"),
        ("303 555 0122 ext. 7", "US", "+13035550122"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+39 06 698 1234", "US", "+39066981234"),
    ],
)
def test_a_number_in_any_spelling_has_one_e164(typed: str, region: str, number: str) -> None:
    assert e164(typed, region) == number
    assert is_possible(typed, region)


@pytest.mark.parametrize(
    "typed", ["", "ask Bob", "555-0123", "(206) 555-01", "303 555 0122 303 555", "9" * 300, "\x00"]
)
def test_what_is_no_whole_number_has_no_e164(typed: str) -> None:
    assert e164(typed, "US") == ""
    assert not is_possible(typed, "US")


@given(
    st.from_regex(r"\A ?(\+?1)?[-. ]?[(]?[0-9]{3}[)]?[-. ]{0,2}[0-9]{3}[-. ]?[0-9]{4} ?\Z")
    | st.text(alphabet="0123456789+-.() ", max_size=20)
)
def test_the_quick_way_for_plain_numbers_gives_what_the_library_gives(typed: str) -> None:
    assert e164(typed, "US") == _by_the_library(typed)


def _by_the_library(typed: str) -> str:
    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        return ""
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_plain_numbers_at_home_do_not_ask_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(phonenumbers, "parse")
    assert e164("(303) 555-0122", "US") == "+13035550122"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("303-555-0122", ["13035550122", "3035550122", "5550122", "0122"]),
        ("+44 20 7946 0018", ["442079460018", "2079460018", "9460018", "0018"]),
        ("+290 2345", ["2902345", "2345"]),
        ("555-0123", ["5550123"]),
        ("x12", []),
        ("ask Bob", []),
        ("", []),
    ],
)
def test_a_number_is_found_whole_and_by_its_ends(typed: str, found: list[str]) -> None:
    assert phone_words(typed, "US") == found


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("(303) 555", "303555"),
        ("+1 303.555-0122", "13035550122"),
        ("0044 20/7946", "44207946"),
        ("0122", "0122"),
        ("12", ""),
        ("001", ""),
        ("303-555 x7", ""),
        ("Max 2019", ""),
        ("٣٠٣٥٥٥", ""),
        ("", ""),
    ],
)
def test_only_a_query_like_a_phone_number_has_digits(query: str, digits: str) -> None:
    assert query_digits(query) == digits
