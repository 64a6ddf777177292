"""Turning series into visits: many series in few statements, and no day of a series twice.

Whoever makes visits holds the lock of their clients first and of their series after it. Up to which
day visits were made stands in the series: a visit deleted since does not come back.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_clients
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import Status
from pawfile.schedule.assigning import first_status
from pawfile.schedule.models import AssignTo, CustomPrice, Series, Visit
from pawfile.schedule.prices import price_from
from pawfile.schedule.recurrence import days_of
from pawfile.schedule.statuses import note_first_paid_visit
from pawfile.schedule.times import span_of

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
#: Series extended in one transaction.
CHUNK = 200


def company_today(options: SiteOptions) -> date:
    return timezone.localdate(timezone=ZoneInfo(options.time_zone))


def last_day(series: Series, *, today: date, options: SiteOptions) -> date:
    """Up to which day its visits are to be there."""
    ahead = today + DAY * options.lookahead_days
    return min(ahead, series.until_on) if series.until_on else ahead


def extend_series(*, today: date | None = None) -> int:
    """Make the visits that the look-ahead asks for by now; how many. Run again it makes none.

    A series that cannot be extended is logged and keeps no other from being.
    """
    options = SiteOptions.load()
    today = today or company_today(options)
    behind = Series.objects.behind(today + DAY * options.lookahead_days)
    waiting = iter(list(behind.order_by("client", "pk").values_list("pk", flat=True)))
    made = 0
    while chunk := list(islice(waiting, CHUNK)):
        try:
            made += _extend(chunk, today=today)
        except Exception:
            logger.exception("Extending %s series together failed; now each alone", len(chunk))
            made += sum(_extend_alone(pk, today=today) for pk in chunk)
    return made


def _extend_alone(pk: int, *, today: date) -> int:
    try:
        return _extend([pk], today=today)
    except Exception:
        logger.exception("Series %s could not be extended", pk)
        return 0


@transaction.atomic
def _extend(pks: Sequence[int], *, today: date) -> int:
    homes = Series.objects.filter(pk__in=pks).values_list("client", flat=True)
    clients = lock_clients(homes)
    options = SiteOptions.load()
    rows = Series.objects.behind(today + DAY * options.lookahead_days).filter(pk__in=pks)
    rows = rows.select_related("service", "block").select_for_update(of=("self",)).order_by("pk")
    plan, done = {}, defaultdict(list)
    for series in rows:
        last = last_day(series, today=today, options=options)
        first = (series.generated_until_on or series.starts_on - DAY) + DAY
        # Days gone by while nobody extended it are gone.
        first = max(first, today)
        plan[series] = days_of(series.rule, starts_on=series.starts_on, first=first, last=last)
        done[last].append(series.pk)
    for last, extended in done.items():
        Series.objects.filter(pk__in=extended).update(generated_until_on=last)
    return make_visits(plan, clients=clients, options=options, by=None)


def make_visits(
    plan: Mapping[Series, Sequence[date]],
    *,
    clients: Mapping[int, Client],
    options: SiteOptions,
    by: User | None,
) -> int:
    """The visits of each series on its days, priced and given as the series says.

    A sitter who is blocked or inactive by now gets none: they are nobody's then, and so are those
    for a PRIMARY who is no more. Pets that are inactive by now are left out.
    """
    holder_of = _Holders(clients)
    prices = _custom_prices(plan)
    zone = ZoneInfo(options.time_zone)
    visits = []
    for series, days in plan.items():
        client, service = clients[series.client_id], series.service
        holder = holder_of(series)
        own_prices = prices[client.pk, service.pk]
        for day in days:
            starts_at, ends_at = span_of(
                visit_on=day,
                block=series.block,
                exact_time=series.exact_time,
                minutes=service.minutes,
                zone=zone,
            )
            price = price_from(own_prices, client=client, service=service, on=day)
            visits.append(
                Visit(
                    client=client,
                    service=service,
                    visit_on=day,
                    block=series.block,
                    exact_time=series.exact_time,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    sitter=holder,
                    is_for_anyone=series.assign_to == AssignTo.ANYONE,
                    status=first_status(holder, options),
                    is_training=series.is_training,
                    price=price.amount,
                    note=series.note,
                    series=series,
                    series_on=day,
                    created_by=by and by.actor,
                )
            )
    Visit.objects.bulk_create(visits, batch_size=1000)
    _add_pets(visits, plan)
    _note_first_paid(visits, clients, by=by)
    return len(visits)


class _Holders:
    """Who gets the visits of a series made now; two queries for all series of these clients."""

    def __init__(self, clients: Mapping[int, Client]) -> None:
        self.clients = clients
        self.sitters = {sitter.pk: sitter for sitter in User.objects.sitters()}
        rows = Client.blocked_sitters.through.objects.filter(client__in=clients)
        self.blocked = set(rows.values_list("client", "user"))

    def __call__(self, series: Series) -> User | None:
        client = self.clients[series.client_id]
        wanted = {
            AssignTo.SITTER.value: series.sitter_id,
            AssignTo.PRIMARY.value: client.primary_sitter_id,
            AssignTo.SECONDARY.value: client.secondary_sitter_id,
        }.get(series.assign_to)
        if wanted is None or (client.pk, wanted) in self.blocked:
            return None
        return self.sitters.get(wanted)


def _custom_prices(plan: Mapping[Series, object]) -> dict[tuple[int, int], list[CustomPrice]]:
    found = defaultdict(list)
    for row in CustomPrice.objects.filter(
        client__in={series.client_id for series in plan},
        service__in={series.service_id for series in plan},
    ).order_by("pk"):
        found[row.client_id, row.service_id].append(row)
    return found


def _add_pets(visits: Sequence[Visit], plan: Mapping[Series, object]) -> None:
    pets = defaultdict(list)
    links = Series.pets.through.objects.filter(series__in=plan, pet__active=True)
    for series, pet in links.values_list("series", "pet"):
        pets[series].append(pet)
    through = Visit.pets.through
    rows = [
        through(visit_id=visit.pk, pet_id=pet)
        for visit in visits
        for pet in pets[visit.series_id or 0]
    ]
    through.objects.bulk_create(rows, batch_size=1000)


def _note_first_paid(
    visits: Sequence[Visit], clients: Mapping[int, Client], *, by: User | None
) -> None:
    """One paid visit of each Prospect is enough, and asks nothing about all others."""
    paid = {visit.client_id: visit for visit in visits if visit.price > 0 and not visit.is_training}
    for pk, visit in paid.items():
        if clients[pk].status == Status.PROSPECT:
            note_first_paid_visit(visit, by=by)
