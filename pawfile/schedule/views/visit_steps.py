"""What people do with one visit: a button each, and small forms where something must be said."""

from collections.abc import Callable
from contextlib import nullcontext

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, STAFF, Role
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.schedule.actions import moves
from pawfile.schedule.actions.acknowledging import UnreadChangesError
from pawfile.schedule.actions.visits import copy_visit, delete_visit
from pawfile.schedule.assigning import was_taken
from pawfile.schedule.detail import said_of
from pawfile.schedule.forms.visits import CancelForm, CopyForm
from pawfile.schedule.models import Visit
from pawfile.schedule.views.visits import telling, visits_of

FORM = ["GET", "HEAD", "POST"]


def done(request: Request, pk: int, action: Callable[..., Visit], text: str) -> HttpResponse:
    """Do it and say so; or say why not."""
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    try:
        with telling(request, visit) if request.user.is_office else nullcontext():
            action(visit=visit, by=request.user)
    except StaleRecordError:
        messages.error(request, _("This visit is not there any more."))
    except UnreadChangesError:
        raise
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(request, text)
    return back_from(request, visit)


def back_from(request: Request, visit: Visit) -> HttpResponse:
    """To where the button was, and to the visit as long as the person sees it."""
    if back := asked_back(request):
        return redirect(back)
    seen = Visit.objects.visible_to(request.user).filter(pk=visit.pk).exists()
    return redirect("visit_detail", visit.pk) if seen else redirect("home")


def asked_back(request: Request) -> str:
    """The page of this site that the button names; empty if it names none."""
    back = request.POST.get("back", "") or request.GET.get("back", "")
    is_safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_safe else ""


@allow(Role.SITTER)
@require_POST
def visit_accept(request: Request, pk: int) -> HttpResponse:
    """Of several who accept an offer one has it; the others are told that it is taken."""
    try:
        return done(request, pk, moves.accept_visit, _("Accepted. The visit is yours."))
    except Http404:
        if not was_taken(pk=pk, by=request.user):
            raise
    messages.error(request, moves.AlreadyTakenError().messages[0])
    return redirect(asked_back(request) or "my_schedule")


@allow(Role.SITTER)
@require_http_methods(FORM)
def visit_decline(request: Request, pk: int) -> HttpResponse:
    """Asks first: a visit that was declined is out of the sitter's sight."""
    if request.method == "POST":
        return done(request, pk, moves.decline_visit, _("Declined. The office sees it."))
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    context = {"visit": visit, "back": asked_back(request)}
    return render(request, "schedule/visit_decline.html", context)


@allow(*STAFF)
@require_POST
def visit_arrive(request: Request, pk: int) -> HttpResponse:
    """A sitter who has something to read first gets the visit with it, and the way back."""
    try:
        return done(request, pk, moves.arrive, _("Arrived."))
    except UnreadChangesError as error:
        visit = get_object_or_404(visits_of(request.user), pk=pk)
        context = said_of(visit, request.user) | {
            "refused": error.messages[0],
            "back": asked_back(request),
        }
        return render(request, "schedule/visit_detail.html", context, status=422)


@allow(*STAFF)
@require_POST
def visit_complete(request: Request, pk: int) -> HttpResponse:
    return done(request, pk, moves.complete, _("Completed."))


@allow(*OFFICE)
@require_POST
def visit_restore(request: Request, pk: int) -> HttpResponse:
    return done(request, pk, moves.restore_visit, _("Taken back."))


@allow(*OFFICE)
@require_POST
def visit_unavailable(request: Request, pk: int) -> HttpResponse:
    return done(request, pk, moves.mark_unavailable, _("Marked as unavailable."))


def tell_in(form: forms.Form, error: ValidationError | StaleRecordError) -> None:
    """What an action refused, above the form."""
    gone = _("This visit is not there any more.")
    for message in error.messages if isinstance(error, ValidationError) else [gone]:
        form.add_error(None, message)


@allow(*OFFICE)
@require_http_methods(FORM)
def visit_cancel(request: Request, pk: int) -> HttpResponse:
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            with telling(request, visit):
                moves.cancel_visit(visit=visit, reason=reason, by=request.user)
        except (ValidationError, StaleRecordError) as error:
            tell_in(form, error)
        else:
            messages.success(request, _("Canceled."))
            return redirect("visit_detail", visit.pk)
    context = {"visit": visit, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/visit_cancel.html", context, status=status)


@allow(*OFFICE)
@require_http_methods(FORM)
def visit_copy(request: Request, pk: int) -> HttpResponse:
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = CopyForm(data, initial={"visit_on": visit.visit_on})
    if form.is_bound and form.is_valid():
        try:
            day = form.cleaned_data["visit_on"]
            made = copy_visit(visit=visit, visit_on=day, by=request.user)
        except (ValidationError, StaleRecordError) as error:
            tell_in(form, error)
        else:
            messages.success(request, _("Copied. This is the new visit."))
            return redirect("visit_detail", made.pk)
    context = {"visit": visit, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/visit_copy.html", context, status=status)


@allow(Role.ADMINISTRATOR)
@require_http_methods(FORM)
def visit_delete(request: Request, pk: int) -> HttpResponse:
    """Asks first, and offers to cancel instead."""
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    if request.method == "POST":
        try:
            with telling(request, visit):
                delete_visit(visit=visit, by=request.user)
        except StaleRecordError:
            messages.error(request, _("This visit is not there any more."))
        else:
            messages.success(request, _("The visit was deleted."))
        return redirect("client_detail", visit.client_id)
    return render(request, "schedule/visit_delete.html", {"visit": visit})
