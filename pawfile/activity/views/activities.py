from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.activity.log import SEARCHED, Filters, log_page, people
from pawfile.activity.models import ActivityKind
from pawfile.lib.htmx import render


@allow(Role.ADMINISTRATOR)
@require_safe
def activity_list(request: Request) -> HttpResponse:
    filters = Filters.read(request.GET)
    context = {
        "filters": filters,
        "page": log_page(filters, reader=request.user),
        "kinds": ActivityKind.choices,
        "people": people(filters),
        "searched": f"{SEARCHED:,}",
    }
    return render(request, "activity/activity_list.html", context, partial="results")
