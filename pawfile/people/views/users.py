from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.lib.htmx import render
from pawfile.people.actions import LastAdministratorError, change_user
from pawfile.people.forms import LAST, UserForm
from pawfile.people.lists import ROLES, USER_STATES, Filters, invited_staff, user_page
from pawfile.people.views.shared import person_page, tell_changes


@allow(Role.ADMINISTRATOR)
@require_safe
def user_list(request: Request) -> HttpResponse:
    filters = Filters.read(request.GET, USER_STATES)
    context: dict[str, Any] = {
        "filters": filters,
        "invited": invited_staff(reader=request.user),
        "page": user_page(filters, reader=request.user),
        "roles": ROLES,
        "states": USER_STATES,
    }
    return render(request, "people/user_list.html", context, partial="results")


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def user_detail(request: Request, pk: int) -> HttpResponse:
    user = get_object_or_404(
        User.objects.visible_to(request.user).staff().with_proofs_known(), pk=pk
    )
    if request.method != "POST":
        return person_page(request, user)
    form = UserForm(user, request.POST, by=request.user)
    if not form.is_valid() or form.questions:
        return person_page(request, user, form)
    try:
        changed = change_user(user=user, values=form.cleaned_data, by=request.user)
    except LastAdministratorError:
        form.add_error("role", LAST)
        return person_page(request, user, form)
    tell_changes(request, changed)
    is_no_longer_allowed = user.pk == request.user.pk and "role" in form.changed_data
    return redirect("home") if is_no_longer_allowed else redirect("user_detail", user.pk)
