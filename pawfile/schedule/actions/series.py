"""Making, changing and ending visits that come again.

All take the lock of the client first, then of the series, then of its visits: two who change one
series, or one who cancels it while the worker extends it, come one after the other.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.actions.moves import cancel_visit
from pawfile.schedule.actions.visits import (
    change_visit,
    refuse_inactive,
    refuse_other_blocks,
    refuse_strangers,
    value_of,
)
from pawfile.schedule.assigning import holder_for
from pawfile.schedule.generating import DAY, company_today, last_day, make_visits
from pawfile.schedule.history import locked
from pawfile.schedule.models import AssignTo, Series, Service, TimeBlock, Visit, VisitStatus
from pawfile.schedule.recurrence import Repeat, days_of, first_day
from pawfile.schedule.saved import tell_written
from pawfile.schedule.times import LATEST, span_of

#: How long ago a series can have begun.
LONGEST_AGO = 366
#: Visits that no change of their series touches, nor its end.
KEPT = (VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED, VisitStatus.CANCELED)
NOTHING_AHEAD = gettext_lazy("No visit of this series is ahead any more.")
#: What a series and each of its visits have in common.
COMMON = ("service", "block", "exact_time", "is_training", "note")


class Scope(models.TextChoices):
    ONE = "one", gettext_lazy("This visit")
    LATER = "later", gettext_lazy("This and later visits")
    ALL = "all", gettext_lazy("All visits from today on")


@transaction.atomic
def add_series(
    *,
    client: Client,
    pets: Iterable[Pet],
    service: Service,
    starts_on: date,
    repeat: Repeat,
    until_on: date | None = None,
    block: TimeBlock | None = None,
    exact_time: time | None = None,
    assign_to: AssignTo | str = AssignTo.NOBODY,
    sitter: User | None = None,
    is_training: bool = False,
    note: str = "",
    by: User | None,
) -> Series:
    """Make a series and its visits as far ahead as the company looks, at least the first one.

    Raises ``ValidationError`` with a sentence per field, as ``add_visit`` does.
    """
    client, chosen, options = lock_client(client), list(pets), SiteOptions.load()
    refuse_inactive(client, service)
    refuse_strangers(client, chosen)
    refuse_days(repeat, starts_on, until_on, today=company_today(options))
    series = Series(
        client=client,
        service=service,
        block=block,
        exact_time=exact_time,
        is_training=is_training,
        note=note,
        assign_to=assign_to,
        sitter=sitter if assign_to == AssignTo.SITTER else None,
        rule=repeat.rule,
        starts_on=starts_on,
        until_on=until_on,
    )
    holder_for(client, assign_to, sitter)
    # One that begins later looks ahead from then, and has its first visit in any case.
    last = max(
        max(starts_on, company_today(options)) + DAY * options.lookahead_days,
        first_day(repeat.rule, starts_on=starts_on) or starts_on,
    )
    return _start(series, pets=chosen, first=starts_on, last=last, options=options, by=by)


def _start(
    series: Series,
    *,
    pets: Iterable[Pet],
    first: date,
    last: date,
    done: Collection[date] = (),
    options: SiteOptions,
    by: User | None,
) -> Series:
    """Store the series, and make its visits from ``first`` to ``last`` but those of ``done``."""
    refuse_other_blocks(series.service, series.block)
    refuse_without_time(series, options)
    series.generated_until_on = min(last, series.until_on) if series.until_on else last
    series.created_by = by and by.actor
    series.save()
    series.pets.set(pets)
    if series.note:
        tell_written(series, "note")
    days = days_of(
        series.rule, starts_on=series.starts_on, first=first, last=series.generated_until_on
    )
    plan = {series: [day for day in days if day not in done]}
    clients = {series.client.pk: series.client}
    make_visits(plan, clients=clients, options=options, by=by)
    return series


def refuse_days(repeat: Repeat, starts_on: date, until_on: date | None, *, today: date) -> None:
    if starts_on < today - DAY * LONGEST_AGO:
        earliest = date_format(today - DAY * LONGEST_AGO, "j M Y")
        raise ValidationError({"visit_on": _("A series begins on %s at the earliest.") % earliest})
    if starts_on > LATEST or (until_on and until_on > LATEST):
        field = "visit_on" if starts_on > LATEST else "until_on"
        raise ValidationError({field: _("Choose a day before the year %d.") % (LATEST.year + 1)})
    if until_on and until_on < starts_on:
        raise ValidationError({"until_on": _("The last day is before the first one.")})
    first = first_day(repeat.rule, starts_on=starts_on)
    if first is None or (until_on and first > until_on):
        raise ValidationError({"until_on": _("No visit falls into the time until this day.")})


def refuse_without_time(series: Series, options: SiteOptions) -> None:
    """A series has a block or a time, as each of its visits."""
    span_of(
        visit_on=series.starts_on,
        block=series.block,
        exact_time=series.exact_time,
        minutes=series.service.minutes,
        zone=options.time_zone,
    )


def locked_series(series: Series) -> Series:
    """As it is stored, nobody else's to change until the transaction ends."""
    rows = Series.objects.select_for_update(of=("self",)).select_related("service", "block")
    found = rows.filter(pk=series.pk).first()
    if found is None:
        raise StaleRecordError
    return found


