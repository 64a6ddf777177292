"""The entry plan: how to get into a home, in the order to try."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.access.actions.entry import (
    add_way_in,
    change_way_in,
    confirm_ways,
    move_way_in,
    remove_way_in,
)
from pawfile.access.forms.entry import WayInForm
from pawfile.access.models import WayIn
from pawfile.access.plan import may_change_plan, may_see_plan, said_of, ways_of
from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client
from pawfile.profiles.views.forms import found_for


@allow(*EVERYBODY)
@require_safe
def client_entry(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of profile, visit and My Info that says how to get in.

    Codes opened from it are opened for the visit with the number ``?visit=``.
    """
    return plan_page(request, *client_of(request, pk))


@allow(*EVERYBODY)
@require_POST
def entry_confirm(request: Request, pk: int) -> HttpResponse:
    """``way`` works as of today, or, without it, every way of the plan."""
    client, reader = client_of(request, pk)
    asked = request.POST.get("way", "")
    ways = WayIn.objects.visible_to(reader).filter(client=client)
    if asked:
        ways = ways.filter(pk=int(asked)) if is_id(asked) else ways.none()
    confirm_ways(ways=ways, by=reader)
    if request.htmx:
        return plan_page(request, client, reader)
    messages.success(request, _("Confirmed as of today."))
    return redirect("client_entry", client.pk)


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def way_in_create(request: Request, pk: int) -> HttpResponse:
    client, reader = client_of(request, pk)
    form = form_of(request, WayIn(client=client), reader)
    if form.is_bound and form.is_valid():
        try:
            add_way_in(client=client, by=reader, **form.values)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added to the plan."))
            return redirect("client_entry", client.pk)
    return form_page(request, form)


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def way_in_edit(request: Request, pk: int) -> HttpResponse:
    way, reader = way_of(request, pk)
    form = form_of(request, way, reader)
    if form.is_bound and form.is_valid():
        return done(
            request, way, lambda: change_way_in(way=way, by=reader, **form.values), _("Saved.")
        )
    return form_page(request, form)


@allow(*EVERYBODY)
@require_POST
def way_in_move(request: Request, pk: int) -> HttpResponse:
    """``to`` is ``up`` or ``down``."""
    way, reader = way_of(request, pk)
    refuse_readers(reader)
    is_up = request.POST.get("to") == "up"
    return done(request, way, lambda: move_way_in(way=way, is_up=is_up))


@allow(*EVERYBODY)
@require_POST
def way_in_remove(request: Request, pk: int) -> HttpResponse:
    way, reader = way_of(request, pk)
    refuse_readers(reader)
    return done(
        request, way, lambda: remove_way_in(way=way, by=request.user), _("Removed from the plan.")
    )


def done(
    request: Request, way: WayIn, action: Callable[[], object], said: str = ""
) -> HttpResponse:
    """Do it and say so, or that the way is gone; then back to the plan."""
    try:
        action()
    except StaleRecordError:
        messages.error(request, _("This way in is not in the plan any more."))
    else:
        if said:
            messages.success(request, said)
    return redirect("client_entry", way.client_id)


def client_of(request: Request, pk: int) -> tuple[Client, User]:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    refuse_strangers(reader)
    return client, reader


def way_of(request: Request, pk: int) -> tuple[WayIn, User]:
    way, reader = found_for(request, visible_ways, pk)
    refuse_strangers(reader)
    return way, reader


def visible_ways(reader: User) -> QuerySet[WayIn]:
    return WayIn.objects.visible_to(reader).select_related("client")


def refuse_strangers(reader: User) -> None:
    """404 for those from whom "How to get in" is hidden."""
    if not may_see_plan(reader):
        raise Http404


def refuse_readers(reader: User) -> None:
    """403 for those who may read the plan only."""
    if not may_change_plan(reader):
        raise PermissionDenied


def form_of(request: Request, way: WayIn, reader: User) -> WayInForm:
    refuse_readers(reader)
    return WayInForm(way, request.POST if request.method == "POST" else None, by=reader)


def form_page(request: Request, form: WayInForm) -> HttpResponse:
    """The form: fresh, or with everything that was typed and what is wrong with it."""
    name = "way_in_edit" if form.way.pk else "way_in_create"
    context = {"form": form, "way": form.way, "client": form.way.client}
    status = 422 if form.is_bound else 200
    return render(request, f"access/{name}.html", context, status=status)


def plan_page(request: Request, client: Client, reader: User) -> HttpResponse:
    visit = request.GET.get("visit", "")
    context: dict[str, Any] = {
        "client": client,
        "visit": int(visit) if is_id(visit) else None,
        "reader": reader,
        "ways": ways_of(client, reader=reader, company=request.company),
        "said": said_of(client, reader),
        "can_change": may_change_plan(reader),
    }
    return render(request, "access/client_entry.html", context, partial="card")
