"""Which homes the office should think about before somebody stands in front of the door."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pawfile.access.plan import may_see_plan
from pawfile.access.weak_plans import weak_plans
from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render


@allow(*OFFICE)
@require_safe
def entry_plan_list(request: Request) -> HttpResponse:
    if not may_see_plan(request.user):
        raise Http404
    plans, has_more = weak_plans(request.user, company=request.company)
    context = {"plans": plans, "has_more": has_more}
    return render(request, "access/entry_plan_list.html", context)
