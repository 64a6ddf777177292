from dataclasses import replace
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import (
    HttpResponseClientRefresh,
    reswap,
    retarget,
    trigger_client_event,
)

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.schedule import board
from pawfile.schedule.actions.board import assign_seen_visit
from pawfile.schedule.assigning import warnings_for
from pawfile.schedule.board import Filters, View
from pawfile.schedule.choices import assign_choices
from pawfile.schedule.forms.assigning import GiveForm
from pawfile.schedule.lanes import lanes
from pawfile.schedule.models import Visit
from pawfile.schedule.views.schedule import read_filters, shown
from pawfile.schedule.views.visit_steps import asked_back

LINKS = ("client__primary_sitter", "client__secondary_sitter", "service", "block", "sitter")


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_assign(request: Request, pk: int) -> HttpResponse:
    """Whom a visit can be given to, and giving it: a pop-up of the Master Schedule, or a page that
    leads back to where it was opened."""
    visits = Visit.objects.visible_to(request.user)
    visit = get_object_or_404(visits.select_related(*LINKS), pk=pk)
    if request.method != "POST":
        return assign_page(request, visit)
    form = GiveForm(request.POST)
    old = board.lane_of(visit)
    problem = give(request, visit, form) if form.is_valid() else form.first_error
    if problem:
        return refused(request, visit, problem)
    visit = visits.select_related(*LINKS).get(pk=pk)
    return given(request, visit, old)


def give(request: Request, visit: Visit, form: GiveForm) -> str:
    """Give it away; else why not, in words."""
    values = form.cleaned_data
    try:
        assign_seen_visit(
            visit=visit,
            assign_to=values["to"],
            sitter=values["sitter"],
            opened_version=values["version"],
            by=request.user,
            site=request.build_absolute_uri("/"),
        )
    except StaleRecordError:
        return _("Somebody changed this visit meanwhile. You see it as it is now.")
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def given(request: Request, visit: Visit, old: str) -> HttpResponse:
    """Its old lane and its new one come back, with what speaks against it."""
    said, kind = told(visit)
    if not request.htmx:
        messages.add_message(
            request, messages.WARNING if kind == "warning" else messages.SUCCESS, said
        )
        return redirect(asked_back(request) or visit)
    filters = filters_of_page(request)
    if filters is None:
        messages.success(request, said)
        return HttpResponseClientRefresh()
    if filters.is_narrowed or filters.view not in (View.DAY, View.WEEK):
        response = whole_board(request, filters)
    else:
        response = changed_part(request, filters, visit, {old, board.lane_of(visit)})
    return answered(response, said, kind)


def told(visit: Visit) -> tuple[str, str]:
    """What was done, and what warns of it; how loud it is."""
    names = {"client": visit.client, "sitter": visit.sitter}
    if visit.is_for_anyone:
        return _("%(client)s: offered to ANYONE.") % names, "success"
    if visit.sitter is None:
        return _("%(client)s: nobody has this visit now.") % names, "success"
    said = _("%(client)s: given to %(sitter)s.") % names
    warnings = warnings_for(
        visit.sitter, visit.starts_at, visit.ends_at, but=visit, minutes=visit.service.minutes
    )
    return " ".join([said, *warnings]), "warning" if warnings else "success"


def refused(request: Request, visit: Visit, problem: str) -> HttpResponse:
    """Nothing was done: why, and everything as it is now."""
    filters = filters_of_page(request) if request.htmx else None
    if filters is None:
        page = assign_page(request, visit, problem=problem)
        return reswap(retarget(page, "#dialog-content"), "innerHTML") if request.htmx else page
    return answered(whole_board(request, filters, status=422), problem, "error")


def assign_page(request: Request, visit: Visit, *, problem: str = "") -> HttpResponse:
    context = {
        "visit": visit,
        "problem": problem,
        "back": asked_back(request) if request.method == "POST" else came_from(request),
        **assign_choices(visit, reader=request.user),
    }
    status = 422 if problem else 200
    return render(request, "schedule/visit_assign.html", context, partial="dialog", status=status)


def came_from(request: Request) -> str:
    """The page of this site on which the link was; empty if the browser does not say."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    is_other_page = parts.netloc == request.get_host() and parts.path != request.path
    return parts._replace(scheme="", netloc="", fragment="").geturl() if is_other_page else ""


def filters_of_page(request: Request) -> Filters | None:
    """What the page shows that asked; ``None`` if it is no Master Schedule."""
    parts = urlsplit(request.htmx.current_url_abs_path or "")
    if parts.path != reverse("schedule"):
        return None
    # The links of the board are made from the query of the page that it is put into.
    request.GET = QueryDict(parts.query)
    return read_filters(request, request.GET)


def whole_board(request: Request, filters: Filters, *, status: int = 200) -> HttpResponse:
    response = render(
        request,
        "schedule/schedule.html#board",
        shown(request, filters, board.sitters()),
        status=status,
    )
    return reswap(retarget(response, "#board"), "outerHTML")


def changed_part(request: Request, filters: Filters, visit: Visit, keys: set[str]) -> HttpResponse:
    day = replace(filters, view=View.DAY, on=visit.visit_on)
    found = board.boxes(board.filtered(day, reader=request.user), reader=request.user)
    made = [lane for lane in lanes(day, found, board.sitters()) if lane.key in keys]
    context = {"lanes": made, "pk": visit.pk, "is_week": filters.view == View.WEEK}
    return render(request, "schedule/changed_lanes.html", context)


def answered(response: HttpResponse, text: str, kind: str) -> HttpResponse:
    trigger_client_event(response, "dialog-close", {}, after="swap")
    return trigger_client_event(response, "toast", {"text": text, "kind": kind}, after="swap")
