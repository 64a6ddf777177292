"""Inviting people who are to work here. They become users when they use the code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.invites.actions import InviteError, invite_staff, renew_invite, revoke_invite
from pawfile.invites.models import Invite
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


def invite_of(request: Request, pk: int) -> Invite:
    return get_object_or_404(Invite.objects.visible_to(request.user).filter(client=None), pk=pk)


@allow(Role.ADMINISTRATOR)
@require_POST
def staff_invite_renew(request: Request, pk: int) -> HttpResponse:
    invite, site = invite_of(request, pk), request.build_absolute_uri("/")
    try:
        renew_invite(invite=invite, by=request.user, site=site)
    except InviteError as error:
        messages.error(request, str(error))
    else:
        text = _("A new code goes to %s. The old one no longer works.")
        messages.success(request, text % invite.email)
    return redirect("user_list")


@allow(Role.ADMINISTRATOR)
@require_POST
def staff_invite_revoke(request: Request, pk: int) -> HttpResponse:
    invite = invite_of(request, pk)
    try:
        revoke_invite(invite=invite, by=request.user)
    except InviteError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invite for %s no longer works.") % invite.email)
    return redirect("user_list")
