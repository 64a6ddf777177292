"""Days as people list them, one or a range a line: "2026-12-24 – 2026-12-26"."""

import re
from datetime import date

from django.utils.translation import gettext as _

Range = tuple[date, date]

_DAY = r"(\d{4}-\d{2}-\d{2})"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:[–—-]|to|\.\.)\s*{_DAY})?", re.ASCII)


class DayListError(ValueError):
    """A line that says no day, and why; for people."""


def read_days(text: str) -> list[Range]:
    """First and last day of every line, in order. Raises DayListError at the first bad one."""
    lines = filter(None, (line.strip() for line in re.split(r"[\n\r,;]", text)))
    return sorted({_range_of(line) for line in lines})


def write_days(ranges: list[Range]) -> str:
    """One a line, as `read_days` reads them."""
    return "\n".join(str(first) if first == last else f"{first} – {last}" for first, last in ranges)


def is_among_days(day: date, text: str) -> bool:
    """Whether a list that was checked has this day."""
    return any(first <= day <= last for first, last in read_days(text))


def _range_of(line: str) -> Range:
    shown = line[:100]
    found = _LINE.fullmatch(line)
    if not found:
        said = _("“%s” is no day; write one a line, like 2026-12-25 or 2026-12-24 – 2026-12-26.")
        raise DayListError(said % shown)
    first, last = (_day(part or found[1]) for part in found.groups())
    if last < first:
        raise DayListError(_("“%s” ends before it starts.") % shown)
    return first, last


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayListError(_("“%s” is not in the calendar.") % text) from None
