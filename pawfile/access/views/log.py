"""Who opened which code: the administrators' log, the client's own page, the profile's panel."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pawfile.access.actions.log import export_log
from pawfile.access.codes import Code, codes_by_client, to_change
from pawfile.access.log import (
    Filters,
    field_choices,
    lately,
    log_page,
    openings,
    people,
)
from pawfile.access.models import Ground
from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import Role, User
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client
from pawfile.profiles.views.portal import at_home


@allow(Role.ADMINISTRATOR)
@require_safe
def home_access_list(request: Request) -> HttpResponse:
    filters = Filters.read(request.GET)
    page = log_page(filters, reader=request.user)
    context = {
        "filters": filters,
        "page": page,
        "openings": openings(page.rows, reader=request.user),
        "grounds": Ground.choices,
        "fields": field_choices(request.user),
        "people": people(filters.by),
    }
    if filters.client is not None:
        homes = Client.objects.visible_to(request.user).filter(pk=filters.client)
        context["client"] = homes.only("first_name", "last_name").first()
    return render(request, "access/home_access_list.html", context, partial="results")


@allow(Role.ADMINISTRATOR)
@require_POST
def home_access_export(request: Request) -> StreamingHttpResponse:
    """What is filtered, as a file; written down in the activity log."""
    lines = export_log(filters=Filters.read(request.POST), by=request.user)
    name = f"home-access-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@allow(Role.ADMINISTRATOR)
@require_safe
def client_opened(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile that says who opened codes lately."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    context = {
        "client": client,
        "openings": lately(client, reader=request.user),
        "has_to_change": to_change(request.user).filter(client=client).exists(),
    }
    return render(request, "access/client_opened.html", context, partial="card")


@allow(*EVERYBODY)
@require_safe
def my_opened(request: Request) -> HttpResponse:
    """Who opened codes of the own homes and pets, the newest first."""
    reader = at_home(request)
    page = log_page(Filters(cursor=request.GET.get("at", "")[:4000]), reader=reader)
    context = {
        "page": page,
        "openings": openings(page.rows, reader=reader),
        "to_change": codes_of(reader),
        "can_edit": bool(policy_for(reader, "client").editable),
        "has_homes": Client.objects.visible_to(reader).count() > 1,
    }
    return render(request, "access/my_opened.html", context)


def codes_of(reader: User) -> list[tuple[Client, list[Code]]]:
    """Codes of the own homes that somebody knows who no longer needs them."""
    found = codes_by_client(to_change(reader), reader)
    homes = Client.objects.visible_to(reader).filter(pk__in=found)
    return [(home, found[home.pk]) for home in homes.only("first_name", "last_name")]
