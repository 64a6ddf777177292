"""Mails about what a client asked for: only what is needed, and a link to the page.

No address, code or note is in them; who may read that signs in.
"""

from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.formats import date_format

from pawfile.accounts.models import User
from pawfile.mail.actions import queue_mail
from pawfile.schedule.models import Answer, Ask, ChangeRequest, Visit
from pawfile.schedule.times import clock_text


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
            "service": visit.service.client_name or visit.service.name,
            **times_of(old, visit),
        },
        links={"schedule": urljoin(site, reverse("my_schedule").lstrip("/"))},
        by=by,
    )


def tell_sitter(*, asked: ChangeRequest, old: Visit, visit: Visit, by: User, site: str) -> None:
    """Who holds the visit reads that it is another one now, or none."""
    sitter = old.sitter
    if sitter is None or not sitter.is_active:
        return
    url = f"{reverse('my_schedule')}?on={visit.visit_on.isoformat()}"
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
        links={"schedule": urljoin(site, url.lstrip("/"))},
        by=by,
    )


def times_of(old: Visit, visit: Visit) -> dict[str, Any]:
    before, after = when_text(old), when_text(visit)
    return {"old_when": before, "when": after, "is_moved": before != after}
