"""Mails to the office: so many changes by clients wait. What they are stands in no mail."""

from datetime import date
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import OFFICE, User
from pawfile.jobs.daily import do_pieces, is_done
from pawfile.mail.actions import queue_mail
from pawfile.options.models import ChangeMails, SiteOptions
from pawfile.profiles.inbox import MODELS, waiting

DAILY = "client_changes"


def tell_office() -> None:
    """Every few minutes, or once a day if so chosen: what came meanwhile goes into one mail."""
    options = SiteOptions.load()
    if options.change_mails == ChangeMails.AT_ONCE:
        tell_of_new()
    elif options.change_mails == ChangeMails.DAILY:
        here = timezone.localtime(timezone=ZoneInfo(options.time_zone))
        if here.hour >= options.processing_hour and not is_done(DAILY, on=here.date()):
            tell_once_on(here.date())


def tell_once_on(day: date) -> None:
    def only_one(last: int) -> list[int]:
        return [1] if last < 1 else []

    do_pieces(DAILY, on=day, after=only_one, work=lambda _number: tell_of_new())


def tell_of_new() -> None:
    """Each change is told of once, and only if it still waits; nobody hears of hidden fields."""
    now = timezone.now()
    told = [
        model.objects.filter(is_by_client=True, ticked_at=None, told_at=None).update(told_at=now)
        for model in MODELS.values()
    ]
    if not any(told):
        return
    link = urljoin(settings.SITE_URL, reverse("change_inbox").lstrip("/"))
    for person in User.objects.active().filter(role__in=OFFICE).order_by("pk"):
        count = sum(waiting(person, subject).filter(told_at=now).count() for subject in MODELS)
        if count:
            queue_mail(
                to=person.email,
                template="client_changes",
                context={"name": person.nickname or person.name, "count": count},
                links={"changes": link},
                by=None,
                is_for_staff=True,
            )
