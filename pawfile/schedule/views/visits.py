"""Pages of single visits: new ones, one with all about it, and changing it."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import OFFICE, STAFF, User
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client
from pawfile.profiles.views.forms import found_for
from pawfile.schedule.actions.series import add_series
from pawfile.schedule.actions.telling import sitters_told
from pawfile.schedule.actions.visits import add_visit, change_visit
from pawfile.schedule.checking import Check
from pawfile.schedule.detail import MOST_UPCOMING, said_of, upcoming_of
from pawfile.schedule.forms.repeat import RepeatForm, tell_in_forms
from pawfile.schedule.forms.visits import ChangeVisitForm, NewVisitForm
from pawfile.schedule.models import Series, Visit, VisitEvent
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.times import day_of

#: Clients offered to browsers without script.
MOST_CLIENTS = 200


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_create(request: Request) -> HttpResponse:
    """Visits of ``?client=``, or first the question whose; ``on`` and ``sitter`` are preset."""
    client = asked_client(request)
    if client is None:
        clients = Client.objects.visible_to(request.user).current()
        offered = clients.only("first_name", "last_name", "sort_name")[:MOST_CLIENTS]
        return render(request, "schedule/visit_create.html", {"clients": offered})
    form, check = new_form(request, client), Check()
    repeat_form = RepeatForm.on(form.initial["visit_on"], form.data if form.is_bound else None)
    is_whole = form.is_valid() & repeat_form.is_valid()
    if is_whole and repeat_form.takes(form.cleaned_data["visit_on"]):
        check = form.check_with(request.company)
        if form.is_valid() and is_confirmed(request, check):
            made = add_visits(request, form, repeat_form)
            if made:
                return redirect("visit_detail", made[0].pk)
    context = {"client": client, "form": form, "repeat_form": repeat_form, "check": check}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/visit_create.html", context, status=status)


def asked_client(request: Request) -> Client | None:
    """The client of the address; 404 for one who is not there for this person."""
    asked = request.GET.get("client", "")
    if not is_id(asked):
        return None
    clients = Client.objects.visible_to(request.user).with_links()
    return get_object_or_404(clients, pk=int(asked))


def new_form(request: Request, client: Client) -> NewVisitForm:
    initial: dict[str, Any] = {"visit_on": day_of(request.GET.get("on")) or timezone.localdate()}
    sitter = request.GET.get("sitter", "")
    if is_id(sitter):
        initial["assign_to"] = sitter
    elif client.primary_sitter_id:
        initial["assign_to"] = "primary"
    data = request.POST if request.method == "POST" else None
    return NewVisitForm(data, client=client, by=request.user, initial=initial)


def is_confirmed(request: Request, check: Check) -> bool:
    """Nothing warns, or the person has read exactly these warnings."""
    return not check.warnings or request.POST.get("is_sure") == check.sign


def add_visits(request: Request, form: NewVisitForm, repeat_form: RepeatForm) -> list[Visit]:
    """All of them or, when one is refused, none; then the forms say why."""
    given = form.cleaned_data
    keys = ("block", "exact_time", "is_training", "note")
    values: dict[str, Any] = (
        {key: given[key] for key in keys} | form.answer | {"pets": list(given["pets"])}
    )
    values |= {"client": form.client, "by": request.user}
    day: date = given["visit_on"]
    series: list[Series] = []
    try:
        with transaction.atomic():
            if repeat_form.repeats:
                rule: dict[str, Any] = {"repeat": repeat_form.repeat_from(day), "starts_on": day}
                rule["until_on"] = repeat_form.cleaned_data["until_on"]
                series = [add_series(service=each, **rule, **values) for each in given["services"]]
                made = list(Visit.objects.visible_to(request.user).filter(series__in=series))
            else:
                made = [
                    add_visit(service=each, visit_on=day, **values) for each in given["services"]
                ]
    except ValidationError as error:
        tell_in_forms(error, form, repeat_form)
        return []
    text = ngettext("%d visit is in the schedule.", "%d visits are in the schedule.", len(made))
    said = [text % len(made)]
    if series and (last := series[0].generated_until_on) and goes_on(series[0]):
        until = date_format(last, "j F Y")
        said.append(_("That is up to %s; later ones are added day by day.") % until)
    messages.success(request, " ".join(said))
    return made


def goes_on(series: Series) -> bool:
    """Not all its visits are made yet."""
    last = series.generated_until_on
    return last is None or series.until_on is None or series.until_on > last


@allow(*OFFICE)
@require_POST
def visit_check(request: Request) -> HttpResponse:
    """What the form of new visits comes to as it is typed by now: prices, why, and warnings."""
    client = asked_client(request)
    check = Check()
    if client is not None:
        form = new_form(request, client)
        check = form.check_with(request.company) if form.is_valid() else check
    return render(request, "schedule/visit_check.html", {"check": check})


def visits_of(reader: User) -> VisitQuerySet:
    links = ("client", "service", "block", "sitter", "created_by", "series")
    return Visit.objects.visible_to(reader).select_related(*links)


def telling(
    request: Request, visit: Visit, visits: VisitQuerySet | None = None
) -> AbstractContextManager[None]:
    """The sitters of this visit, or of ``visits`` of the same client, hear of what is done."""
    return sitters_told(
        Visit.objects.visible_to(request.user).filter(pk=visit.pk) if visits is None else visits,
        client=visit.client,
        by=request.user,
        site=request.build_absolute_uri("/"),
    )


@allow(*EVERYBODY)
@require_safe
def visit_detail(request: Request, pk: int) -> HttpResponse:
    visit, reader = found_for(request, visits_of, pk)
    return render(request, "schedule/visit_detail.html", said_of(visit, reader))


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_edit(request: Request, pk: int) -> HttpResponse:
    """Change it; who comes too late is told what the other did, and saves again or leaves it."""
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    form = ChangeVisitForm(request.POST if request.method == "POST" else None, visit=visit)
    check, events = Check(), no_events()
    if form.is_bound and form.is_valid():
        check = form.check_with(request.company)
        if form.is_valid() and is_confirmed(request, check):
            opened = form.cleaned_data["version"] or visit.version
            try:
                with telling(request, visit):
                    values = form.cleaned_data
                    change_visit(visit=visit, values=values, opened_version=opened, by=request.user)
            except StaleRecordError:
                visit = get_object_or_404(visits_of(request.user), pk=pk)
                events = visit.events.filter(version__gt=opened).select_related("done_by")
            except ValidationError as error:
                form.add_errors(error)
            else:
                messages.success(request, _("Saved."))
                return redirect("visit_detail", visit.pk)
    context = {
        "visit": visit,
        "form": form,
        "check": check,
        "events": events,
        # Who has been told of the other's changes saves over them knowingly.
        "version": visit.version if events or not form.is_bound else form["version"].value(),
    }
    status = 409 if events else 422 if form.is_bound else 200
    return render(request, "schedule/visit_edit.html", context, status=status)


def no_events() -> Iterable[VisitEvent]:
    return ()


@allow(*STAFF)
@require_safe
def client_visits(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile that says which visits come next."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    found = list(upcoming_of(client, request.user)[: MOST_UPCOMING + 1])
    context = {
        "client": client,
        "visits": found[:MOST_UPCOMING],
        "has_more": len(found) > MOST_UPCOMING,
    }
    return render(request, "schedule/client_visits.html", context, partial="card")
