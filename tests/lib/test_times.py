"""Times as people say them; the zones a company can be in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from pawfile.lib.countries import country_names, phone_regions
from pawfile.lib.times import said, time_zones, zones_by_area

#: Tuesday, half past midnight in Berlin, still Monday evening in New York.
NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        ("Europe/Berlin", (2026, 3, 2, 23, 5), "today 00:05"),
        ("Europe/Berlin", (2026, 3, 2, 22, 59), "yesterday 23:59"),
        ("America/New_York", (2026, 3, 2, 22, 59), "today 17:59"),
        ("Europe/Berlin", (2026, 3, 1, 22, 59), "Sun 1 Mar, 23:59"),
        ("Europe/Berlin", (2025, 12, 31, 22, 59), "31 Dec 2025, 23:59"),
        ("Europe/Berlin", (2025, 12, 31, 23, 1), "Thu 1 Jan, 00:01"),
        ("Europe/Berlin", (2026, 3, 4, 12, 0), "Wed 4 Mar, 13:00"),
    ],
)
def test_a_time_is_said_as_people_do(zone: str, at: tuple[int, ...], words: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        assert said(datetime(*at, tzinfo=UTC), now=NOW) == words  # type: ignore[misc, arg-type]


def test_every_zone_is_listed_once_and_can_be_a_clock() -> None:
    listed = [zone for _area, zones in zones_by_area() for zone, _place in zones]
    assert sorted(listed) == sorted(time_zones())
    assert {ZoneInfo(zone).key for zone in listed} == time_zones()


def test_zones_are_named_by_their_place() -> None:
    areas = dict(zones_by_area())
    assert ("America/New_York", "New York") in areas["America"]
    assert ("UTC", "UTC") in areas["Other"]
    assert list(areas)[-1] == "Other"
    assert {"localtime", "Factory"} & time_zones() == set()


def test_regions_have_their_calling_codes_and_names_where_known() -> None:
    regions, names = phone_regions(), country_names()
    assert {"US", "CA", "GB", "DE", "JP"} < set(regions)
    assert regions["DE"] == f"{names.get('DE', 'DE')} (+49)"
    assert all(len(code) == 2 and name.endswith(")") for code, name in regions.items())
