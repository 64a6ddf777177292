"""The moments around a visit, and how somebody asks for a code."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client as Browser
from django.utils import timezone

from pawfile.access.models import Reveal
from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_visit

CODE, CHIP = "4711-elm-gate", "shed 0815 left"
REASON = "The alarm rings and the neighbours called."


def visit_in(client: Client, sitter: User, hours: float, **fields: Any) -> Visit:
    """A visit of an hour that begins in so many hours, accepted unless told otherwise."""
    visit = make_visit(client, sitter=sitter, **{"status": VisitStatus.ACCEPTED, **fields})
    starts = timezone.now() + timedelta(hours=hours)
    day = timezone.localdate(starts, ZoneInfo(SiteOptions.load().time_zone))
    Visit.objects.filter(pk=visit.pk).update(
        starts_at=starts, ends_at=starts + timedelta(hours=1), visit_on=day
    )
    return Visit.objects.get(pk=visit.pk)


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def ask(user: User, client: Client, key: str = "door_code", **posted: Any) -> tuple[int, bool]:
    """What the answer was, and whether the code was in it."""
    answer = browser_of(user).post(f"/clients/{client.pk}/secrets/{key}/reveal/", posted)
    return answer.status_code, CODE in answer.content.decode()


def rows() -> list[tuple[str, str, str]]:
    """(who, which field, ground) of every row of the log, oldest first."""
    found = Reveal.objects.order_by("pk")
    return list(found.values_list("opened_by_name", "key", "ground"))