def open_visits(series: Series, **narrowed: date) -> list[Visit]:
    """Those of its visits that can still become otherwise, locked."""
    rows = series.visits.filter(**narrowed).exclude(status__in=KEPT)
    return list(rows.select_for_update(of=("self",)).order_by("series_on"))


def end(series: Series, before: date) -> None:
    """Make nothing from ``before`` on. What is there already is the caller's to look after.

    ``canceled_at`` says that nothing at all is made any more; a series that ends far ahead goes on
    until then.
    """
    last = max(before - DAY, series.starts_on)
    series.until_on = min(last, series.until_on or last)
    if before <= series.starts_on or (series.generated_until_on or last) >= last:
        series.canceled_at = series.canceled_at or timezone.now()
    series.save()


@transaction.atomic
def cancel_series(*, series: Series, from_on: date, reason: str, by: User | None) -> int:
    """End the series before that day and cancel what it made from then on; how many visits.

    Visits completed, in progress or canceled stay as they are (rule 90).
    """
    lock_client(series.client)
    series = locked_series(series)
    visits = open_visits(series, visit_on__gte=from_on)
    for visit in visits:
        cancel_visit(visit=visit, reason=reason, by=by)
    end(series, from_on)
    return len(visits)


@transaction.atomic
def change_series(
    *,
    visit: Visit,
    scope: Scope | str,
    values: Mapping[str, Any],
    opened_version: int | None,
    by: User | None,
) -> Visit:
    """Change one visit of a series, or it and the later ones, or all from today on.

    ``values``: what ``change_visit`` takes, ``assign_to`` with ``sitter``, and but for one visit
    ``repeat`` and ``until_on``. Only what differs from the visit as it was opened goes to others,
    so that what was changed of one of them alone stays. Later ones go on as a new series, and the
    old one ends before it; days the new rule does not have are canceled, days whose visit was
    deleted, completed or canceled get none again, and none is made in the past.

    Raises ``StaleRecordError`` and ``ValidationError`` as ``change_visit`` does.
    """
    if scope == Scope.ONE:
        return _change_one(visit, values, opened_version, by=by)
    client = lock_client(visit.client)
    if visit.series is None:
        raise ValidationError(_("This visit belongs to no series."))
    old = locked_series(visit.series)
    visit = locked(visit)
    is_stale = opened_version is not None and visit.version != opened_version
    if is_stale or visit.series_id != old.pk:
        raise StaleRecordError
    changes = {
        key: values[key]
        for key in (*COMMON, "pets")
        if key in values and not _is_same(values[key], value_of(visit, key))
    }
    options = SiteOptions.load()
    today = company_today(options)
    first = _first_changed(old, visit, scope, today)
    new = _continued(old, client, values, changes, starts_on=first)
    refuse_days(Repeat.from_rule(new.rule), first, new.until_on, today=first)
    _hand_over(old, new, changes, today=today, options=options, by=by)
    visit.refresh_from_db()
    return visit


