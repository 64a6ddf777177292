"""Times of day as people say them, and the world's time zones."""

import zoneinfo
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

#: Files beside the zones that are no place: this machine's own clock, and "not set".
NO_PLACES = {"localtime", "Factory"}


def said(moment: datetime, *, now: datetime | None = None) -> str:
    """ "today 14:30", "yesterday 09:05", "Tue 3 Mar, 14:30", "3 Mar 2025, 14:30": local time."""
    here, today = timezone.localtime(moment), timezone.localtime(now).date()
    clock = date_format(here, "H:i")
    if here.date() == today:
        return _("today %s") % clock
    if here.date() == today - timedelta(days=1):
        return _("yesterday %s") % clock
    return f"{date_format(here, 'D j M' if here.year == today.year else 'j M Y')}, {clock}"


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Every zone a company can be in, as Python names it: "America/New_York"."""
    return frozenset(zoneinfo.available_timezones() - NO_PLACES)


def zones_by_area() -> list[tuple[str, list[tuple[str, str]]]]:
    """("America", [("America/New_York", "New York"), …]), … for a list to choose from."""
    areas: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(time_zones()):
        area, _slash, place = zone.partition("/")
        areas.setdefault(area if place else "", []).append(
            (zone, (place or zone).replace("_", " "))
        )
    others = areas.pop("", [])
    return [*areas.items(), (_("Other"), others)]
