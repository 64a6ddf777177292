"""Birthdays and ages as other people's files write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.births import BornError, understand_born
from pawfile.lib.dates import age_text

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019", "2019"),
        ("2019-04", "2019-04"),
        ("2019-04-12", "2019-04-12"),
        ("2019/4/12", "2019-04-12"),
        ("2019-04-12 00:00:00", "2019-04-12"),
        ("2019-04-12T00:00:00Z", "2019-04-12"),
        ("04/2019", "2019-04"),
        ("Apr 2019", "2019-04"),
        ("april, 2019", "2019-04"),
        ("Sept. 2019", "2019-09"),
        ("12 Apr 2019", "2019-04-12"),
        ("12-Apr-19", "2019-04-12"),
        ("12th April 2019", "2019-04-12"),
        ("Apr 12, 2019", "2019-04-12"),
        ("  December   18 2015 ", "2015-12-18"),
        ("4/25/2019", "2019-04-25"),
        ("25/4/2019", "2019-04-25"),
        ("25/04/19", "2019-04-25"),
        ("04/25/98", "1998-04-25"),
        ("4/4/2019", "2019-04-04"),
        ("12/04/2026", "2026-04-12"),  # 4 December has not come yet
        ("03.04.2019", "2019-04-03"),
        ("12.31.2019", "2019-12-31"),
        ("04/25/2019 (7 years)", "2019-04-25"),
        ("04/25/2019(7 years)", "2019-04-25"),
    ],
)
def test_a_certain_date_is_read_as_far_as_it_goes(text: str, iso: str) -> None:
    assert understand_born(text, today=TODAY).iso() == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2 years", "2024"),
        ("1 yr.", "2025"),
        ("5 y/o", "2021"),
        ("5yo", "2021"),
        ("8 years old", "2018"),
        ("8 year-old", "2018"),
        ("about 5", "2021"),
        ("~5 years", "2021"),
        ("10.5 yrs", "2016"),
        ("10 1/2", "2016"),
        ("2½ years", "2024"),
        ("11MOS", "2025-12"),
        ("3 months", "2026-08"),
        ("10 mo.", "2026-01"),
        ("4 yrs 8 mo", "2022-03"),
        ("4y8m", "2022-03"),
        ("4 years and 8 months", "2022-03"),
        ("13y0m", "2013-11"),
        ("18W", "2026-07"),
        ("44 weeks", "2026-01"),
        ("10 days", "2026-11"),
        ("30 days", "2026-10"),
    ],
)
def test_an_age_gives_a_year_or_a_month_and_never_a_day(text: str, iso: str) -> None:
    assert understand_born(text, today=TODAY).iso() == iso


@pytest.mark.parametrize("text", ["", "  ", "?", "unknown", "N/A", "-"])
def test_a_word_for_nothing_gives_nothing(text: str) -> None:
    assert not understand_born(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("10/11/2025", "ambiguous_date", "This is 11 Oct 2025 or 10 Nov 2025."),
        ("18", "number_alone", "write “18 years” or the whole year"),
        ("02/30/2018", "impossible_date", "has no day 30"),
        ("31 April 2019", "impossible_date", "April 2019 has no day 31."),
        ("2019-13-45", "impossible_date", "from 1 to 12"),
        ("13/13/2019", "impossible_date", "from 1 to 12"),
        ("1066", "impossible_date", "not before 1900"),
        ("04/25/2031", "future_date", "2031 has not begun yet."),
        ("2026-11-23", "future_date", "in the future"),
        ("2-Mar", "age_became_date", "a day needs a year too"),
        ("Mar-02", "age_became_date", "a day needs a year too"),
        ("puppy", "age_unreadable", "Write 2019"),
        ("2 dogs", "age_unreadable", "Write 2019"),
        ("43567", "number_alone", "whole year"),
        ("151 years", "age_unreadable", "No pet is that old"),
        ("about 999", "age_unreadable", "No pet is that old"),
        ("<b>2019</b>", "age_unreadable", "Write 2019"),
        ("²", "age_unreadable", "Write 2019"),
    ],
)
def test_what_is_not_certain_is_refused_with_what_would_be_right(
    text: str, kind: str, sentence: str
) -> None:
    with pytest.raises(BornError, match=sentence) as refusal:
        understand_born(text, today=TODAY)
    assert refusal.value.kind == kind


def test_an_ambiguous_date_names_its_readings_and_the_column_settles_it() -> None:
    with pytest.raises(BornError) as refusal:
        understand_born("10/11/2025", today=TODAY)
    assert [day.iso() for day in refusal.value.readings] == ["2025-10-11", "2025-11-10"]
    assert understand_born("10/11/2025", today=TODAY, day_first=True).iso() == "2025-11-10"
    assert understand_born("10/11/2025", today=TODAY, day_first=False).iso() == "2025-10-11"
    assert understand_born("4/25/2019", today=TODAY, day_first=True).iso() == "2019-04-25"
    assert understand_born("25/4/2019", today=TODAY, day_first=False).iso() == "2019-04-25"


@given(st.integers(1, 30))
def test_an_estimated_year_shows_the_age_that_was_typed(years: int) -> None:
    born = understand_born(f"{years} years", today=TODAY)
    assert age_text(born, TODAY).removeprefix("about ").split()[0] == str(years)


@given(st.integers(0, 30), st.integers(1, 11))
def test_an_estimated_month_shows_the_years_that_were_typed(years: int, months: int) -> None:
    born = understand_born(f"{years}y{months}m", today=TODAY)
    assert age_text(born, TODAY).split()[0] == str(years or months)


@given(st.text(max_size=30) | st.from_regex(r"\A[0-9 a-z./½~-]{0,20}\Z"))
def test_any_text_is_understood_or_refused_and_nothing_is_in_the_future(text: str) -> None:
    try:
        born = understand_born(text, today=TODAY)
    except BornError:
        return
    assert born.iso() <= TODAY.isoformat()
