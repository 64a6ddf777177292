"""View as client, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.people.viewing import VIEWING, record_viewing


@allow(Role.ADMINISTRATOR)
@require_POST
def login_view(request: Request, pk: int) -> HttpResponse:
    """From the next page on the administrator sees what this client sees."""
    login = get_object_or_404(User.objects.visible_to(request.user).client_logins(), pk=pk)
    if not login.is_active:
        messages.error(request, _("%s cannot sign in, so there is nothing to see.") % login)
        return redirect("login_detail", login.pk)
    record_viewing(login=login, by=request.user)
    request.session[VIEWING] = login.pk
    return redirect("home")


@allow(Role.ADMINISTRATOR, Role.CLIENT)
@require_POST
def view_end(request: Request) -> HttpResponse:
    """Back to the administrator's own view. Nothing to do for who does not view as anybody."""
    request.session.pop(VIEWING, None)
    if not request.user.viewed_by:
        return redirect("home")
    record_viewing(login=request.user, by=request.user, is_over=True)
    return redirect("login_detail", request.user.pk)
