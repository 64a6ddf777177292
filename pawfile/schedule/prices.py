"""What a visit costs, and why. A client's own prices are rows that are added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.money import format_money
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import Status
from pawfile.schedule.history import change_text
from pawfile.schedule.models import CustomPrice, Service, Visit, VisitEvent, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.statuses import note_first_paid_visit

#: What was done is paid as agreed then; what is called off costs what it did, or nothing.
NEVER_REPRICED = (VisitStatus.COMPLETED, VisitStatus.CANCELED, VisitStatus.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount and, in words, where it comes from."""

    amount: Decimal
    why: str
    is_custom: bool


def price_of(*, client: Client, service: Service, on: date) -> Price:
    """What a visit on that day costs this client. One query."""
    rows = CustomPrice.objects.filter(client=client, service=service)
    return price_from(rows, client=client, service=service, on=on)


def price_from(rows: Iterable[CustomPrice], *, client: Client, service: Service, on: date) -> Price:
    """The same from rows that are at hand: those of one client and service, oldest first.

    Of those that hold on that day the one set last counts.
    """
    holding = [row for row in rows if row.effective_on is None or row.effective_on <= on]
    if not holding or holding[-1].price is None:
        return Price(service.price, _("The price of %s") % service, is_custom=False)
    row = holding[-1]
    why = _("Custom price of %s") % client
    if row.effective_on:
        said = {"price": why, "day": date_format(row.effective_on, "j F Y")}
        why = _("%(price)s since %(day)s") % said
    return Price(row.price or Decimal(0), why, is_custom=True)


def has_visits(client: Client) -> bool:
    """Only then does the effective date of a price mean anything."""
    return Visit.objects.filter(client=client).exists()


def repriced_by(
    *, client: Client, service: Service, price: Decimal | None, effective_on: date | None
) -> VisitQuerySet:
    """The scheduled visits that such a custom price would change."""
    visits = Visit.objects.filter(client=client, service=service)
    if effective_on:
        visits = visits.filter(visit_on__gte=effective_on)
    amount = service.price if price is None else price
    return visits.exclude(status__in=NEVER_REPRICED).exclude(price=amount)


@transaction.atomic
def set_custom_price(
    *,
    client: Client,
    service: Service,
    price: Decimal | None,
    effective_on: date | None,
    by: User | None,
) -> int:
    """From that day on the client pays ``price`` for the service; ``None``: its own price again.

    Returns how many scheduled visits were re-priced. Without visits the day means nothing: the
    price then holds for every visit to come.
    """
    client = lock_client(client)
    if not has_visits(client):
        effective_on = None
    rows = list(CustomPrice.objects.filter(client=client, service=service))
    old = rows[-1].price if rows else None
    CustomPrice.objects.create(
        client=client,
        service=service,
        price=price,
        effective_on=effective_on,
        set_by=by and by.actor,
    )
    visits = list(
        repriced_by(
            client=client, service=service, price=price, effective_on=effective_on
        ).select_for_update()
    )
    reprice(visits, service.price if price is None else price, by=by)
    since = _("Since %s") % date_format(effective_on, "j F Y") if effective_on else ""
    record_activity(
        by=by,
        kind=ActivityKind.PRICE,
        about=f"{service}, {client}",
        old=_amount_text(old),
        new=_amount_text(price),
        note=since,
    )
    return len(visits)


def reprice(visits: list[Visit], amount: Decimal, *, by: User | None) -> None:
    """Give these visits of one client that price, with it in the history of each."""
    currency = SiteOptions.load().currency
    events = []
    for visit in visits:
        told = change_text(
            _("Price"), format_money(visit.price, currency), format_money(amount, currency)
        )
        visit.price = amount
        visit.version += 1
        events.append(
            VisitEvent(visit=visit, version=visit.version, text=told, done_by=by and by.actor)
        )
    Visit.objects.bulk_update(visits, ["price", "version"], batch_size=500)
    VisitEvent.objects.bulk_create(events)
    if visits and visits[0].client.status == Status.PROSPECT:
        for visit in visits:
            note_first_paid_visit(visit, by=by)


def _amount_text(price: Decimal | None) -> str:
    if price is None:
        return _("The service's price")
    return format_money(price, SiteOptions.load().currency)
