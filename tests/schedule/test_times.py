"""From the company's clocks to moments, also in the two nights on which they are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pawfile.schedule.models import TimeBlock
from pawfile.schedule.times import clock_text, span_of

US = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"]
LORD_HOWE = "Australia/Lord_Howe"
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
#: There clocks move by half an hour only, in the other seasons.
LORD_HOWE_SPRING, LORD_HOWE_AUTUMN = date(2026, 10, 4), date(2026, 4, 5)


def block(start: str, end: str, *, is_overnight: bool = False) -> TimeBlock:
    begin, finish = time.fromisoformat(start), time.fromisoformat(end)
    return TimeBlock(name="Block", start=begin, end=finish, is_overnight=is_overnight)


def local(
    zone: str,
    on: date,
    *,
    clock: str = "",
    part: TimeBlock | None = None,
) -> tuple[str, str, timedelta]:
    """What the wall shows at the start and at the end, and how long it really takes."""
    exact = time.fromisoformat(clock) if clock else None
    start, end = span_of(visit_on=on, block=part, exact_time=exact, minutes=30, zone=zone)
    here = ZoneInfo(zone)
    wall = [f"{moment.astimezone(here):%d %H:%M}" for moment in (start, end)]
    return wall[0], wall[1], end - start


HALF, HOUR = timedelta(minutes=30), timedelta(hours=1)


@pytest.mark.parametrize("zone", US)
def test_half_past_two_in_the_night_that_leaves_it_out_is_an_hour_later_on_the_wall(
    zone: str,
) -> None:
    assert local(zone, SPRING, clock="02:30") == ("08 03:30", "08 04:00", HALF)
    assert local(zone, SPRING, clock="01:45") == ("08 01:45", "08 03:15", HALF)
    assert local(zone, SPRING, clock="12:00") == ("08 12:00", "08 12:30", HALF)


@pytest.mark.parametrize("zone", US)
def test_half_past_one_in_the_night_that_has_it_twice_is_the_first(zone: str) -> None:
    assert local(zone, AUTUMN, clock="01:30") == ("01 01:30", "01 01:00", HALF)
    first = span_of(
        visit_on=AUTUMN, block=None, exact_time=time(1, 30, fold=1), minutes=30, zone=zone
    )
    here = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo(zone))
    assert first[0] == here.astimezone(UTC)


@pytest.mark.parametrize("zone", US)
@pytest.mark.parametrize(
    ("part", "spring", "autumn"),
    [
        (block("00:00", "04:00"), 3 * HOUR, 5 * HOUR),
        (block("02:00", "03:00"), HOUR, HOUR),
        (block("02:15", "02:45"), HALF, HALF),
        (block("02:30", "03:00"), HALF, HALF),
        (block("07:00", "10:00"), 3 * HOUR, 3 * HOUR),
    ],
)
def test_a_block_lasts_as_long_as_the_wall_says_and_never_ends_before_it_starts(
    zone: str, part: TimeBlock, spring: timedelta, autumn: timedelta
) -> None:
    assert local(zone, SPRING, part=part)[2] == spring
    assert local(zone, AUTUMN, part=part)[2] == autumn


@pytest.mark.parametrize("zone", US)
def test_a_night_over_the_change_of_clocks_ends_when_the_wall_says_so(zone: str) -> None:
    night = block("22:00", "06:00", is_overnight=True)
    before = [SPRING - timedelta(days=1), AUTUMN - timedelta(days=1)]
    assert local(zone, before[0], part=night) == ("07 22:00", "08 06:00", 7 * HOUR)
    assert local(zone, before[1], part=night) == ("31 22:00", "01 06:00", 9 * HOUR)


def test_lord_howe_changes_by_half_an_hour() -> None:
    assert local(LORD_HOWE, LORD_HOWE_SPRING, clock="02:15") == ("04 02:45", "04 03:15", HALF)
    assert local(LORD_HOWE, LORD_HOWE_AUTUMN, clock="01:45") == ("05 01:45", "05 01:45", HALF)
    gap = block("02:00", "02:30")
    assert local(LORD_HOWE, LORD_HOWE_SPRING, part=gap)[2] == HALF
    assert local(LORD_HOWE, LORD_HOWE_AUTUMN, part=block("01:00", "03:00"))[2] == 2.5 * HOUR


@pytest.mark.parametrize(
    ("on", "end"),
    [
        (date(2028, 2, 28), "29 06:00"),
        (date(2028, 2, 29), "01 06:00"),
        (date(2027, 2, 28), "01 06:00"),
        (date(2026, 12, 31), "01 06:00"),
        (date(2099, 12, 31), "01 06:00"),
    ],
)
def test_nights_end_on_the_next_day_of_the_calendar(on: date, end: str) -> None:
    assert local(US[0], on, part=block("22:00", "06:00", is_overnight=True))[1] == end


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1999, 12, 31), date(2100, 1, 1), date.max])
def test_days_out_of_range_are_refused(on: date) -> None:
    with pytest.raises(ValidationError) as caught:
        local(US[0], on, clock="12:00")
    assert caught.value.message_dict == {"visit_on": ["Choose a day from 2000 to 2099."]}


def test_a_visit_needs_a_block_or_a_time() -> None:
    with pytest.raises(ValidationError) as caught:
        local(US[0], SPRING)
    assert caught.value.message_dict == {"block": ["Choose a time block or give a time."]}


def test_an_exact_time_counts_within_its_block() -> None:
    both = local(US[0], date(2026, 6, 1), clock="08:15", part=block("07:00", "10:00"))
    assert both == ("01 08:15", "01 08:45", HALF)


@given(
    on=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    start=st.times(),
    minutes=st.integers(1, 1440),
    zone=st.sampled_from([*US, LORD_HOWE]),
)
def test_every_visit_ends_after_its_start(on: date, start: time, minutes: int, zone: str) -> None:
    finish = (datetime.combine(on, start) + timedelta(minutes=minutes)).time()
    part = TimeBlock(start=start, end=finish, is_overnight=finish <= start)
    for exact, within in ((start, None), (None, part)):
        begin, end = span_of(
            visit_on=on, block=within, exact_time=exact, minutes=minutes, zone=zone
        )
        assert end > begin
        assert begin.tzinfo == UTC


def test_a_clock_text_says_when_it_ends_on_the_next_day() -> None:
    start = datetime(2026, 6, 1, 22, tzinfo=UTC)
    assert clock_text(start, start + HALF) == "22:00–22:30"
    assert clock_text(start, start + 8 * HOUR) == "22:00–06:00 (next day)"
