"""What visits that are only planned would cost, why, and what speaks against them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.assigning import warnings_for
from pawfile.schedule.models import Service, TimeBlock, Visit
from pawfile.schedule.prices import Price, price_of
from pawfile.schedule.times import clock_text, span_of


@dataclass(frozen=True, slots=True)
class Planned:
    """One service on one day."""

    service: Service
    price: Price
    clock: str


@dataclass(frozen=True, slots=True)
class Check:
    """``sign`` stands for exactly these warnings; who sends it back has read them."""

    planned: list[Planned] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def sign(self) -> str:
        return " · ".join(self.warnings)


def check_visits(
    *,
    client: Client,
    services: Iterable[Service],
    visit_on: date,
    block: TimeBlock | None,
    exact_time: time | None,
    sitter: User | None,
    zone: str,
    but: Visit | None = None,
) -> Check:
    """Raises ``ValidationError`` when there is no such time."""
    planned, warnings = [], list[str]()
    for service in services:
        starts_at, ends_at = span_of(
            visit_on=visit_on,
            block=block,
            exact_time=exact_time,
            minutes=service.minutes,
            zone=zone,
        )
        price = price_of(client=client, service=service, on=visit_on)
        planned.append(Planned(service, price, clock_text(starts_at, ends_at)))
        if but is None or (but.starts_at, but.block) != (starts_at, block):
            warnings += in_the_past(ends_at, visit_on)
            if block and exact_time:
                warnings += outside(block, starts_at, visit_on=visit_on, zone=zone)
        if sitter is not None:
            warnings += warnings_for(sitter, starts_at, ends_at, but, service.minutes)
    return Check(planned, list(dict.fromkeys(warnings)))


def in_the_past(ends_at: datetime, visit_on: date) -> list[str]:
    if ends_at >= timezone.now():
        return []
    return [_("%s is over: this visit is in the past.") % date_format(visit_on, "D j M Y")]


def outside(block: TimeBlock, starts_at: datetime, *, visit_on: date, zone: str) -> list[str]:
    """An exact time is usually one within the block."""
    first, last = span_of(visit_on=visit_on, block=block, exact_time=None, minutes=0, zone=zone)
    if first <= starts_at < last:
        return []
    begins = date_format(timezone.localtime(starts_at), "H:i")
    names = {"time": begins, "block": block, "clock": clock_text(first, last)}
    return [_("%(time)s is outside of %(block)s (%(clock)s).") % names]
