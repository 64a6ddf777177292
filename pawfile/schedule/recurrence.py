"""How often visits come again: as a person chooses it, as an RRULE, in words, as days.

A rule is text of RFC 5545 without its dates; the days from and until which it holds are columns of
the series. Weeks begin on Sunday, which counts with "every 2 weeks". A month that is too short for
the day has its visit on its last day: no visit is left out.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from dateutil.rrule import rrulestr
from django.utils.dateformat import format as format_date
from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_WEEKS = 52
#: In every month there is.
ALWAYS_DAY = 28


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Repeat:
    """What a person chooses. ``weekdays`` (Monday is 0) and ``weeks`` belong to weeks only."""

    every: Every
    weekdays: frozenset[int] = frozenset()
    weeks: int = 1
    month_day: int = 0

    def __post_init__(self) -> None:
        is_week, is_month = self.every == Every.WEEK, self.every == Every.MONTH
        if bool(self.weekdays) != is_week or not self.weekdays <= frozenset(range(7)):
            raise ValueError("Weeks, and only weeks, have weekdays.")
        if not 1 <= self.weeks <= (MOST_WEEKS if is_week else 1):
            raise ValueError(f"A number of weeks is 1 to {MOST_WEEKS}.")
        if not (1 <= self.month_day <= 31 if is_month else self.month_day == 0):
            raise ValueError("Months, and only months, have a day from 1 to 31.")

    @classmethod
    def from_rule(cls, rule: str) -> Self:
        """What ``rule`` wrote; ValueError for anything else."""
        parts = dict(part.partition("=")[::2] for part in rule.split(";"))
        found = cls(Every.DAY)
        if parts.get("FREQ") == "WEEKLY":
            weekdays = frozenset(DAYS.index(day) for day in parts.get("BYDAY", "").split(","))
            found = cls(Every.WEEK, weekdays, int(parts.get("INTERVAL", "")))
        elif parts.get("FREQ") == "MONTHLY":
            found = cls(Every.MONTH, month_day=int(parts.get("BYMONTHDAY", "").split(",")[-1]))
        if found.rule != rule:
            raise ValueError(f"This rule is none of ours: {rule}")
        return found

    @property
    def rule(self) -> str:
        if self.every == Every.DAY:
            return "FREQ=DAILY"
        if self.every == Every.WEEK:
            days = ",".join(DAYS[day] for day in sorted(self.weekdays))
            return f"FREQ=WEEKLY;INTERVAL={self.weeks};WKST=SU;BYDAY={days}"
        if self.month_day <= ALWAYS_DAY:
            return f"FREQ=MONTHLY;BYMONTHDAY={self.month_day}"
        # The last there is of these: BYMONTHDAY=31 alone leaves five months of the year out.
        days = ",".join(str(day) for day in range(ALWAYS_DAY, self.month_day + 1))
        return f"FREQ=MONTHLY;BYSETPOS=-1;BYMONTHDAY={days}"

    @property
    def words(self) -> str:
        """ "Every 2 weeks on Monday and Wednesday" """
        if self.every == Every.DAY:
            return _("Every day")
        if self.every == Every.WEEK:
            days = get_text_list([str(WEEKDAYS[day]) for day in sorted(self.weekdays)], _("and"))
            if self.weeks == 1:
                return _("Every %s") % days
            return _("Every %(n)d weeks on %(days)s") % {"n": self.weeks, "days": days}
        if self.month_day <= ALWAYS_DAY:
            return _("Every month on day %d") % self.month_day
        return _("Every month on day %d, or on the last day of a shorter month") % self.month_day


def words_of(rule: str, until_on: date | None) -> str:
    """ "Every Monday and Wednesday, ongoing" """
    words = Repeat.from_rule(rule).words
    if until_on is None:
        return _("%s, ongoing") % words
    until = format_date(until_on, "j M Y")
    return _("%(words)s, until %(until)s") % {"words": words, "until": until}


def days_of(rule: str, *, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the rule from ``first`` to ``last``, both included, none before ``starts_on``."""
    first = max(first, starts_on)
    if last < first:
        return []
    days = rrulestr(rule, dtstart=_midnight(_near(rule, starts_on, first)))
    found = days.between(_midnight(first), _midnight(last), inc=True)
    return [day.date() for day in found]


def first_day(rule: str, *, starts_on: date, first: date | None = None) -> date | None:
    """The first day of the rule, or its first from ``first`` on; None at the calendar's end."""
    first = max(first or starts_on, starts_on)
    days = rrulestr(rule, dtstart=_midnight(_near(rule, starts_on, first)))
    found = days.after(_midnight(first), inc=True)
    return found.date() if found else None


def _near(rule: str, starts_on: date, first: date) -> date:
    """A day not after ``first`` from which the rule gives the same days: old series stay fast."""
    repeat = Repeat.from_rule(rule)
    if repeat.every == Every.WEEK:
        turn = 7 * repeat.weeks
        return starts_on + timedelta(days=(first - starts_on).days // turn * turn)
    return first


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
