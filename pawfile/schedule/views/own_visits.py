"""What a client does with the own visits: request, change, withdraw, or ask the office for it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.prepared import fetch
from pawfile.profiles.models import Client
from pawfile.profiles.portal import home_name, missing_for_requests
from pawfile.profiles.views.portal import at_home, chosen_home
from pawfile.schedule.actions.requests import (
    ask_cancel,
    ask_change,
    change_request,
    request_visits,
    reviews_awaited,
    take_back,
    withdraw_request,
)
from pawfile.schedule.forms.requests import CancelForm, ChangeForm, Offered, RequestForm, offered_to
from pawfile.schedule.models import Visit, VisitStatus
from pawfile.schedule.own_visits import Told, homes_with_visits, own_visit, pets_of


@allow(*EVERYBODY)
@require_safe
def own_visits(request: Request) -> HttpResponse:
    """The own visits of somebody who works here too; a client's My Schedule is that already."""
    return own_schedule(request)


def own_schedule(request: Request) -> HttpResponse:
    """The visits of the login's homes: the next and the last ones, with ``?all=1`` all of them."""
    reader, shows_all = at_home(request), "all" in request.GET
    homes, has_more = homes_with_visits(reader, company=request.company, shows_all=shows_all)
    context = {"homes": homes, "has_more": has_more and not shows_all}
    return render(request, "schedule/own_visits.html", context | page_of(request))


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_request(request: Request) -> HttpResponse:
    """Ask for visits at ``?home=<id>``, or say why that cannot be yet (rule 73)."""
    reader = at_home(request)
    homes = fetch(Client.objects.visible_to(reader))
    client = chosen_home(request, homes)
    offered = Offered([], []) if client is None else offered_to(reader, client)
    policy = policy_for(reader, "client")
    context: dict[str, Any] = page_of(request) | {
        "client": client,
        "homes": [(home.pk, home_name(home, policy)) for home in homes],
    }
    if client is not None:
        context |= what_is_missing(reader, client, offered)
    if client is None or context["is_closed"]:
        status = 422 if request.method == "POST" else 200
        return render(request, "schedule/visit_request.html", context, status=status)
    form = RequestForm(
        client=client, offered=offered, company=request.company, data=posted(request)
    )

    def save() -> None:
        days = form.days
        values = {key: value for key, value in form.values.items() if key != "visit_on"}
        request_visits(client=client, days=days, by=request.user, **values)
        said = ngettext("Requested. %d visit waits for the office.",
                        "Requested. %d visits wait for the office.", len(days))  # fmt: skip
        messages.success(request, said % len(days))

    return saved_or_shown(request, form, save, "schedule/visit_request.html", context)


def what_is_missing(reader: User, client: Client, offered: Offered) -> dict[str, Any]:
    missing, is_offered = missing_for_requests(client, reader, offered.pets), bool(offered.services)
    due_count = reviews_awaited(client, reader)
    return {
        "due_count": due_count,
        "missing": missing,
        "is_offered": is_offered,
        "is_closed": client.is_inactive or bool(missing or due_count) or not is_offered,
    }


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def own_visit_change(request: Request, pk: int) -> HttpResponse:
    """Change what is only requested; of a planned visit, ask the office for something else."""
    visit = own(request, pk)
    if visit.status == VisitStatus.REQUESTED:
        form: forms.Form = RequestForm(
            client=visit.client,
            offered=offered_to(at_home(request), visit.client),
            company=request.company,
            visit=visit,
            data=posted(request),
        )

        def save() -> None:
            change_request(visit=visit, values=form.values, by=request.user)  # type: ignore[attr-defined]
            messages.success(request, _("Your request was changed."))

    else:
        form = ChangeForm(visit=visit, data=posted(request))

        def save() -> None:
            ask_change(visit=visit, by=request.user, **form.cleaned_data)
            messages.success(request, _("The office has your request and will answer."))

    return saved_or_shown(
        request, form, save, "schedule/own_visit_change.html", about(request, visit)
    )


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def own_visit_cancel(request: Request, pk: int) -> HttpResponse:
    """Withdraw what is only requested; ask the office to cancel a planned visit (rule 84)."""
    visit = own(request, pk)
    form = CancelForm(posted(request))

    def save() -> None:
        if visit.status == VisitStatus.REQUESTED:
            withdraw_request(visit=visit, by=request.user)
            messages.success(request, _("Your request was withdrawn."))
        else:
            ask_cancel(visit=visit, by=request.user, **form.cleaned_data)
            messages.success(request, _("The office has your request and will answer."))

    return saved_or_shown(
        request, form, save, "schedule/own_visit_cancel.html", about(request, visit)
    )


@allow(*EVERYBODY)
@require_POST
def own_visit_take_back(request: Request, pk: int) -> HttpResponse:
    """Take back what the office has not answered yet; the visit stays as it is."""
    try:
        take_back(visit=own(request, pk), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except StaleRecordError:
        messages.error(request, _("This visit is not there any more."))
    else:
        messages.success(request, _("Taken back. The visit stays as planned."))
    return redirect(page_of(request)["own_url"])


def page_of(request: Request) -> dict[str, str]:
    """Where the own visits are, and what that page is called."""
    if request.user.is_client:
        return {"own_url": reverse("my_schedule"), "own_title": _("My Schedule")}
    return {"own_url": reverse("own_visits"), "own_title": _("Visits at home")}


def own(request: Request, pk: int) -> Visit:
    visits = Visit.objects.visible_to(request.user.as_client()).select_related(
        "client", "service", "block", "sitter"
    )
    return get_object_or_404(visits, pk=pk)


def about(request: Request, visit: Visit) -> dict[str, Any]:
    pets = pets_of([visit.pk], at_home(request))[visit.pk]
    told = Told.of(visit)
    return {"own": own_visit(told, now=timezone.now(), pets=pets, company=request.company)}


def posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def saved_or_shown(
    request: Request,
    form: forms.Form,
    save: Callable[[], None],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Do it and go back to the schedule; or show the form with what the rules say against it."""
    if form.is_bound and form.is_valid():
        try:
            save()
        except StaleRecordError:
            messages.error(request, _("This visit is not there any more."))
            return redirect(page_of(request)["own_url"])
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(page_of(request)["own_url"])
    status = 422 if form.is_bound else 200
    context |= page_of(request) | {"form": form}
    return render(request, template, context, status=status)


def add_refusal(form: forms.Form, refusal: ValidationError) -> None:
    """Each sentence at its field; what belongs to no field of the form on top."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for key, errors in refusal.error_dict.items():
        form.add_error(key if key in form.fields else None, errors)
