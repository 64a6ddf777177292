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
from pawfile.schedule.models import ChangeRequest, Visit
from pawfile.schedule.waiting import open_asks, requested_visits


@allow(*OFFICE)
@require_safe
def request_list(request: Request) -> HttpResponse:
    """New requests, and what is asked about planned visits; the soonest first."""
    visits = requested_visits(Visit.objects.visible_to(request.user))
    asks = open_asks(ChangeRequest.objects.visible_to(request.user))
    return render(request, "schedule/request_list.html", {"visits": visits, "asks": asks})


@allow(*OFFICE)
@require_POST
def request_answer(request: Request, pk: int) -> HttpResponse:
    """Approve or decline, and tell whom it concerns (rule 86)."""
    asks = ChangeRequest.objects.visible_to(request.user).select_related("visit__client")
    asked = get_object_or_404(asks, pk=pk)
    answer = request.POST.get("answer")
    if answer not in ("approve", "decline"):
        messages.error(request, _("Choose one of the two answers."))
        return redirect("request_list")
    site = request.build_absolute_uri("/")
    try:
        answer_request(asked=asked, is_approved=answer == "approve", by=request.user, site=site)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except StaleRecordError:
        messages.error(request, _("The visit is no longer there."))
    else:
        approved = _("Approved. Client and sitter are told by mail.")
        messages.success(
            request, approved if answer == "approve" else _("Declined. The client is told by mail.")
        )
    return redirect("request_list")
