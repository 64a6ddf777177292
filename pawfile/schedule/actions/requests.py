"""What clients ask for, and what the office answers.

The rules hold here, whichever door a request comes through; each refusal names the field and says
what would be right.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.day_lists import is_among_days
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import missing_for_requests
from pawfile.profiles.reviews import due_of
from pawfile.schedule.actions.moves import cancel_visit
from pawfile.schedule.actions.visits import (
    add_visit,
    change_visit,
    delete_visit,
    refuse_other_blocks,
)
from pawfile.schedule.history import locked
from pawfile.schedule.letters import tell_client, tell_sitter
from pawfile.schedule.models import (
    Answer,
    Ask,
    ChangeRequest,
    Service,
    TimeBlock,
    Visit,
    VisitStatus,
)
from pawfile.schedule.saved import tell_written
from pawfile.schedule.times import span_of

S = VisitStatus
#: Days that can be asked for at once, and how far ahead.
MOST_DAYS, FARTHEST = 31, timedelta(days=366)
#: What a client can still want otherwise: planned, and not begun.
PLANNED = (S.ASSIGNED, S.ACCEPTED, S.DECLINED, S.CONFIRMED)


@transaction.atomic
def request_visits(
    *,
    client: Client,
    pets: Collection[Pet],
    service: Service,
    days: Sequence[date],
    block: TimeBlock | None = None,
    exact_time: time | None = None,
    note: str = "",
    by: User,
) -> list[Visit]:
    """Ask for a visit on each of these days, at the company's price. Raises ``ValidationError``,
    also for what is asked for already: a form sent twice."""
    lock_client(client)
    refuse_home(client, by)
    refuse_unreviewed(client, by)
    refuse_service(service)
    if not pets:
        raise ValidationError({"pets": _("Say which pets the visit is for.")})
    if len(days) > MOST_DAYS:
        raise ValidationError({"last_on": _("Ask for at most %d days at once.") % MOST_DAYS})
    options = SiteOptions.load()
    same = Visit.objects.filter(
        client=client, service=service, block=block, exact_time=exact_time, visit_on__in=days
    ).prefetch_related("pets")
    asked = {each.visit_on for each in same.filter(status=S.REQUESTED) if is_for(each, pets)}
    visits = []
    for day in days:
        refuse_day(day, block, exact_time, service, options)
        if day in asked:
            said = _("You have asked for this on %s already.") % date_format(day, "D j M Y")
            raise ValidationError({"visit_on": said})
        visits.append(
            add_visit(
                client=client,
                pets=pets,
                service=service,
                visit_on=day,
                block=block,
                exact_time=exact_time,
                note=note,
                status=S.REQUESTED,
                by=by,
            )
        )
    return visits


def is_for(visit: Visit, pets: Collection[Pet]) -> bool:
    return set(visit.pets.all()) == set(pets)


@transaction.atomic
def change_request(*, visit: Visit, values: dict[str, Any], by: User) -> Visit:
    """Change what was only requested; the same rules hold for what it becomes."""
    lock_client(visit.client)
    visit = locked(visit)
    if visit.status != S.REQUESTED:
        raise ValidationError(_("The office has answered meanwhile. Look at the visit again."))
    refuse_home(visit.client, by)
    if values["service"] != visit.service:
        refuse_service(values["service"])
    if not values["pets"]:
        raise ValidationError({"pets": _("Say which pets the visit is for.")})
    block, exact_time = values.get("block"), values.get("exact_time")
    refuse_day(values["visit_on"], block, exact_time, values["service"], SiteOptions.load())
    return change_visit(visit=visit, values=values, opened_version=None, by=by)


@transaction.atomic
def withdraw_request(*, visit: Visit, by: User) -> None:
    """Take back what was only requested: nothing of it stays (rule 84)."""
    if locked(visit).status != S.REQUESTED:
        raise ValidationError(_("The office has answered meanwhile. Look at the visit again."))
    delete_visit(visit=visit, by=by)


@transaction.atomic
def ask_change(
    *,
    visit: Visit,
    visit_on: date,
    block: TimeBlock | None = None,
    exact_time: time | None = None,
    words: str = "",
    by: User,
) -> ChangeRequest:
    """Ask the office for another day or time, or in words for anything else."""
    visit, options = askable(visit)
    moved = {"visit_on": visit_on, "block": block, "exact_time": exact_time}
    wanted = {key: value for key, value in moved.items() if value != getattr(visit, key)}
    if not wanted and not words.strip():
        raise ValidationError({"words": _("Say what you would like otherwise.")})
    if wanted:
        refuse_day(visit_on, block, exact_time, visit.service, options)
    if "block" in wanted:
        refuse_other_blocks(visit.service, block)
    wish = {key: as_text(value) for key, value in wanted.items()}
    return keep_wish(visit, Ask.CHANGE, words, wanted=wish, by=by)


@transaction.atomic
def ask_cancel(*, visit: Visit, words: str = "", by: User) -> ChangeRequest:
    """Ask the office to cancel a planned visit (rules 84 and 85)."""
    visit, _options = askable(visit)
    return keep_wish(visit, Ask.CANCEL, words, by=by)


def keep_wish(visit: Visit, ask: Ask, words: str, *, by: User, **also: Any) -> ChangeRequest:
    asked = ChangeRequest.objects.create(
        visit=visit, ask=ask, words=words.strip(), asked_by=by.actor, **also
    )
    if asked.words:
        tell_written(visit, "wish")
    return asked


@transaction.atomic
def take_back(*, visit: Visit, by: User) -> ChangeRequest:
    """Take back what was asked about a visit, as long as the office has not answered."""
    lock_client(visit.client)
    visit = locked(visit)
    waiting = visit.change_requests.select_for_update().filter(answer=Answer.OPEN)
    asked = waiting.first()
    if asked is None:
        raise ValidationError(_("The office has answered meanwhile. Look at the visit again."))
    settle(asked, Answer.WITHDRAWN, by=by)
    return asked


@transaction.atomic
def answer_request(
    *, asked: ChangeRequest, is_approved: bool, reply: str = "", by: User, site: str
) -> ChangeRequest:
    """Approve or decline what a client asked for, and tell whom it concerns (rule 86).

    ``reply`` is what the office wants to say to it, for the client's pages alone.

    Raises ``ValidationError`` if somebody answered already, or the visit cannot be changed so.
    """
    lock_client(asked.visit.client)
    visit = locked(asked.visit)
    asked = ChangeRequest.objects.select_for_update().get(pk=asked.pk)
    if asked.answer == Answer.WITHDRAWN:
        raise ValidationError(_("The client has taken this back."))
    if asked.answer != Answer.OPEN:
        raise ValidationError(_("This was answered already."))
    asked.reply = reply.strip()
    settle(asked, Answer.APPROVED if is_approved else Answer.DECLINED, by=by)
    old = Visit.objects.select_related("sitter", "service", "block").get(pk=visit.pk)
    if is_approved:
        visit = carry_out(asked, visit, by=by)
        tell_sitter(asked=asked, old=old, visit=visit, by=by, site=site)
    tell_client(asked=asked, old=old, visit=visit, by=by, site=site)
    return asked


def settle(asked: ChangeRequest, answer: Answer, *, by: User) -> None:
    """Keep how it ended. Call it before the visit changes: the log names it as it was."""
    visit = asked.visit
    asked.answer, asked.answered_by, asked.answered_at = answer, by.actor, timezone.now()
    asked.save()
    if asked.reply:
        tell_written(visit, "reply")
    record_activity(
        by=by,
        kind=ActivityKind.VISIT,
        about=f"{visit}, {visit.said}",
        old=str(Ask(asked.ask).label),
        new=str(answer.label),
        note=asked.reply,
    )


def carry_out(asked: ChangeRequest, visit: Visit, *, by: User) -> Visit:
    if asked.ask == Ask.CANCEL:
        return cancel_visit(visit=visit, reason=asked.words, by=by)
    values = wanted_values(asked)
    if not values:
        return visit
    return change_visit(visit=visit, values=values, opened_version=None, by=by)


# What is wanted, as it is kept


def as_text(value: Any) -> str:
    if value is None:
        return ""
    return str(value.pk) if isinstance(value, TimeBlock) else value.isoformat()


def wanted_values(asked: ChangeRequest) -> dict[str, Any]:
    """What the client wants, ready for ``change_visit``. A block that is gone is refused."""
    values: dict[str, Any] = {}
    for key, text in asked.wanted.items():
        if not text:
            values[key] = None
        elif key == "visit_on":
            values[key] = date.fromisoformat(text)
        elif key == "exact_time":
            values[key] = time.fromisoformat(text)
        else:
            values[key] = TimeBlock.objects.filter(pk=int(text)).first()
            if values[key] is None:
                raise ValidationError(_("The time block that was asked for is no longer there."))
    return values


# Refusals


def refuse_home(client: Client, by: User) -> None:
    """Raise for an Inactive client, and as long as something required is missing (rule 73)."""
    if client.is_inactive:
        raise ValidationError(_("Your profile is inactive. Please write or call the office."))
    missing = missing_for_requests(client, by.as_client())
    if missing:
        said = ", ".join(str(needed.label) for needed in missing)
        raise ValidationError(_("Before you can request a visit we need: %s.") % said)


def reviews_awaited(client: Client, reader: User) -> int:
    """How many sections the client must look through before asking for a visit."""
    options = reader.site_options or SiteOptions.load()
    return len(due_of(client, reader)) if options.has_reviews_before_requests else 0


def refuse_unreviewed(client: Client, by: User) -> None:
    """Raise as long as a review is due, if the company has requests wait for it (rule 74)."""
    if reviews_awaited(client, by.as_client()):
        raise ValidationError(_("Please look through what we know about your home first."))


def refuse_service(service: Service) -> None:
    if not service.is_active or not service.client_name:
        raise ValidationError({"service": _("This service cannot be requested; choose another.")})


def refuse_day(
    day: date,
    block: TimeBlock | None,
    exact_time: time | None,
    service: Service,
    options: SiteOptions,
) -> None:
    """Raise for a day that is over, blocked (rule 87), too soon or too far away."""
    zone, now = ZoneInfo(options.time_zone), timezone.now()
    today, said = timezone.localdate(now, zone), date_format(day, "D j M Y")
    if day < today:
        raise ValidationError({"visit_on": _("%s is over. Choose a day to come.") % said})
    if day > today + FARTHEST:
        raise ValidationError({"visit_on": _("%s is more than a year away.") % said})
    if is_among_days(day, options.blocked_dates):
        raise ValidationError({"visit_on": _("We take no requests for %s.") % said})
    starts_at, ends_at = span_of(
        visit_on=day, block=block, exact_time=exact_time, minutes=service.minutes, zone=zone
    )
    hours = options.last_minute_hours
    if hours and starts_at < now + timedelta(hours=hours):
        raise ValidationError(
            {
                "visit_on": ngettext(
                    "%(day)s is too soon: ask at least %(n)d hour before the visit, or call us.",
                    "%(day)s is too soon: ask at least %(n)d hours before the visit, or call us.",
                    hours,
                )
                % {"day": said, "n": hours}
            }
        )
    if ends_at <= now:
        raise ValidationError({"visit_on": _("That time is over. Choose a later one.")})


def askable(visit: Visit) -> tuple[Visit, SiteOptions]:
    """The locked visit, if a client can ask for something else now; else it raises."""
    visit, options = locked(visit), SiteOptions.load()
    if visit.status not in PLANNED or visit.starts_at <= timezone.now():
        raise ValidationError(_("This visit can no longer be changed. Please call the office."))
    if not options.has_same_day_cancel and is_today(visit.visit_on, options):
        raise ValidationError(
            _("A visit can't be changed or canceled on the same day. Please call the office.")
        )
    if visit.change_requests.filter(answer=Answer.OPEN).exists():
        raise ValidationError(_("You have asked already; the office will answer."))
    return visit, options


def is_today(day: date, options: SiteOptions) -> bool:
    here: datetime = timezone.localtime(timezone=ZoneInfo(options.time_zone))
    return day <= here.date()
