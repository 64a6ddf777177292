from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.lists import Listed, read_lists
from pawfile.profiles.models import Client
from pawfile.schedule import board
from pawfile.schedule.board import Filters, View
from pawfile.schedule.lanes import lanes
from pawfile.schedule.models import WORDS, Service
from pawfile.schedule.visit_table import HEADINGS, ORDERS, table_boxes, table_page

#: Where a session keeps how this person looks at the schedule.
REMEMBERED = "schedule_view"


@allow(*OFFICE)
@require_safe
def schedule(request: Request) -> HttpResponse:
    """The Master Schedule: all visits, by day, week, month or as a table."""
    filters = read_filters(request, request.GET)
    if request.session.get(REMEMBERED, View.DAY) != filters.view:
        request.session[REMEMBERED] = filters.view
    offered = choices(request, filters)
    context = {**offered, **shown(request, filters, offered["sitters"])}
    return render(request, "schedule/schedule.html", context, partial="board")


def read_filters(request: Request, query: Any) -> Filters:
    return Filters.read(
        query,
        policy_for(request.user, "client"),
        today=timezone.localdate(),
        view=request.session.get(REMEMBERED, ""),
    )


def shown(request: Request, filters: Filters, sitters: list[Listed]) -> dict[str, Any]:
    """What the board of this view is drawn from; ``sitters`` have lanes, visits or not."""
    reader = request.user
    context: dict[str, Any] = {"filters": filters, "today": timezone.localdate()}
    if filters.view == View.MONTH:
        return context | {"weeks": board.month_days(filters, reader=reader)}
    if filters.view == View.TABLE:
        page = table_page(filters, reader=reader)
        found = table_boxes(page, reader=reader)
        return context | {"page": page, "boxes": found, "columns": HEADINGS, "orders": ORDERS}
    found = board.boxes(board.filtered(filters, reader=reader), reader=reader)
    made = lanes(filters, found, sitters)
    return context | {
        "count": len(found),
        "open_lanes": [lane for lane in made if lane.is_open],
        "lanes": [lane for lane in made if not lane.is_open],
        "days": [cell.on for cell in made[0].cells] if made else [],
    }


def choices(request: Request, filters: Filters) -> dict[str, Any]:
    """What the filters offer."""
    has_territories = "territory" in policy_for(request.user, "client")
    services = Service.objects.visible_to(request.user).values_list("pk", "name")
    context: dict[str, Any] = {
        "views": View.choices,
        "statuses": WORDS.items(),
        "services": services,
        **read_lists("sitters", *["territories"] * has_territories),
    }
    if filters.client is not None:
        homes = Client.objects.visible_to(request.user).filter(pk=filters.client)
        context["client"] = homes.only("first_name", "last_name").first()
    return context
