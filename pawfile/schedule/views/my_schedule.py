"""My Schedule: the sitter's day and week, the client's own visits."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.schedule.actions.moves import (
    AlreadyTakenError,
    accept_visit,
    arrive,
    complete,
    decline_visit,
)
from pawfile.schedule.assigning import was_taken
from pawfile.schedule.mine import WEEK, boxes_of, offers_to, visits_of_day, visits_of_week
from pawfile.schedule.models import Visit
from pawfile.schedule.views.own_visits import own_schedule

#: What a sitter does with a visit, and what is said when it is done.
DOES: dict[str, tuple[Callable[..., Any], Any]] = {
    "accept": (accept_visit, gettext_lazy("Accepted. It is yours.")),
    "decline": (decline_visit, gettext_lazy("Declined. The office finds somebody else.")),
    "arrive": (arrive, gettext_lazy("You are there. Have a good visit.")),
    "complete": (complete, gettext_lazy("Completed. Thank you.")),
}
TAKEN = gettext_lazy("Already taken: another sitter was first to accept this visit.")


@allow(Role.SITTER, Role.CLIENT)
@require_safe
def my_schedule(request: Request) -> HttpResponse:
    """A sitter's day, ``?on=2026-03-08``, or with ``?view=week`` seven days; a client's visits."""
    if request.user.is_client:
        return own_schedule(request)
    today = timezone.localdate()
    day = day_of(request.GET.get("on", ""), today)
    is_week = request.GET.get("view") == "week"
    step = timedelta(days=WEEK if is_week else 1)
    context: dict[str, Any] = {
        "day": day,
        "today": today,
        "is_week": is_week,
        "last_day": day + timedelta(days=WEEK - 1),
        "earlier_url": schedule_url(day - step, is_week=is_week),
        "later_url": schedule_url(day + step, is_week=is_week),
        "day_url": schedule_url(day),
        "week_url": schedule_url(day, is_week=True),
    }
    if is_week:
        context["week"] = visits_of_week(request.user, day)
        return render(request, "schedule/my_week.html", context)
    wanted: dict[str, Any] = {"reader": request.user, "company": request.company, "today": today}
    context["boxes"] = boxes_of(visits_of_day(request.user, day, today=today), **wanted)
    context["offers"] = boxes_of(offers_to(request.user, day, today=today), **wanted)
    return render(request, "schedule/my_schedule.html", context)


def day_of(text: str, today: date) -> date:
    """The day of an address; whatever is no day of these decades is today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2100 else today


def schedule_url(day: date, *, is_week: bool = False) -> str:
    asked = ({"view": "week"} if is_week else {}) | {"on": day.isoformat()}
    return f"{reverse('my_schedule')}?{urlencode(asked)}"


@allow(Role.SITTER)
@require_POST
def my_visit_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Accept, decline, arrive, complete; back to the day, at that box."""
    if step not in DOES:
        raise Http404
    visit = Visit.objects.visible_to(request.user).filter(pk=pk).first()
    if visit is None:
        if step != "accept" or not was_taken(pk=pk, by=request.user):
            raise Http404
        messages.error(request, TAKEN)
        return redirect("my_schedule")
    action, said = DOES[step]
    try:
        action(visit=visit, by=request.user)
    except AlreadyTakenError:
        messages.error(request, TAKEN)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except StaleRecordError:
        messages.error(request, _("The visit is no longer there."))
    else:
        messages.success(request, said)
    return redirect(f"{schedule_url(visit.visit_on)}#visit-{visit.pk}")
