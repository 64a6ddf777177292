"""Making, changing, copying and deleting visits."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import delete_photos
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.schedule.assigning import eligible_sitters, first_status, holder_for
from pawfile.schedule.history import change_text, locked, save_visit
from pawfile.schedule.models import (
    OFF,
    PENDING,
    AssignTo,
    Series,
    Service,
    TimeBlock,
    Visit,
    VisitStatus,
)
from pawfile.schedule.prices import price_of
from pawfile.schedule.saved import tell_written
from pawfile.schedule.statuses import note_first_paid_visit
from pawfile.schedule.times import span_of

#: What can be changed of a visit, in the order in which the history says it.
LABELS = {
    "service": gettext_lazy("Service"),
    "visit_on": gettext_lazy("Day"),
    "block": gettext_lazy("Time block"),
    "exact_time": gettext_lazy("Exact time"),
    "pets": gettext_lazy("Pets"),
    "is_training": gettext_lazy("Training"),
    "note": gettext_lazy("Note"),
}
#: What its time is reckoned from. Without a change of these it keeps its time, whatever became of
#: its block since.
TIMING = ("service", "visit_on", "block", "exact_time")
#: As what a visit can begin besides being given to somebody.
BEGINNINGS = (None, VisitStatus.REQUESTED, VisitStatus.UNAVAILABLE)
#: Nothing of these changes any more.
SETTLED = (VisitStatus.COMPLETED, VisitStatus.CANCELED)


@transaction.atomic
def add_visit(
    *,
    client: Client,
    pets: Iterable[Pet],
    service: Service,
    visit_on: date,
    block: TimeBlock | None = None,
    exact_time: time | None = None,
    assign_to: AssignTo | str = AssignTo.NOBODY,
    sitter: User | None = None,
    is_training: bool = False,
    note: str = "",
    status: VisitStatus | None = None,
    by: User | None,
    series: Series | None = None,
    series_on: date | None = None,
) -> Visit:
    """Make a visit, priced, given to whom the choice means; a paid one makes a Prospect Active.

    ``status`` is ``REQUESTED`` for what a client asks for, ``UNAVAILABLE`` for what the company
    cannot do, both nobody's yet. Raises ``ValidationError`` with a sentence per field.
    """
    if status not in BEGINNINGS:
        raise ValidationError({"status": _("No visit begins as %s.") % status})
    client, chosen, options = lock_client(client), list(pets), SiteOptions.load()
    refuse_inactive(client, service)
    refuse_strangers(client, chosen)
    refuse_other_blocks(service, block)
    span = span_of(
        visit_on=visit_on,
        block=block,
        exact_time=exact_time,
        minutes=service.minutes,
        zone=options.time_zone,
    )
    holder, is_for_anyone = (None, False) if status else holder_for(client, assign_to, sitter)
    price = price_of(client=client, service=service, on=visit_on).amount
    visit = Visit.objects.create(
        client=client,
        service=service,
        visit_on=visit_on,
        block=block,
        exact_time=exact_time,
        starts_at=span[0],
        ends_at=span[1],
        sitter=holder,
        is_for_anyone=is_for_anyone,
        status=status or first_status(holder, options),
        is_training=is_training,
        price=price * 0 if status == VisitStatus.UNAVAILABLE else price,
        note=note,
        series=series,
        series_on=series_on,
        created_by=by and by.actor,
    )
    visit.pets.set(chosen)
    if note:
        tell_written(visit, "note")
    note_first_paid_visit(visit, by=by)
    return visit


def refuse_inactive(client: Client, service: Service) -> None:
    if client.is_inactive:
        raise ValidationError({"client": _("%s is inactive and gets no new visits.") % client})
    if not service.is_active:
        raise ValidationError({"service": _("%s is no longer offered.") % service})


def refuse_strangers(client: Client, pets: Iterable[Pet]) -> None:
    for pet in pets:
        if pet.client_id != client.pk:
            names = {"pet": pet, "client": client}
            raise ValidationError({"pets": _("%(pet)s is no pet of %(client)s.") % names})
        if not pet.active:
            raise ValidationError({"pets": _("%s is inactive.") % pet})


def refuse_other_blocks(service: Service, block: TimeBlock | None) -> None:
    """A service that names its blocks is offered in those only."""
    if block is None:
        return
    offered = list(service.blocks.all())
    if offered and block not in offered:
        names = {"service": service, "blocks": ", ".join(each.name for each in offered)}
        raise ValidationError({"block": _("%(service)s is offered in: %(blocks)s.") % names})


@transaction.atomic
def change_visit(
    *, visit: Visit, values: Mapping[str, Any], opened_version: int | None, by: User | None
) -> Visit:
    """Change what is in ``values`` (keys of ``LABELS``); another day or service is priced anew.

    Raises ``StaleRecordError`` if somebody changed it since ``opened_version`` (``None``: whatever
    it is), ``ValidationError`` for what cannot be and for visits completed or canceled.
    """
    client = lock_client(visit.client)
    visit = locked(visit)
    if opened_version is not None and visit.version != opened_version:
        raise StaleRecordError
    if visit.status in SETTLED:
        raise ValidationError(_("This visit is %s. Restore it before changing it.") % visit.said)
    old = {key: value_of(visit, key) for key in LABELS}
    new = {**old, **{key: values[key] for key in LABELS if key in values}}
    new["pets"] = sorted(new["pets"], key=lambda pet: (pet.sort_name, pet.pk))
    if old == new:
        return visit
    refuse_changes(client, old, new)
    for key in LABELS:
        if key != "pets":
            setattr(visit, key, new[key])
    if any(old[key] != new[key] for key in TIMING):
        visit.starts_at, visit.ends_at = span_of(
            visit_on=visit.visit_on,
            block=visit.block,
            exact_time=visit.exact_time,
            minutes=visit.service.minutes,
            zone=SiteOptions.load().time_zone,
        )
    refuse_blocked_ahead(visit)
    is_priced_anew = (old["service"], old["visit_on"]) != (new["service"], new["visit_on"])
    if is_priced_anew and visit.status not in OFF:
        visit.price = price_of(client=client, service=visit.service, on=visit.visit_on).amount
    visit.pets.set(new["pets"])
    changed = [
        change_text(str(label), text_of(old[key]), text_of(new[key]))
        for key, label in LABELS.items()
        if old[key] != new[key]
    ]
    save_visit(visit, "\n".join(changed), by=by)
    if old["note"] != new["note"]:
        tell_written(visit, "note")
    note_first_paid_visit(visit, by=by)
    return visit


def refuse_changes(client: Client, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """What was there before may stay, even if it could not be chosen today."""
    refuse_strangers(client, [pet for pet in new["pets"] if pet not in old["pets"]])
    if new["service"] != old["service"]:
        refuse_inactive(client, new["service"])
    if (new["service"], new["block"]) != (old["service"], old["block"]):
        refuse_other_blocks(new["service"], new["block"])


def refuse_blocked_ahead(visit: Visit) -> None:
    """A visit that is over keeps whom the client blocks by now; moved ahead it would not."""
    is_ahead = visit.status in PENDING and visit.ends_at >= timezone.now()
    if is_ahead and visit.sitter and visit.client.blocked_sitters.contains(visit.sitter):
        text = _("%s is blocked by this client. Assign the visit to somebody else first.")
        raise ValidationError({"visit_on": text % visit.sitter})


def value_of(visit: Visit, key: str) -> Any:
    return list(visit.pets.order_by("sort_name", "pk")) if key == "pets" else getattr(visit, key)


def text_of(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return str(date_format(value, "D j M Y"))
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


@transaction.atomic
def copy_visit(*, visit: Visit, visit_on: date, by: User | None) -> Visit:
    """The same on another day: today's price, pets that are still active, and the sitter if the
    client still wants that one. It belongs to no series."""
    holders = eligible_sitters(visit.client).filter(pk=visit.sitter_id or 0)
    assign_to = AssignTo.ANYONE if visit.is_for_anyone else AssignTo.NOBODY
    sitter = holders.first()
    return add_visit(
        client=visit.client,
        pets=visit.pets.filter(active=True),
        service=visit.service,
        visit_on=visit_on,
        block=visit.block,
        exact_time=visit.exact_time,
        assign_to=AssignTo.SITTER if sitter else assign_to,
        sitter=sitter,
        is_training=visit.is_training,
        note=visit.note,
        by=by,
    )


@transaction.atomic
def delete_visit(*, visit: Visit, by: User) -> None:
    """Administrators delete any visit, clients their own as long as it is only requested (rules 80
    and 84). Raises ``PermissionDenied`` for all others."""
    visit = locked(visit)
    is_own_request = (
        visit.status == VisitStatus.REQUESTED and by.clients.filter(pk=visit.client_id).exists()
    )
    if not (by.is_administrator or is_own_request):
        raise PermissionDenied
    about = f"{visit}, {visit.said}"
    record_activity(by=by, kind=ActivityKind.VISIT, about=about, note=_("Visit deleted."))
    delete_photos(Photo.objects.filter(journals__visit=visit))
    visit.delete()
