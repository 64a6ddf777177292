from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.lib.htmx import render
from pawfile.people.actions import change_user, deactivate_user
from pawfile.people.forms import LoginForm
from pawfile.people.lists import LOGIN_STATES, Filters, login_page
from pawfile.people.views.shared import person_context, person_page, tell_changes


@allow(Role.ADMINISTRATOR)
@require_safe
def login_list(request: Request) -> HttpResponse:
    filters = Filters.read(request.GET, LOGIN_STATES)
    context = {
        "filters": filters,
        "page": login_page(filters, reader=request.user),
        "states": LOGIN_STATES,
    }
    return render(request, "people/login_list.html", context, partial="results")


def login_of(request: Request, pk: int) -> User:
    logins = User.objects.visible_to(request.user).client_logins().with_proofs_known()
    return get_object_or_404(logins, pk=pk)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def login_detail(request: Request, pk: int) -> HttpResponse:
    login = login_of(request, pk)
    if request.method != "POST":
        return person_page(request, login)
    form = LoginForm(login, request.POST)
    if not form.is_valid():
        return person_page(request, login, form)
    tell_changes(request, change_user(user=login, values=form.cleaned_data, by=request.user))
    return redirect("login_detail", login.pk)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def login_deactivate(request: Request, pk: int) -> HttpResponse:
    """Asks once, says what happens, and closes the login."""
    login = login_of(request, pk)
    if request.method == "POST":
        if login.is_active:
            deactivate_user(user=login, by=request.user)
            messages.success(request, _("%s can no longer sign in.") % login)
        return redirect("login_detail", login.pk)
    context = person_context(request, login)
    return render(request, "people/login_deactivate.html", context)
