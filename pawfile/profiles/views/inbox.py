"""What clients changed: the office's list, ticked off together."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.actions import tick_off, untick
from pawfile.profiles.inbox import MODELS, MOST, changes_for, groups_of

RECENT = "recent"


@allow(*OFFICE)
@require_safe
def change_inbox(request: Request) -> HttpResponse:
    """What nobody ticked off yet; with ``?show=recent`` everything since yesterday."""
    is_recent = request.GET.get("show") == RECENT
    groups, has_more = groups_of(reader=request.user, company=request.company, is_recent=is_recent)
    context = {
        "groups": groups,
        "is_recent": is_recent,
        "has_more": has_more,
        "most": MOST,
    }
    return render(request, "profiles/change_inbox.html", context)


@allow(*OFFICE)
@require_POST
def change_tick(request: Request) -> HttpResponse:
    """Tick off one change, or all that the page showed, of a client or of everybody."""
    chosen = [asked_for(request, subject) for subject in MODELS]
    if all(rows is None for rows in chosen):
        raise Http404
    found = [rows for rows in chosen if rows is not None]
    if request.POST.get("undo"):
        for rows in found:
            untick(rows)
    else:
        count = sum(tick_off(rows, by=request.user) for rows in found)
        done = ngettext("%d change ticked off.", "%d changes ticked off.", count)
        messages.success(request, done % count)
    is_recent = request.POST.get("show") == RECENT
    return redirect(reverse("change_inbox") + (f"?show={RECENT}" if is_recent else ""))


def asked_for(request: Request, subject: str) -> QuerySet[Any] | None:
    """The changes of clients or of pets that are meant, each by its number: what the page did not
    show is nobody's to tick off. ``None`` for none of these."""
    asked = [int(pk) for pk in request.POST.getlist(subject) if is_id(pk)]
    return changes_for(request.user, subject).filter(pk__in=asked) if asked else None
