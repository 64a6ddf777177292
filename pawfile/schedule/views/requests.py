"""What clients have asked for, and the office's answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.schedule.actions.requests import answer_request
from pawfile.schedule.forms.requests import AnswerForm
from pawfile.schedule.models import ChangeRequest, Visit
from pawfile.schedule.views.words import warn_of_code
from pawfile.schedule.waiting import open_asks, requested_visits


@allow(*OFFICE)
@require_safe
def request_list(request: Request) -> HttpResponse:
    """New requests, and what is asked about planned visits; the soonest first."""
    return listed(request, {})


def listed(request: Request, forms: dict[int, AnswerForm], *, status: int = 200) -> HttpResponse:
    """``forms``: the ask that was being answered → what was typed."""
    asks = open_asks(ChangeRequest.objects.visible_to(request.user))
    context = {
        "visits": requested_visits(Visit.objects.visible_to(request.user)),
        "asks": [(ask, forms.get(ask.asked.pk) or form_for(ask.asked.pk)) for ask in asks],
    }
    return render(request, "schedule/request_list.html", context, status=status)


def form_for(pk: int, data: object = None) -> AnswerForm:
    """Each has ids of its own: there are many on one page, and words typed in another card stay."""
    form = AnswerForm(data, auto_id=f"id_{pk}_%s")  # type: ignore[arg-type]
    if not form.is_bound:
        form.fields["reply"].widget.attrs["hx-preserve"] = "true"
    return form


@allow(*OFFICE)
@require_POST
def request_answer(request: Request, pk: int) -> HttpResponse:
    """Approve or decline, and tell whom it concerns (rule 86)."""
    asks = ChangeRequest.objects.visible_to(request.user).select_related("visit__client")
    asked, form = get_object_or_404(asks, pk=pk), form_for(pk, request.POST)
    if problem := answered(request, asked, form):
        messages.error(request, problem)
        return listed(request, {pk: form}, status=422)
    approved = _("Approved. Client and sitter are told by mail.")
    messages.success(
        request, approved if form.is_approved else _("Declined. The client is told by mail.")
    )
    warn_of_code(request, form.cleaned_data["reply"])
    return redirect("request_list")


def answered(request: Request, asked: ChangeRequest, form: AnswerForm) -> str:
    """Answer it; else why not, in words."""
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    try:
        answer_request(
            asked=asked,
            is_approved=form.is_approved,
            reply=form.cleaned_data["reply"],
            by=request.user,
            site=request.build_absolute_uri("/"),
        )
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except StaleRecordError:
        return _("The visit is no longer there.")
    return ""
