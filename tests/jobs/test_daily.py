"""Work of once a day: every piece once, and the rest where a worker stopped."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import OperationalError

from pawfile.jobs.daily import do_pieces, is_done
from pawfile.jobs.models import DailyWork, Job
from tests.at_once import at_once

DAY = date(2027, 6, 7)
NEXT = DAY + timedelta(days=1)


def numbers(*found: int) -> Callable[[int], list[int]]:
    return lambda last: [number for number in found if number > last]


def note(number: int) -> None:
    Job.objects.create(task=str(number))


def noted() -> list[int]:
    return sorted(int(task) for task in Job.objects.values_list("task", flat=True))


do_notes = partial(do_pieces, "notes", after=numbers(3, 5, 8), work=note)


@pytest.mark.django_db
def test_each_piece_is_done_once_a_day() -> None:
    assert not is_done("notes", on=DAY)
    assert do_notes(on=DAY)
    assert is_done("notes", on=DAY)
    assert do_notes(on=DAY)
    assert noted() == [3, 5, 8]
    assert not is_done("notes", on=NEXT)
    assert do_notes(on=NEXT)
    assert noted() == [3, 3, 5, 5, 8, 8]


@pytest.mark.django_db
def test_a_piece_that_came_too_late_waits_for_the_next_day() -> None:
    do_notes(on=DAY)
    do_notes(on=DAY, after=numbers(3, 4, 5, 8, 9))
    assert noted() == [3, 5, 8]


@pytest.mark.django_db
def test_a_clock_that_goes_back_a_day_repeats_nothing() -> None:
    """The company moved to a time zone where it is still yesterday."""
    do_notes(on=NEXT)
    assert is_done("notes", on=DAY)
    do_notes(on=DAY)
    assert noted() == [3, 5, 8]


@pytest.mark.django_db
def test_what_there_was_no_time_for_is_done_in_the_next_round() -> None:
    assert not do_notes(on=DAY, budget=-1)
    assert not is_done("notes", on=DAY)
    assert noted() == []
    assert do_notes(on=DAY)
    assert noted() == [3, 5, 8]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_the_rest_to_the_next() -> None:
    def die_at_5(number: int) -> None:
        note(number)
        if number == 5:
            raise SystemExit

    with pytest.raises(SystemExit):
        do_notes(on=DAY, work=die_at_5)
    assert (noted(), DailyWork.objects.get().reached) == ([3], 3)
    assert do_notes(on=DAY)
    assert noted() == [3, 5, 8]


@pytest.mark.django_db(transaction=True)
def test_a_piece_that_fails_is_logged_and_keeps_no_other_from_being_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail_at_5(number: int) -> None:
        note(number)
        if number == 5:
            raise ValueError("No luck.")

    assert do_notes(on=DAY, work=fail_at_5)
    assert noted() == [3, 8]
    assert "Piece 5 of notes failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_without_a_database_nothing_is_left_out() -> None:
    def lose_connection(number: int) -> None:
        raise OperationalError("The connection was closed.")

    with pytest.raises(OperationalError):
        do_notes(on=DAY, work=lose_connection)
    assert do_notes(on=DAY)
    assert noted() == [3, 5, 8]


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_does_each_piece() -> None:
    pieces = list(range(1, 21))
    many = partial(do_pieces, "notes", on=DAY, after=numbers(*pieces), work=note)
    assert at_once(many, many, many, many) == [True] * 4
    assert noted() == pieces
