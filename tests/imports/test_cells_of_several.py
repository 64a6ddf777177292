"""Cells that hold several things, as people type them."""

import pytest

from pawfile.imports.splitting import split_memo, split_phones, split_sex
from pawfile.imports.understand import without_lost_zero, yes_or_no
from pawfile.lib.emails import emails_in


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a@b.org & c@d.org", ["a@b.org", "c@d.org"]),
        ("a@b.org; c@d.org\nA@B.org", ["a@b.org", "c@d.org"]),
        ("Ann <a@b.org>", ["a@b.org"]),
        ("Ann <a@b.org>, Bob <c@d.org>", ["a@b.org", "c@d.org"]),
        ("ann at example.com", ["ann at example.com"]),
        ("ann@@example.org", ["ann@@example.org"]),
        ("", []),
    ],
)
def test_addresses_are_taken_apart_and_what_is_none_stays_whole(
    text: str, addresses: list[str]
) -> None:
    assert emails_in(text) == addresses


@pytest.mark.parametrize(
    ("text", "cell", "home"),
    [
        ("303/555-0122", "303/555-0122", ""),
        ("303-555-0122 / 417-555-0109", "303-555-0122", "417-555-0109"),
        ("3035550122\n417 555 0109", "3035550122", "417 555 0109"),
        ("c: 303.555.0122 h: 417/555-0109", "303.555.0122", "417/555-0109"),
        ("ask Bob", "ask Bob", ""),
    ],
)
def test_phones_are_taken_apart(text: str, cell: str, home: str) -> None:
    found = split_phones(text)
    assert (found["cell_phone"], found.get("home_phone", "")) == (cell, home)


@pytest.mark.parametrize(
    ("text", "sex", "fixed"),
    [("M, not fixed", "Male", "no"), ("F/S", "Female", "yes"), ("MN", "Male", "yes"),
     ("neutered male", "Male", "yes"), ("girl", "Female", "")],
)  # fmt: skip
def test_sex_and_whether_neutered_stand_in_one_cell(text: str, sex: str, fixed: str) -> None:
    found = split_sex(text)
    assert (found["sex"], found.get("spayed_neutered", "")) == (sex, fixed)


def test_notes_that_name_the_partner_stay_whole() -> None:
    found = split_memo("Spouse: Ann Lee. lockbox 2881")
    assert found["office_notes"] == "Spouse: Ann Lee. lockbox 2881"
    assert (found["partner_first_name"], found["partner_last_name"]) == ("Ann", "Lee")
    assert split_memo("partner knows the code") == {"office_notes": "partner knows the code"}


def test_a_zip_gets_its_zero_back_only_where_one_was_lost() -> None:
    assert without_lost_zero("2134", "MA", "US") == "02134"
    assert without_lost_zero("2134", "", "US") == "02134"
    assert without_lost_zero("2134", "WA", "US") == "2134"
    assert without_lost_zero("9810", "", "US") == "9810"
    assert without_lost_zero("2134", "", "AU") == "2134"


def test_no_key_is_a_no() -> None:
    assert yes_or_no("No key", "uses_keys") is False
