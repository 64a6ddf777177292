"""Mails about visits: only what is needed, and a link to the page.

No address, code or note is in them; who may read that signs in.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.mail.actions import queue_mail
from pawfile.profiles.models import Client
from pawfile.profiles.topics import JOURNALS, wants_mail
from pawfile.schedule.models import Answer, Ask, ChangeRequest, Journal, Visit, VisitStatus
from pawfile.schedule.since import News
from pawfile.schedule.times import clock_text

#: A mail about what became of visits lists so many; of the others it tells the number.
MOST_LINES = 20


def when_text(visit: Visit) -> str:
    """ "Tue 3 Mar, Morning" or "Tue 3 Mar, 09:30–10:00"."""
    day = date_format(visit.visit_on, "D j M")
    is_exact = visit.exact_time is not None or visit.block is None
    return f"{day}, {clock_text(visit.starts_at, visit.ends_at) if is_exact else visit.block}"


def tell_client(*, asked: ChangeRequest, old: Visit, visit: Visit, by: User, site: str) -> None:
    """Who asked reads the answer; if that login is gone, whoever reads the home's mail."""
    who = visit.client.logins.filter(pk=asked.asked_by_id or 0, is_active=True).first()
    to = who.email if who else visit.client.email
    if not to:
        return
    queue_mail(
        to=to,
        template="visit_answer",
        context={
            "name": visit.client.first_name,
            "is_approved": asked.answer == Answer.APPROVED,
            "is_cancel": asked.ask == Ask.CANCEL,
            "service": called(visit),
            "has_words": bool(asked.reply),
            **times_of(old, visit),
        },
        links={"schedule": schedule_link(site)},
        by=by,
    )


def tell_sitter(*, asked: ChangeRequest, old: Visit, visit: Visit, by: User, site: str) -> None:
    """Who holds the visit reads that it is another one now, or none."""
    sitter = old.sitter
    if sitter is None or not sitter.is_active:
        return
    queue_mail(
        to=sitter.email,
        template="visit_changed",
        context={
            "name": sitter.nickname or sitter.name,
            "is_cancel": asked.ask == Ask.CANCEL,
            "client": visit.client.name,
            "service": visit.service.name,
            **times_of(old, visit),
        },
        links={"schedule": schedule_link(site, visit.visit_on)},
        by=by,
    )


def tell_assigned(*, visit: Visit, by: User, site: str) -> None:
    """Who has it now, unless it is nobody, or the very person who gave it."""
    sitter = visit.sitter
    if sitter is None or sitter == by.actor:
        return
    queue_mail(
        to=sitter.email,
        template="visit_assigned",
        context={
            "name": sitter.nickname or sitter.name,
            "client": visit.client.name,
            "service": visit.service.name,
            "when": when_text(visit),
            "is_open": visit.status == VisitStatus.ASSIGNED,
        },
        links={"schedule": schedule_link(site, visit.visit_on)},
        by=by,
    )


class Fate(StrEnum):
    """What became of a visit, for the sitter who holds or held it."""

    CANCELED = "canceled"
    GIVEN = "given"
    CHANGED = "changed"
    BACK = "back"


class Became(NamedTuple):
    """``new`` is ``None`` if the visit was deleted."""

    fate: Fate
    old: Visit
    new: Visit | None


def tell_became(*, sitter: User, became: Sequence[Became], by: User, site: str) -> None:
    """One mail about all of them, the soonest first."""
    lines = [
        {
            "fate": str(each.fate),
            "client": each.old.client.name,
            "when": when_text(each.old),
            "service": each.old.service.name,
            "now": f"{each.new.service.name}, {when_text(each.new)}" if each.new else "",
        }
        for each in became[:MOST_LINES]
    ]
    queue_mail(
        to=sitter.email,
        template="visits_became",
        context={
            "name": sitter.nickname or sitter.name,
            "visits": lines,
            "first": lines[0],
            "count": len(became),
            "more": len(became) - len(lines),
        },
        links={"schedule": schedule_link(site, became[0].old.visit_on)},
        by=by,
    )


