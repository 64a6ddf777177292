"""Keys on their way: given, asked for, taken, confirmed, refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.access.actions.hand_overs import (
    begin_hand_over,
    confirm_hand_over,
    refuse_hand_over,
)
from pawfile.access.forms.keys import HandOverForm
from pawfile.access.models import HandOver, Key, KeyPlace, Spot
from pawfile.access.views.keys import GONE, has_requests, key_of
from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import STAFF, Role
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client
from pawfile.schedule.views.visit_steps import asked_back

#: The page lists so many; confirmed ones make room.
MOST = 200


@allow(*STAFF)
@require_safe
def hand_over_list(request: Request) -> HttpResponse:
    """Key requests: what is on its way, first what waits for this person."""
    if not has_requests(request):
        raise Http404
    reader = request.user
    visible = HandOver.objects.visible_to(reader)
    linked = ("key__client", "to_sitter", "to_location", "begun_by")
    found = visible.open().select_related(*linked).order_by("begun_at", "pk")[:MOST]
    homes = Client.objects.visible_to(reader).filter(pk__in=[each.key.client_id for each in found])
    seen = set(homes.values_list("pk", flat=True))
    rows = [
        {
            "hand_over": each,
            "is_known": each.key.client_id in seen,
            "can_confirm": each.can_be_confirmed_by(reader),
            "can_end": each.can_be_ended_by(reader),
        }
        for each in found
    ]
    return render(request, "access/hand_over_list.html", {"rows": rows, "has_requests": True})


@allow(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_create(request: Request, pk: int) -> HttpResponse:
    """Give the key to somebody, or return it."""
    key = key_of(request, pk)
    form = HandOverForm(key, request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        to, due_on = form.cleaned_data["to"], form.cleaned_data.get("due_on")
        try:
            begun = begin_hand_over(key=key, to=to, due_on=due_on, by=request.user)
        except StaleRecordError:
            messages.error(request, GONE)
            return redirect("key_list")
        except ValidationError as error:
            form.add_errors(error)
        else:
            messages.success(request, said_of(begun))
            return redirect(key)
    context = {"key": key, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "access/hand_over_create.html", context, status=status)


def said_of(begun: HandOver) -> str:
    words = {"code": begun.key.code, "to": begun.to_text}
    if not begun.is_open:
        return _("%(code)s: %(to)s.") % words
    if begun.is_asked_for:
        return _("Asked for %(code)s. The office confirms when you have it.") % words
    if begun.to_place == KeyPlace.CLIENT:
        return _("%(code)s goes to the client. Confirm it when the key is handed over.") % words
    return _("%(code)s is on its way. %(to)s confirms it.") % words


@allow(Role.SITTER)
@require_POST
def key_pickup(request: Request, pk: int) -> HttpResponse:
    """The sitter takes the key, or asks the office for it (rule 76)."""
    key = key_of(request, pk)
    try:
        begun = begin_hand_over(
            key=key, to=Spot(KeyPlace.SITTER, sitter=request.user), by=request.user
        )
    except StaleRecordError:
        messages.error(request, GONE)
        return redirect("key_list")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        is_mine = _("%s is with you now.") % key.code
        messages.success(request, said_of(begun) if begun.is_open else is_mine)
    return redirect(asked_back(request) or key.get_absolute_url())


@allow(*EVERYBODY)
@require_POST
def hand_over_confirm(request: Request, pk: int) -> HttpResponse:
    return answered(request, pk, confirm_hand_over, _("Confirmed: %(code)s, %(to)s."))


@allow(*EVERYBODY)
@require_POST
def hand_over_refuse(request: Request, pk: int) -> HttpResponse:
    return answered(request, pk, refuse_hand_over, _("%(code)s stays where it was."))


def answered(request: Request, pk: int, action: Callable[..., Any], text: str) -> HttpResponse:
    """Answer it and say so, or say why not; then back to where the button was."""
    hand_over = get_object_or_404(
        HandOver.objects.visible_to(request.user).select_related("key"), pk=pk
    )
    try:
        action(hand_over=hand_over, by=request.user)
    except StaleRecordError:
        messages.error(request, GONE)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, text % {"code": hand_over.key.code, "to": hand_over.to_text})
    if back := asked_back(request):
        return redirect(back)
    if request.user.is_client:
        return redirect("my_info")
    seen = Key.objects.visible_to(request.user).filter(pk=hand_over.key_id).exists()
    return redirect(hand_over.key) if seen else redirect("key_list")