def _change_one(
    visit: Visit, values: Mapping[str, Any], opened_version: int | None, *, by: User | None
) -> Visit:
    visit = change_visit(visit=visit, values=values, opened_version=opened_version, by=by)
    if "assign_to" not in values:
        return visit
    sitter = values.get("sitter")
    return assign_visit(visit=visit, assign_to=values["assign_to"], sitter=sitter, by=by)


def _is_same(new: Any, old: Any) -> bool:
    return (
        {pet.pk for pet in new} == {pet.pk for pet in old} if isinstance(old, list) else new == old
    )


def _first_changed(series: Series, visit: Visit, scope: Scope | str, today: date) -> date:
    """From which day the change holds. What comes every other week stays in the same weeks."""
    if scope == Scope.LATER and visit.series_on:
        return visit.series_on
    first = max(series.starts_on, today)
    next_on = first_day(series.rule, starts_on=series.starts_on, first=first)
    if next_on is None or (series.until_on and next_on > series.until_on):
        raise ValidationError(NOTHING_AHEAD)
    if Repeat.from_rule(series.rule).weeks == 1:
        return first
    return max(first, next_on - DAY * (next_on.isoweekday() % 7))


def _continued(
    old: Series,
    client: Client,
    values: Mapping[str, Any],
    changes: Mapping[str, Any],
    *,
    starts_on: date,
) -> Series:
    """The series that follows the old one, not stored yet."""
    repeat: Repeat | None = values.get("repeat")
    new = Series(
        client=client,
        assign_to=values.get("assign_to", old.assign_to),
        sitter=values.get("sitter") if "assign_to" in values else old.sitter,
        rule=repeat.rule if repeat else old.rule,
        starts_on=starts_on,
        until_on=values.get("until_on", old.until_on),
    )
    for key in COMMON:
        setattr(new, key, changes.get(key, getattr(old, key)))
    if new.assign_to != AssignTo.SITTER:
        new.sitter = None
    if new.service != old.service:
        refuse_inactive(client, new.service)
    if old.canceled_at and old.until_on:
        new.canceled_at = old.canceled_at
        if new.until_on is None or new.until_on > old.until_on:
            ended = date_format(old.until_on, "j M Y")
            raise ValidationError(
                {"until_on": _("This series ends on %s. Make a new one to go on longer.") % ended}
            )
    return new


def _hand_over(
    old: Series,
    new: Series,
    changes: Mapping[str, Any],
    *,
    today: date,
    options: SiteOptions,
    by: User | None,
) -> None:
    """Give the open visits of the old series to the new one, changed; make and cancel the rest."""
    first, generated = new.starts_on, old.generated_until_on or new.starts_on
    is_given = (new.assign_to, new.sitter) != (old.assign_to, old.sitter)
    if is_given:
        holder_for(new.client, new.assign_to, new.sitter)
    visits = {
        day: each for each in open_visits(old, series_on__gte=first) if (day := each.series_on)
    }
    if old.canceled_at and not visits:
        raise ValidationError(NOTHING_AHEAD)
    done = set(days_of(old.rule, starts_on=old.starts_on, first=first, last=generated))
    done |= set(visits)
    pets = changes.get("pets", list(old.pets.all()))
    refuse_strangers(new.client, changes.get("pets", ()))
    last = max(last_day(new, today=today, options=options), generated, *done)
    _start(new, pets=pets, first=max(first, today), last=last, done=done, options=options, by=by)
    days = set(days_of(new.rule, starts_on=first, first=first, last=max(visits, default=first)))
    for day, visit in visits.items():
        if day not in days or (new.until_on and day > new.until_on):
            cancel_visit(visit=visit, reason=_("The series was changed."), by=by)
            continue
        Visit.objects.filter(pk=visit.pk).update(series=new)
        change_visit(visit=visit, values=changes, opened_version=None, by=by)
        if is_given and visit.status != VisitStatus.UNAVAILABLE:
            assign_visit(visit=visit, assign_to=new.assign_to, sitter=new.sitter, by=by)
    end(old, first)
