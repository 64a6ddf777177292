"""Inviting people who are to work here. They become users when they use the code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.invites.actions import InviteError, invite_staff
from pawfile.lib.htmx import render
from pawfile.people.forms import StaffInviteForm


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_invite(request: Request) -> HttpResponse:
    form = StaffInviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        site = request.build_absolute_uri("/")
        try:
            invite = invite_staff(**form.cleaned_data, by=request.user, site=site)
        except InviteError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("An invite goes to %s.") % invite.email)
            return redirect("user_list")
    status = 422 if form.is_bound else 200
    return render(request, "people/staff_invite.html", {"form": form}, status=status)
