"""A sitter's times off: days on which assigning a visit warns the office."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.lib.htmx import render
from pawfile.schedule.actions.times_off import add_time_off
from pawfile.schedule.forms.requests import TimeOffForm
from pawfile.schedule.models import TimeOff


@allow(Role.SITTER)
@require_http_methods(["GET", "HEAD", "POST"])
def time_off_list(request: Request) -> HttpResponse:
    """Those to come, and the form that adds one."""
    form = TimeOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _off, count = add_time_off(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            say_kept(request, count)
            return redirect("time_off_list")
    times = TimeOff.objects.visible_to(request.user).filter(last_on__gte=timezone.localdate())
    context = {"form": form, "times": times}
    return render(
        request, "schedule/time_off_list.html", context, status=422 if form.is_bound else 200
    )


def say_kept(request: Request, count: int) -> None:
    """``count``: the sitter's visits on these days."""
    messages.success(request, _("The office sees that you are off."))
    if count:
        said = ngettext(
            "You have %d visit on these days. It stays yours until the office moves it.",
            "You have %d visits on these days. They stay yours until the office moves them.",
            count,
        )
        messages.warning(request, said % count)


@allow(Role.SITTER)
@require_POST
def time_off_remove(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(TimeOff.objects.visible_to(request.user), pk=pk).delete()
    messages.success(request, _("Removed. You can be given visits again."))
    return redirect("time_off_list")
