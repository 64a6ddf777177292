"""A time zone as a calendar file spells it out, for apps that do not know it by name."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

#: Clocks change on the full or half hour.
STEP = timedelta(minutes=30)


@lru_cache(maxsize=8)
def zone_rules(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """What the clocks show from one day to another, one entry for each change of them.

    The library can do this too, but begins daylight time an hour late: RFC 5545 wants the start as
    shown before the change.
    """
    rules = Timezone()
    rules.add("tzid", zone.key)
    moment = datetime.combine(first, time(), UTC)
    before = moment.astimezone(zone)
    rules.add_component(observance(before, before))
    while moment.date() <= last:
        moment += STEP
        after = moment.astimezone(zone)
        if after.utcoffset() != before.utcoffset():
            rules.add_component(observance(before, after))
        before = after
    return rules


def observance(before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """From ``after`` on; ``before`` is a moment under the rule that ends then."""
    found = TimezoneDaylight() if after.dst() else TimezoneStandard()
    started_at = after.astimezone(UTC) + (before.utcoffset() or timedelta())
    found.add("dtstart", started_at.replace(tzinfo=None))
    found.add("tzoffsetfrom", before.utcoffset())
    found.add("tzoffsetto", after.utcoffset())
    found.add("tzname", after.tzname())
    return found
