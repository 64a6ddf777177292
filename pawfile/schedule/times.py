"""From day, block and time of day, as the company's clocks show them, to two moments."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.schedule.models import TimeBlock

#: Days a visit can be on. Beyond them lie typing errors.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
NEXT_DAY = timedelta(days=1)


def span_of(
    *,
    visit_on: date,
    block: TimeBlock | None,
    exact_time: time | None,
    minutes: int,
    zone: str | ZoneInfo,
) -> tuple[datetime, datetime]:
    """When it starts and ends at the latest, in UTC.

    An exact time begins a visit of the expected length; a block alone is all of the block. On the
    night on which an hour is left out, 2:30 is an hour later on the wall; on the night that has
    it twice, it is the first one. An end is never before its start.

    Raises ``ValidationError`` for a day out of range, and without block and time.
    """
    if not EARLIEST <= visit_on <= LATEST:
        years = {"first": EARLIEST.year, "last": LATEST.year}
        raise ValidationError(
            {"visit_on": _("Choose a day from %(first)d to %(last)d.") % years},
        )
    here = ZoneInfo(str(zone))
    if exact_time is not None:
        start = moment(visit_on, exact_time, here)
        return start, start + timedelta(minutes=minutes)
    if block is None:
        raise ValidationError({"block": _("Choose a time block or give a time.")})
    start = moment(visit_on, block.start, here)
    end = moment(visit_on + NEXT_DAY * block.is_overnight, block.end, here)
    return start, end if end > start else start + length_of(block)


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)


def length_of(block: TimeBlock) -> timedelta:
    """How long the block is on a day without a change of clocks."""
    day = EARLIEST
    begin = datetime.combine(day, block.start)
    return datetime.combine(day + NEXT_DAY * block.is_overnight, block.end) - begin


def day_of(text: str | None) -> date | None:
    """The day of an address, as 2027-06-30; ``None`` for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def clock_text(starts_at: datetime, ends_at: datetime) -> str:
    """ "07:00–10:00", and "22:00–06:00 (next day)", in the active time zone."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    text = f"{date_format(start, 'H:i')}–{date_format(end, 'H:i')}"
    return text if start.date() == end.date() else _("%s (next day)") % text
