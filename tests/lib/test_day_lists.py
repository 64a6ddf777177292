"""Lists of days: blocked dates are written as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.day_lists import DayListError, is_among_days, read_days, write_days

HINT = "is no day; write one a line, like 2026-12-25 or 2026-12-24 – 2026-12-26."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        (" \n\r\n ", ""),
        ("2026-12-25", "2026-12-25"),
        ("2026-12-24 – 2026-12-26", "2026-12-24 – 2026-12-26"),
        ("2026-12-24-2026-12-26", "2026-12-24 – 2026-12-26"),
        ("2026-12-24 to 2026-12-26", "2026-12-24 – 2026-12-26"),
        ("2026-12-24 - 2026-12-24", "2026-12-24"),
        ("2027-01-01\r\n2026-12-25, 2026-12-25;2028-02-29", "2026-12-25\n2027-01-01\n2028-02-29"),
    ],
)
def test_days_are_read_in_any_order_and_shape(text: str, written: str) -> None:
    assert write_days(read_days(text)) == written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Christmas", f"“Christmas” {HINT}"),
        ("2026-12-25\n25.12.2026", f"“25.12.2026” {HINT}"),
        ("2026-12-25 2026-12-26", f"“2026-12-25 2026-12-26” {HINT}"),
        ("٢٠٢٦-١٢-٢٥", f"“٢٠٢٦-١٢-٢٥” {HINT}"),
        ("x" * 5000, f"“{'x' * 100}” {HINT}"),
        ("2027-02-29", "“2027-02-29” is not in the calendar."),
        ("0000-01-01", "“0000-01-01” is not in the calendar."),
        ("2026-12-26 – 2026-12-24", "“2026-12-26 – 2026-12-24” ends before it starts."),
    ],
)
def test_a_line_that_is_no_day_is_named(text: str, told: str) -> None:
    with pytest.raises(DayListError) as refusal:
        read_days(text)
    assert str(refusal.value) == told


@pytest.mark.parametrize(
    ("day", "is_in"), [(23, False), (24, True), (25, True), (26, True), (27, False), (30, True)]
)
def test_first_and_last_day_belong_to_a_range(day: int, is_in: bool) -> None:
    text = "2026-12-24 – 2026-12-26\n2026-12-30"
    assert is_among_days(date(2026, 12, day), text) is is_in


@given(st.lists(st.tuples(st.dates(), st.dates()).map(sorted).map(tuple), max_size=5))
def test_what_was_written_is_read_the_same(ranges: list[tuple[date, date]]) -> None:
    assert read_days(write_days(ranges)) == sorted(set(ranges))
