"""Services and visits for the tests of prices."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pawfile.profiles.models import Client
from pawfile.schedule.models import Service, Visit


def make_service(name: str = "Walk", price: str = "20", **fields: Any) -> Service:
    return Service.objects.create(name=name, price=Decimal(price), **fields)


def visit_at(client: Client, service: Service, on: date, **fields: Any) -> Visit:
    """A visit as it lies in the database, made through no door."""
    starts_at = datetime.combine(on, time(14), UTC)
    return Visit.objects.create(
        client=client, service=service, visit_on=on, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30), **{"price": service.price, **fields},
    )  # fmt: skip