def why_no_journal_mail(client: Client, reader: User) -> str:
    """Why no mail about journals can or may go there, in words; empty if one does.

    Who may not see the field that is the reason reads only that it is so.
    """
    policy, untold = policy_for(reader, "client"), _("No mail goes out for this client.")
    if not client.email:
        why = _("No mail goes out: this client has no e-mail address.")
        return why if "email" in policy else untold
    if not wants_mail(client, JOURNALS):
        why = _("No mail goes out: this client does not want mail about journals.")
        return why if "communication_topics" in policy else untold
    return ""


def tell_of_journal(*, journal: Journal, by: User, site: str) -> bool:
    """Queue the link to a journal and nothing else of it (rule 96), if there is whom to send it."""
    client = journal.visit.client
    if why_no_journal_mail(client, by):
        return False
    queue_mail(
        to=client.email,
        template="visit_journal",
        context={"name": client.first_name},
        links={"journal": urljoin(site, journal.get_absolute_url().lstrip("/"))},
        by=by,
    )
    return True


def times_of(old: Visit, visit: Visit) -> dict[str, Any]:
    before, after = when_text(old), when_text(visit)
    return {"old_when": before, "when": after, "is_moved": before != after}


def tell_confirmed(*, client: Client, visits: Sequence[Visit], site: str) -> None:
    """One mail that lists all of them (rule 99)."""
    queue_mail(
        to=client.email,
        template="visits_confirmed",
        context={
            "name": client.first_name,
            "visits": [{"when": when_text(visit), "service": called(visit)} for visit in visits],
        },
        links={"schedule": schedule_link(site)},
        by=None,
    )


def tell_list(
    *,
    sitter: User,
    day: date,
    visits: Sequence[Visit],
    pets: Mapping[int, list[str]],
    news: Mapping[int, News],
    site: str,
) -> None:
    """The sitter's visits of a day. ``pets``: visit → names of its pets; ``news``: client → what is
    new there, of which only the names of fields are told."""
    lines = [
        {
            "when": clock_text(visit.starts_at, visit.ends_at)
            if visit.visit_on == day
            else when_text(visit),
            "client": visit.client.name,
            "pets": ", ".join(pets.get(visit.pk, ())),
            "service": visit.service.name,
            "is_open": visit.status == VisitStatus.ASSIGNED,
            "news": news[visit.client_id].labels,
            "has_unread": bool(news[visit.client_id].unread),
        }
        for visit in visits
    ]
    queue_mail(
        to=sitter.email,
        template="sitter_list",
        context={"name": sitter.nickname or sitter.name, "day": day, "visits": lines},
        links={"schedule": schedule_link(site, day)},
        by=None,
    )


def tell_unread(*, to: User, visits: Sequence[Visit], more: int, site: str) -> None:
    """To a sitter about the own visits, or to the office about those of all. No change is in it."""
    is_office = to.is_office
    page = reverse("unread_change_list" if is_office else "my_schedule").lstrip("/")
    link = urljoin(site, page) if is_office else schedule_link(site, visits[0].visit_on)
    queue_mail(
        to=to.email,
        template="unread_office" if is_office else "unread_sitter",
        context={
            "name": to.nickname or to.name,
            "visits": [
                {
                    "when": when_text(visit),
                    "client": visit.client.name,
                    "sitter": str(visit.sitter),
                }
                for visit in visits
            ],
            "count": len(visits) + more,
            "more": more,
        },
        links={"page": link},
        by=None,
        is_for_staff=True,
    )


def called(visit: Visit) -> str:
    """The service as clients know it."""
    return visit.service.client_name or visit.service.name


def schedule_link(site: str, day: date | None = None) -> str:
    asked = f"?on={day.isoformat()}" if day else ""
    return urljoin(site, reverse("my_schedule").lstrip("/") + asked)
