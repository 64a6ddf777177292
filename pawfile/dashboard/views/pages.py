from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pawfile.access.counts import access_counts, key_counts
from pawfile.access.emergencies import emergencies_lately
from pawfile.access.notices import keys_needed
from pawfile.accounts.access import EVERYBODY, Request, allow, public
from pawfile.accounts.models import Role
from pawfile.fields.policy import policy_for
from pawfile.invites.models import GuidedStart
from pawfile.invites.newest import newest_registrations
from pawfile.lib.icons import sprite
from pawfile.mail.log import trouble
from pawfile.profiles.inbox import waiting_count
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import Status
from pawfile.schedule.board import today_counts
from pawfile.schedule.mine import offers_to
from pawfile.schedule.next_visits import next_visits
from pawfile.schedule.unread import unread_count
from pawfile.schedule.waiting import requests_waiting


@allow(*EVERYBODY)
@require_safe
def home(request: Request) -> HttpResponse:
    """Each role's first page: clients see their homes, staff the book."""
    clients = Client.objects.visible_to(request.user)
    pets = Pet.objects.visible_to(request.user)
    context: dict[str, Any] = {"greeting": greeting(request)}
    today = timezone.localdate()
    if not request.user.is_office:
        context |= {"next_visits": next_visits(request.user), "today": today}
    if request.user.is_client:
        context["clients"] = clients.prefetch_related(Prefetch("pets", pets.listed()))
        context["starts"] = GuidedStart.objects.visible_to(request.user).unfinished()
    else:
        can_see_status = "status" in policy_for(request.user, "client")
        context |= {
            "changed": clients.only("first_name", "last_name", "updated_at").order_by(
                "-updated_at", "-pk"
            )[:8],
            "client_count": clients.current().count(),
            "pet_count": pets.filter(active=True).count(),
            "prospect_count": clients.filter(status=Status.PROSPECT).count()
            if can_see_status
            else 0,
            "registrations": newest_registrations(request.user),
        }
        context["keys"] = key_counts(request.user)
        if request.user.is_sitter:
            context["needed"] = keys_needed(request.user)
            context["offers"] = offers_to(request.user, today, today=today).count()
        if request.user.is_office:
            context["emergencies"] = emergencies_lately(request.user)
            context["access"] = access_counts(request.user, company=request.company)
            context["mail_trouble"] = trouble(request.user)
            context["changes_waiting"] = waiting_count(request.user)
            context["schedule"] = today_counts(request.user)
            context["requests_waiting"] = requests_waiting(request.user)
            context["unread"] = unread_count(request.user, company=request.company)
    return render(request, "dashboard/home.html", context)


def greeting(request: Request) -> str:
    name = request.user.nickname or request.user.name.partition(" ")[0]
    hour = timezone.localtime().hour
    if hour < 12:
        return _("Good morning, %s") % name
    return (_("Good afternoon, %s") if hour < 18 else _("Good evening, %s")) % name


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers; 503 with the failing part when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def icon_sprite(request: HttpRequest) -> HttpResponse:
    """All icons in one file. The address carries a version, so it may be kept for ever."""
    return HttpResponse(sprite(), content_type="image/svg+xml")


@allow(Role.ADMINISTRATOR)
@require_safe
def style_page(request: Request) -> HttpResponse:
    return render(request, "style.html")
