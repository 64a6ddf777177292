"""A client's prices as their page shows them: now, later, and how they came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from pawfile.profiles.models import Client
from pawfile.schedule.models import CustomPrice, Service
from pawfile.schedule.prices import Price, price_from


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One service for one client. ``since_on``: the day this price holds from, if one was said."""

    service: Service
    price: Price
    since_on: date | None
    later: list[tuple[date, Decimal]]

    @property
    def is_told(self) -> bool:
        """Whether there is more to say than that the service costs what it costs."""
        return self.price.is_custom or bool(self.later)


def price_rows(client: Client, *, today: date) -> list[PriceRow]:
    """Every service that can be chosen, and those of which the client has a price. Two queries."""
    custom: dict[int, list[CustomPrice]] = {}
    for row in CustomPrice.objects.filter(client=client):
        custom.setdefault(row.service_id, []).append(row)
    services = Service.objects.filter(Q(is_active=True) | Q(pk__in=custom))
    return [price_row(client, each, custom.get(each.pk, []), today) for each in services]


def price_row(
    client: Client, service: Service, rows: Sequence[CustomPrice], today: date
) -> PriceRow:
    price = price_from(rows, client=client, service=service, on=today)
    holding = [row for row in rows if row.effective_on is None or row.effective_on <= today]
    since_on = holding[-1].effective_on if price.is_custom else None
    later, amount = [], price.amount
    for day in sorted({row.effective_on for row in rows if row.effective_on} - {None}):
        then = price_from(rows, client=client, service=service, on=day).amount
        if day > today and then != amount:
            later.append((day, then))
            amount = then
    return PriceRow(service, price, since_on, later)


def price_history(client: Client) -> list[CustomPrice]:
    """Who set which price when, newest first."""
    rows = CustomPrice.objects.filter(client=client).select_related("service", "set_by")
    return list(rows.order_by("-pk"))
