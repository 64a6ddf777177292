"""Birthdays and ages out of other people's files: read when certain, else refused with a reason."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from pawfile.lib.dates import PartialDate, PartialDateError

BornProblem = Literal[
    "ambiguous_date",
    "number_alone",
    "impossible_date",
    "future_date",
    "age_became_date",
    "age_unreadable",
]
OLDEST = 150
"""Ages over this many years are no pet's age."""

_NOTHING = {"", "-", "--", "?", "??", "n/a", "na", "none", "unknown", "unk", "unsure", "not sure"}
_MONTH_NAMES = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
    "sep sept september|oct october|nov november|dec december"
)
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split("|"), start=1)
    for name in names.split()
}

# Parts of the patterns below: a named month, a day of it, a year of four or two digits.
_NAME = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"

_CERTAIN = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>[0-9]{4})(?:[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?)?",
        r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        rf"{_NAME},?[ -](?P<year>[0-9]{{4}})",
        rf"{_DAY}[ -]{_NAME},?[ -]{_YEAR}",
        rf"{_NAME} {_DAY},? {_YEAR}",
    )
]
_NUMERIC = re.compile(rf"([0-9]{{1,2}})([-/. ])([0-9]{{1,2}})\2{_YEAR}")
_DAY_AND_MONTH = re.compile(rf"[0-9]{{1,2}}[ -]{_NAME}|{_NAME.replace('<month>', '<m>')}[ -][0-9]+")
_MIDNIGHT = re.compile(r"[ t]0?0:00(:00)?(\.0+)?z?$")
_AGE_IN_BRACKETS = re.compile(r" ?\([^()]*\)$")

_COUNT = r"([0-9]{1,3}(?:[.,][0-9]+| 1/2|½)?)"
_AGE = re.compile(
    rf"(?:{_COUNT} ?(?:years?|yrs?|y/?o|y)(?![a-z])\.?)?(?: |,|&|and)*"
    rf"(?:{_COUNT} ?(?:months?|mths?|mos?|m)(?![a-z])\.?)?(?: |,|&|and)*"
    rf"(?:{_COUNT} ?(?:weeks?|wks?|w)(?![a-z])\.?)?(?: |,|&|and)*"
    rf"(?:{_COUNT} ?(?:days?|d)(?![a-z])\.?)?"
)
_AGE_WITHOUT_UNIT = re.compile(r"([0-9]{1,3} 1/2|[0-9]{1,3}½)")
_OLD = re.compile(r"[ -]?old$")
_ABOUT = re.compile(r"^(?:about|approximately|approx\.?|around|circa|ca\.?|~) ?")


class BornError(ValueError):
    """Why a text gives no birthday; `readings` are the days it may mean, when it is ambiguous."""

    def __init__(
        self, kind: BornProblem, message: str, readings: tuple[PartialDate, ...] = ()
    ) -> None:
        super().__init__(message)
        self.kind: BornProblem = kind
        self.readings = readings


def understand_born(text: str, *, today: date, day_first: bool | None = None) -> PartialDate:
    """The birthday that `text` gives, of a date or an age; nothing for blanks and "unknown".

    Certain: 2019, 2019-04, 2019-04-12, 04/2019, "Apr 2019", "12 Apr 2019", "Apr 12, 2019", and
    4/25/2019 or 25/4/19 because no other reading is a day up to `today`. Dots are always day
    first (25.4.2019). `day_first` settles what stays ambiguous. An age in brackets after a date
    is passed over. Ages ("2 years", "11MOS", "4 yrs 8 mo", "18W", "about 5") give an estimated
    year, or year and month if they name months, weeks or days; never a day. Raises BornError with
    a sentence that says what would be right.
    """
    plain = _MIDNIGHT.sub("", " ".join(text.split()).lower())
    plain = _AGE_IN_BRACKETS.sub("", plain) or plain
    if plain in _NOTHING:
        return PartialDate()
    for pattern in _CERTAIN:
        if found := pattern.fullmatch(plain):
            parts = found.groupdict()
            month = parts.get("month")
            return _only_reading(
                [(parts["year"], _MONTHS.get(month or "", month), parts.get("day"))], today
            )
    if found := _NUMERIC.fullmatch(plain):
        first, mark, second, year = found.groups()
        readings = [(year, second, first), (year, first, second)]  # day first, month first
        if int(second) <= 12 and (mark == "." or day_first):
            readings = readings[:1]
        elif day_first is False and int(first) <= 12:
            readings = readings[1:]
        return _only_reading(readings, today)
    return _from_age(plain, today)


def _only_reading(
    readings: Iterable[tuple[str, int | str | None, str | None]], today: date
) -> PartialDate:
    """The one of `readings` (year, month, day) that is a day up to `today`."""
    possible: set[PartialDate] = set()
    errors: list[PartialDateError] = []
    for year, month, day in readings:
        try:
            possible.add(PartialDate.parse_parts(_century(year, today), month, day, today=today))
        except PartialDateError as error:
            errors.append(error)
    if len(possible) == 1:
        return possible.pop()
    if possible:
        days = tuple(sorted(possible, key=PartialDate.iso))
        message = _("This is %(one)s or %(other)s. Say whether the day or the month comes first.")
        names = {"one": days[0].text(), "other": days[1].text()}
        raise BornError("ambiguous_date", message % names, days)
    # The error of the reading that comes closest: in the future, else wrong in the day alone.
    closest = max(errors, key=lambda error: (error.is_future, error.part == "day"))
    raise BornError("future_date" if closest.is_future else "impossible_date", closest.message)


def _century(year: str, today: date) -> int:
    """A year in full: of two digits, the latest year up to this one that ends with them."""
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    return century + int(year) - (100 if int(year) > today.year % 100 else 0)


def _from_age(plain: str, today: date) -> PartialDate:
    """The estimated year, or year and month, of a pet of this age today."""
    age = _ABOUT.sub("", plain)
    if re.fullmatch("[0-9]+", age):
        if age == plain:
            message = _("A number alone is an age or a year: write “%s years” or the whole year.")
            raise BornError("number_alone", message % age)
        age += " years"
    if _AGE_WITHOUT_UNIT.fullmatch(age):
        age += " years"
    found = _AGE.fullmatch(_OLD.sub("", age))
    if not found or not any(found.groups()):
        if _DAY_AND_MONTH.fullmatch(plain):
            message = _("This may be an age that a spreadsheet changed: a day needs a year too.")
            raise BornError("age_became_date", message)
        message = _("This is no date and no age. Write 2019, 2019-04, 2019-04-12 or “2 years”.")
        raise BornError("age_unreadable", message)
    years, months, weeks, days = (_count(group) for group in found.groups())
    if years + months / 12 + weeks / 52 + days / 365 > OLDEST:
        raise BornError("age_unreadable", _("No pet is that old. Write an age such as “2 years”."))
    shifted = today - timedelta(days=weeks * 7 + days)
    count = shifted.year * 12 + shifted.month - 1 - round(years * 12 + months)
    if years and not any(found.groups()[1:]):
        return PartialDate(count // 12)
    return PartialDate(count // 12, count % 12 + 1)


def _count(text: str | None) -> float:
    """ "2", "2.5", "2,5", "2 1/2" or "2½" as a number; 0 for nothing."""
    if not text:
        return 0
    whole, half = re.subn(" 1/2|½", "", text)
    return float(whole.replace(",", ".")) + half / 2
