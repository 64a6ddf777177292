"""My Schedule: the sitter's day and week, the client's own visits."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.lib.htmx import render
from pawfile.schedule.mine import WEEK, boxes_of, offers_to, visits_of_day, visits_of_week
from pawfile.schedule.views.own_visits import own_schedule


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
