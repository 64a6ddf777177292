"""Days of birth that may be known only in part, and the ages that follow from them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

EARLIEST_YEAR = 1900
_ISO = re.compile(r"(?:([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?)?")

PartName = Literal["year", "month", "day"]
Typed = int | str | None


class PartialDateError(ValueError):
    """A part of a date that cannot be: `part` is the field to mend, `message` for people."""

    def __init__(self, part: PartName, message: str, *, is_future: bool = False) -> None:
        super().__init__(message)
        self.part: PartName = part
        self.message = message
        self.is_future = is_future


@dataclass(frozen=True)
class PartialDate:
    """Nothing, a year, a year and month, or a whole day. True if anything is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __bool__(self) -> bool:
        return self.year is not None

    @classmethod
    def parse_parts(cls, year: Typed, month: Typed, day: Typed, *, today: date) -> Self:
        """The date of three form fields, numbers or their digits, each of which may be empty.

        Raises PartialDateError on a day without month (Rule 33), a month without year, a day the
        calendar does not have, anything after `today` or before EARLIEST_YEAR.
        """
        parts = cls(_number("year", year), _number("month", month), _number("day", day))
        parts._check(today)
        return parts

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """What `iso` wrote; ValueError for anything else."""
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(_("Write 2019, 2019-04 or 2019-04-12."))
        parts = cls(*(int(part) if part else None for part in found.groups()))
        parts._check(date.max)
        return parts

    def iso(self) -> str:
        """ "2019", "2019-04", "2019-04-12", or "" when nothing is known."""
        parts = [f"{self.year:04}"] if self.year is not None else []
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def text(self) -> str:
        """ "2019", "Apr 2019", "12 Apr 2019", or "" when nothing is known."""
        if self.year is None:
            return ""
        if self.month is None:
            return str(self.year)
        shape = "M Y" if self.day is None else "j M Y"
        return format_date(date(self.year, self.month, self.day or 1), shape)

    def _check(self, today: date) -> None:
        """PartialDateError unless the parts belong together and to no day after `today`."""
        if self.day is not None and self.month is None:
            raise PartialDateError("month", _("A day needs a month too."))
        if self.month is not None and self.year is None:
            raise PartialDateError("year", _("A month needs a year too."))
        if self.year is None:
            return
        if self.year < EARLIEST_YEAR:
            raise PartialDateError(
                "year", _("The year has four digits and is not before %d.") % EARLIEST_YEAR
            )
        if self.year > today.year:
            message = _("%d has not begun yet.") % self.year
            raise PartialDateError("year", message, is_future=True)
        if self.month is None:
            return
        if not 1 <= self.month <= 12:
            raise PartialDateError("month", _("A month is a number from 1 to 12."))
        try:
            first = date(self.year, self.month, self.day if self.day is not None else 1)
        except ValueError:
            month = format_date(date(self.year, self.month, 1), "F Y")
            raise PartialDateError(
                "day",
                _("%(month)s has no day %(day)d.") % {"month": month, "day": self.day},
            ) from None
        if first > today:
            part: PartName = "month" if self.day is None or self.month > today.month else "day"
            message = _("That is in the future; today is the latest day.")
            raise PartialDateError(part, message, is_future=True)


def age_text(born: PartialDate, on: date) -> str:
    """The age on the day `on` as people say it, as exactly as is known (Rules 29 to 32).

    A whole date: "5 years", under one year "7 months", under one month "3 weeks" or "5 days".
    A year and month: "5 years", "7 months", "less than a month". A year alone: "about 5 years",
    "less than a year". Nothing known, or born after `on`: "". Who was born on 29 February has
    birthday on 1 March in other years.
    """
    if born.year is None:
        return ""
    if born.month is None:
        return _about_years(on.year - born.year)
    months = (on.year - born.year) * 12 + on.month - born.month
    if born.day is not None:
        days = (on - date(born.year, born.month, born.day)).days
        months -= on.day < born.day
        if months < 1:
            return _days_or_weeks(days)
    if months < 0:
        return ""
    if months == 0:
        return _("less than a month")
    if months < 12:
        return ngettext("%d month", "%d months", months) % months
    return ngettext("%d year", "%d years", months // 12) % (months // 12)


def _about_years(years: int) -> str:
    if years < 0:
        return ""
    if years == 0:
        return _("less than a year")
    return ngettext("about %d year", "about %d years", years) % years


def _days_or_weeks(days: int) -> str:
    if days < 0:
        return ""
    if days == 0:
        return _("born today")
    if days < 7:
        return ngettext("%d day", "%d days", days) % days
    return ngettext("%d week", "%d weeks", days // 7) % (days // 7)


def _number(part: PartName, typed: Typed) -> int | None:
    """A typed part as a number, None if it is empty."""
    if typed is None or isinstance(typed, int):
        return typed
    if not (text := typed.strip()):
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        messages: dict[PartName, str] = {
            "year": _("A year is a number such as 2019."),
            "month": _("A month is a number from 1 to 12."),
            "day": _("A day is a number from 1 to 31."),
        }
        raise PartialDateError(part, messages[part])
    return int(text)
