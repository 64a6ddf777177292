"""Series for tests, and the days of their visits."""

from datetime import date, time
from typing import Any

from pawfile.profiles.models import Client
from pawfile.schedule.actions.series import add_series
from pawfile.schedule.models import Series
from pawfile.schedule.recurrence import Every, Repeat
from tests.factories import make_service

DAILY = Repeat(Every.DAY)
MONDAYS = Repeat(Every.WEEK, frozenset({0}))


def make_series(client: Client, starts_on: date, repeat: Repeat = DAILY, **fields: Any) -> Series:
    """Walks at noon, ongoing and nobody's, unless told otherwise."""
    service = fields.pop("service", None) or make_service()
    service.refresh_from_db()  # amounts as the database has them
    own = {"pets": [], "exact_time": time(12), "by": None}
    return add_series(
        client=client, service=service, starts_on=starts_on, repeat=repeat, **{**own, **fields}
    )


def days_of_visits(series: Series) -> list[date]:
    return list(series.visits.order_by("series_on").values_list("visit_on", flat=True))
