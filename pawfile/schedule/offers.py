"""What the office does with services and time blocks."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity, record_differences
from pawfile.activity.models import ActivityKind
from pawfile.lib.money import format_money
from pawfile.options.models import SiteOptions
from pawfile.schedule.models import Series, Service, TimeBlock, Visit

SERVICE_COLUMNS = ("name", "client_name", "price", "minutes", "uses_key", "is_active")
BLOCK_COLUMNS = ("name", "start", "end", "is_overnight")


class InUseError(Exception):
    """It stands on the schedule, or a client has a price for it: it cannot be deleted."""


@transaction.atomic
def save_service(*, service: Service, values: Mapping[str, Any], by: User | None) -> list[str]:
    """Make or change a service; visits on the schedule keep their price and length.

    Returns the names of what changed.
    """
    is_new = service.pk is None
    about, before = service.name, {} if is_new else told_of_service(service)
    for column in SERVICE_COLUMNS:
        setattr(service, column, values[column])
    service.save()
    service.blocks.set(values["blocks"])
    return record_saved(about, before, service.name, told_of_service(service), by=by)


@transaction.atomic
def save_block(*, block: TimeBlock, values: Mapping[str, Any], by: User | None) -> list[str]:
    """Make or change a time block; visits on the schedule keep their times."""
    is_new = block.pk is None
    about, before = block.name, {} if is_new else told_of_block(block)
    for column in BLOCK_COLUMNS:
        setattr(block, column, values[column])
    block.save()
    return record_saved(about, before, block.name, told_of_block(block), by=by)


@transaction.atomic
def delete_service(*, service: Service, by: User | None) -> None:
    """Raises ``InUseError``."""
    stored = Service.objects.select_for_update().get(pk=service.pk)
    if is_service_used(stored):
        raise InUseError
    told = told_of_service(stored)
    stored.delete()
    record_deleted(service.name, told, by=by)


@transaction.atomic
def delete_block(*, block: TimeBlock, by: User | None) -> None:
    """Services offered in it are offered in their other blocks. Raises ``InUseError``."""
    stored = TimeBlock.objects.select_for_update().get(pk=block.pk)
    if is_block_used(stored):
        raise InUseError
    told = told_of_block(stored)
    stored.delete()
    record_deleted(block.name, told, by=by)


def is_service_used(service: Service) -> bool:
    rows = (service.visits, service.series, service.custom_prices)
    return any(each.exists() for each in rows)


def is_block_used(block: TimeBlock) -> bool:
    rows = (Visit.objects.filter(block=block), Series.objects.filter(block=block))
    return any(each.exists() for each in rows)


def told_of_service(service: Service) -> dict[str, str]:
    """What the activity log says of it."""
    return {
        _("Name for staff"): service.name,
        _("Name for clients"): service.client_name,
        _("Price"): format_money(service.price, SiteOptions.load().currency),
        _("Minutes"): str(service.minutes),
        _("Time blocks"): ", ".join(str(block) for block in service.blocks.all()),
        _("Needs a key"): yes_no(is_so=service.uses_key),
        _("Active"): yes_no(is_so=service.is_active),
    }


def told_of_block(block: TimeBlock) -> dict[str, str]:
    return {_("Name"): block.name, _("Times"): times_of(block)}


def times_of(block: TimeBlock) -> str:
    """ "7:00 to 10:00", and whether that is on the next day."""
    text = _("%(start)s to %(end)s") % {
        "start": time_format(block.start, "H:i"), "end": time_format(block.end, "H:i")
    }  # fmt: skip
    return _("%s, on the next day") % text if block.is_overnight else text


def yes_no(*, is_so: bool) -> str:
    return _("Yes") if is_so else _("No")


def record_saved(
    about: str, before: dict[str, str], name: str, after: dict[str, str], *, by: User | None
) -> list[str]:
    kind = ActivityKind.SERVICE
    if before:
        return record_differences(by=by, kind=kind, about=about, before=before, after=after)
    record_activity(by=by, kind=kind, about=name, new=in_one_line(after), note=_("Added"))
    return list(after)


def record_deleted(name: str, told: dict[str, str], *, by: User | None) -> None:
    kind, old = ActivityKind.SERVICE, in_one_line(told)
    record_activity(by=by, kind=kind, about=name, old=old, note=_("Deleted"))


def in_one_line(told: dict[str, str]) -> str:
    return ", ".join(f"{part}: {text}" for part, text in told.items() if text)
