"""Dates known in part and the ages that follow (Rules 29 to 33)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.dates import PartialDate, PartialDateError, age_text

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("parts", "iso", "text"),
    [
        ((None, None, None), "", ""),
        (("", " ", ""), "", ""),
        ((2019, None, None), "2019", "2019"),
        (("2019", "4", ""), "2019-04", "Apr 2019"),
        ((2019, 4, 12), "2019-04-12", "12 Apr 2019"),
        ((" 2024 ", "02", "29"), "2024-02-29", "29 Feb 2024"),
        ((2025, 6, 15), "2025-06-15", "15 Jun 2025"),
        ((2025, 6, None), "2025-06", "Jun 2025"),
        ((1900, 1, 1), "1900-01-01", "1 Jan 1900"),
    ],
)
def test_a_date_may_be_known_in_part(
    parts: tuple[int | str | None, int | str | None, int | str | None], iso: str, text: str
) -> None:
    known = PartialDate.parse_parts(*parts, today=TODAY)
    assert (known.iso(), known.text(), bool(known)) == (iso, text, iso != "")
    assert PartialDate.from_iso(iso) == known


@pytest.mark.parametrize(
    ("parts", "part", "message"),
    [
        ((2019, None, 12), "month", "A day needs a month too."),  # Rule 33
        ((None, None, 12), "month", "A day needs a month too."),
        ((None, 4, None), "year", "A month needs a year too."),
        ((None, 4, 12), "year", "A month needs a year too."),
        ((2019, 4, 31), "day", "April 2019 has no day 31."),
        ((2019, 2, 29), "day", "February 2019 has no day 29."),
        ((2019, 4, 0), "day", "April 2019 has no day 0."),
        ((2019, 13, None), "month", "A month is a number from 1 to 12."),
        ((2019, 0, 1), "month", "A month is a number from 1 to 12."),
        ((2019, "April", None), "month", "A month is a number from 1 to 12."),
        ((2019, 4, "1st"), "day", "A day is a number from 1 to 31."),
        (("two", None, None), "year", "A year is a number such as 2019."),
        (("٢٠١٩", None, None), "year", "A year is a number such as 2019."),
        (("20199", None, None), "year", "A year is a number such as 2019."),
        ((1899, None, None), "year", "The year has four digits and is not before 1900."),
        ((19, None, None), "year", "The year has four digits and is not before 1900."),
        ((2026, None, None), "year", "2026 has not begun yet."),
        ((2025, 7, None), "month", "That is in the future; today is the latest day."),
        ((2025, 7, 1), "month", "That is in the future; today is the latest day."),
        ((2025, 6, 16), "day", "That is in the future; today is the latest day."),
    ],
)
def test_an_impossible_date_names_the_part_and_says_what_is_right(
    parts: tuple[int | str | None, int | str | None, int | str | None], part: str, message: str
) -> None:
    with pytest.raises(PartialDateError) as refusal:
        PartialDate.parse_parts(*parts, today=TODAY)
    assert (refusal.value.part, refusal.value.message) == (part, message)
    assert refusal.value.is_future == ("future" in message or "begun" in message)


@pytest.mark.parametrize("text", ["19", "2019-4", "2019-04-12-1", "2019-", " 2019", "x"])
def test_only_the_shape_that_iso_writes_is_read_back(text: str) -> None:
    with pytest.raises(ValueError, match="Write 2019, 2019-04 or 2019-04-12"):
        PartialDate.from_iso(text)


@pytest.mark.parametrize("text", ["2019-13", "2019-00", "2019-04-31", "1899"])
def test_no_impossible_date_is_read_back(text: str) -> None:
    with pytest.raises(PartialDateError):
        PartialDate.from_iso(text)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("", "2025-06-15", ""),  # Rule 32
        ("2019", "2025-01-01", "about 6 years"),  # Rule 29
        ("2024", "2025-06-15", "about 1 year"),
        ("2025", "2025-06-15", "less than a year"),
        ("2026", "2025-06-15", ""),
        ("2019-04", "2025-06-15", "6 years"),  # Rule 30
        ("2019-07", "2025-06-15", "5 years"),
        ("2024-11", "2025-06-15", "7 months"),
        ("2024-06", "2025-06-15", "1 year"),
        ("2025-05", "2025-06-15", "1 month"),
        ("2025-06", "2025-06-15", "less than a month"),
        ("2025-07", "2025-06-15", ""),
        ("2019-06-16", "2025-06-15", "5 years"),  # Rule 31
        ("2019-06-15", "2025-06-15", "6 years"),
        ("2024-06-16", "2025-06-15", "11 months"),
        ("2025-05-15", "2025-06-15", "1 month"),
        ("2025-05-16", "2025-06-15", "4 weeks"),
        ("2025-06-01", "2025-06-15", "2 weeks"),
        ("2025-06-08", "2025-06-15", "1 week"),
        ("2025-06-09", "2025-06-15", "6 days"),
        ("2025-06-14", "2025-06-15", "1 day"),
        ("2025-06-15", "2025-06-15", "born today"),
        ("2025-06-16", "2025-06-15", ""),
        ("2020-02-29", "2025-02-28", "4 years"),
        ("2020-02-29", "2025-03-01", "5 years"),
        ("2020-02-29", "2024-02-29", "4 years"),
        ("2025-01-31", "2025-02-28", "4 weeks"),
        ("2025-01-31", "2025-03-01", "1 month"),
    ],
)
def test_an_age_is_as_exact_as_what_is_known(born: str, on: str, age: str) -> None:
    assert age_text(PartialDate.from_iso(born), date.fromisoformat(on)) == age


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60_000))
def test_every_day_in_the_past_gives_an_age_and_comes_back_from_iso(day: date, days: int) -> None:
    born = PartialDate(day.year, day.month, day.day)
    on = min(day + timedelta(days=days), date.max)
    assert age_text(born, on) != ""
    assert PartialDate.from_iso(born.iso()) == born
    assert born.iso() == day.isoformat()
