"""Rules of visits that come again: choice, RRULE text, words and days say the same."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.schedule.recurrence import Every, Repeat, days_of, first_day, words_of

DAY = timedelta(days=1)

repeats = st.one_of(
    st.just(Repeat(Every.DAY)),
    st.builds(
        Repeat,
        st.just(Every.WEEK),
        st.frozensets(st.integers(0, 6), min_size=1),
        st.integers(1, 52),
    ),
    st.builds(Repeat, st.just(Every.MONTH), month_day=st.integers(1, 31)),
)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def is_due(repeat: Repeat, day: date, starts_on: date) -> bool:
    """The same by counting: what a person does with a calendar and a finger."""
    if repeat.every == Every.DAY:
        return True
    if repeat.every == Every.MONTH:
        return day.day == min(repeat.month_day, monthrange(day.year, day.month)[1])
    sunday = starts_on - DAY * (starts_on.isoweekday() % 7)
    return day.weekday() in repeat.weekdays and (day - sunday).days // 7 % repeat.weeks == 0


@given(repeats)
def test_a_rule_read_again_is_the_same_choice(repeat: Repeat) -> None:
    assert Repeat.from_rule(repeat.rule) == repeat


@given(repeats, days, st.integers(-400, 2000), st.integers(-5, 90))
def test_days_are_those_of_a_finger_on_the_calendar(
    repeat: Repeat, starts_on: date, offset: int, length: int
) -> None:
    first = starts_on + DAY * offset
    last = first + DAY * length
    expected = [
        day
        for day in (first + DAY * n for n in range(length + 1))
        if day >= starts_on and is_due(repeat, day, starts_on)
    ]
    assert days_of(repeat.rule, starts_on=starts_on, first=first, last=last) == expected


@given(repeats, days, st.lists(st.integers(0, 60), max_size=8))
def test_days_taken_in_pieces_are_the_days_taken_at_once(
    repeat: Repeat, starts_on: date, steps: list[int]
) -> None:
    pieces, done = [], starts_on - DAY
    for step in steps:
        until = done + DAY * step
        pieces += days_of(repeat.rule, starts_on=starts_on, first=done + DAY, last=until)
        done = until
    assert pieces == days_of(repeat.rule, starts_on=starts_on, first=starts_on, last=done)


@given(repeats, days, st.integers(-400, 2000))
def test_the_first_day_is_the_first_of_the_days(
    repeat: Repeat, starts_on: date, offset: int
) -> None:
    first = starts_on + DAY * offset
    found = days_of(repeat.rule, starts_on=starts_on, first=first, last=starts_on + DAY * 2500)
    assert first_day(repeat.rule, starts_on=starts_on, first=first) == found[0]


def test_the_31st_is_the_last_day_of_shorter_months() -> None:
    rule = Repeat(Every.MONTH, month_day=31).rule
    found = days_of(
        rule, starts_on=date(2027, 12, 31), first=date(2027, 12, 31), last=date(2028, 5, 1)
    )
    assert [(day.month, day.day) for day in found] == [(12, 31), (1, 31), (2, 29), (3, 31), (4, 30)]


def test_the_29th_of_february_comes_every_month() -> None:
    rule = Repeat(Every.MONTH, month_day=29).rule
    found = days_of(
        rule, starts_on=date(2028, 2, 29), first=date(2029, 1, 1), last=date(2029, 3, 31)
    )
    assert found == [date(2029, 1, 29), date(2029, 2, 28), date(2029, 3, 29)]


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        (Repeat(Every.DAY), "Every day"),
        (Repeat(Every.WEEK, frozenset({2, 0})), "Every Monday and Wednesday"),
        (Repeat(Every.WEEK, frozenset({5}), 2), "Every 2 weeks on Saturday"),
        (Repeat(Every.MONTH, month_day=28), "Every month on day 28"),
        (
            Repeat(Every.MONTH, month_day=31),
            "Every month on day 31, or on the last day of a shorter month",
        ),
    ],
)
def test_words(repeat: Repeat, words: str) -> None:
    assert repeat.words == words


def test_words_tell_the_end() -> None:
    assert words_of("FREQ=DAILY", None) == "Every day, ongoing"
    assert words_of("FREQ=DAILY", date(2027, 6, 5)) == "Every day, until 5 Jun 2027"


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=YEARLY",
        "FREQ=DAILY;COUNT=5",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=0;WKST=SU;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=99",
    ],
)
def test_a_rule_of_others_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        Repeat.from_rule(rule)


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": Every.WEEK},
        {"every": Every.DAY, "weekdays": frozenset({1})},
        {"every": Every.WEEK, "weekdays": frozenset({7})},
        {"every": Every.WEEK, "weekdays": frozenset({1}), "weeks": 53},
        {"every": Every.MONTH, "month_day": 32},
        {"every": Every.MONTH},
    ],
)
def test_a_choice_that_cannot_be_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        Repeat(**wrong)
