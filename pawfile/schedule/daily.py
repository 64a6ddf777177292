"""What goes out once a day, from the company's processing hour on: confirmations, then lists.

A worker that slept through the hour does it when it is back on the same day. What is missed by
midnight is not made up: accepted visits are confirmed the next day, a list would be stale.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.jobs.daily import do_pieces, is_done
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.profiles.topics import CONFIRMATIONS, wants_mail
from pawfile.schedule.actions.moves import confirm_visits
from pawfile.schedule.letters import tell_confirmed, tell_list
from pawfile.schedule.mine import visits_of_day
from pawfile.schedule.models import Visit, VisitStatus
from pawfile.schedule.own_visits import pets_of
from pawfile.schedule.since import news_of

CONFIRM, LIST = "confirm_visits", "list_visits"


def day_due(options: SiteOptions) -> date | None:
    """The company's day, if its processing hour has come. An hour that a clock change leaves out
    has come with the next one."""
    here = timezone.localtime(timezone=ZoneInfo(options.time_zone))
    return here.date() if here.hour >= options.processing_hour else None


def works_due() -> list[str]:
    """What is not done yet today, in order."""
    options = SiteOptions.load()
    day = day_due(options)
    wanted = [CONFIRM, LIST] if options.has_list_mails else [CONFIRM]
    return [name for name in wanted if not is_done(name, on=day)] if day else []


def do_daily_work() -> bool:
    """Do what is due, for a few seconds. Returns whether something is left."""
    options = SiteOptions.load()
    day = day_due(options)
    with timezone.override(ZoneInfo(options.time_zone)):
        return not all(DO[name](day) for name in works_due() if day)


def confirm_all(day: date) -> bool:
    def clients_after(last: int) -> list[int]:
        accepted = Visit.objects.upcoming().filter(status=VisitStatus.ACCEPTED, client__gt=last)
        return list(accepted.order_by("client").values_list("client", flat=True).distinct())

    return do_pieces(CONFIRM, on=day, after=clients_after, work=confirm_of_client)


def confirm_of_client(pk: int) -> None:
    """Its accepted visits become Confirmed, whether the client wants mail or not."""
    client = Client.objects.get(pk=pk)
    visits = confirm_visits(client=client, by=None)
    has_mail = SiteOptions.load().has_confirmation_mails and client.email
    if visits and has_mail and wants_mail(client, CONFIRMATIONS):
        tell_confirmed(client=client, visits=visits, site=settings.SITE_URL)


def list_all(day: date) -> bool:
    def sitters_after(last: int) -> list[int]:
        return list(
            User.objects.sitters().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        )

    def list_of_sitter(pk: int) -> None:
        send_list(User.objects.get(pk=pk), today=day)

    return do_pieces(LIST, on=day, after=sitters_after, work=list_of_sitter)


def send_list(sitter: User, *, today: date) -> None:
    """Tomorrow's visits as My Schedule shows them; without any, no mail."""
    day = today + timedelta(days=1)
    visits = visits_of_day(sitter, day, today=today).select_related("client", "service")
    found = list(visits.order_by("starts_at", "pk"))
    if found:
        pets = pets_of([visit.pk for visit in found], sitter)
        homes = {visit.client_id: visit.client for visit in found}
        news = news_of(homes.values(), sitter, company=SiteOptions.load())
        site = settings.SITE_URL
        tell_list(sitter=sitter, day=day, visits=found, pets=pets, news=news, site=site)


DO = {CONFIRM: confirm_all, LIST: list_all}
