"""A signed-in person with a code: a further home joins the login."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person
from pawfile.accounts.limits import TooManyTriesError, take_try
from pawfile.accounts.models import Door, User
from pawfile.invites.actions import (
    AlreadyJoinedError,
    CodeError,
    StaffCodeError,
    invite_of_code,
    redeem_invite,
)
from pawfile.invites.forms import CodeForm
from pawfile.invites.models import Invite
from pawfile.lib.htmx import render


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def invite_redeem(request: Request) -> HttpResponse:
    """With ``?code=`` it says what the code does and asks; sending the form does it."""
    has_code = request.method == "POST" or "code" in request.GET
    form = CodeForm((request.POST or request.GET) if has_code else None)
    context: dict[str, Any] = {"form": form, "invite": None}
    if form.is_valid():
        try:
            tried = take_try(request, action=Door.CODE, key=request.user.email)
            invite = client_invite_of(form.cleaned_data["code"], user=request.user)
            tried.rollback()
            if request.method == "POST":
                redeem_invite(invite=invite, user=request.user)
                return joined(request, invite.client_id)
            context["invite"] = invite
        except CodeError as error:
            form.add_error("code", str(error))
        except TooManyTriesError as error:
            form.add_error("code", error)
    status = 422 if form.errors else 200
    return render(request, "invites/invite_redeem.html", context, status=status)


def client_invite_of(code: str, *, user: User) -> Invite:
    """The open invite of a client. Staff codes are for people who have no login yet."""
    invite = invite_of_code(code)
    if invite.client is None:
        raise StaffCodeError
    if invite.client.logins.filter(pk=user.pk).exists():
        raise AlreadyJoinedError
    return invite


def joined(request: Request, client_id: int | None) -> HttpResponse:
    messages.success(request, _("The home is in your login now."))
    if request.user.is_client:
        return redirect(f"{reverse('my_info')}?home={client_id}")
    return redirect("home")
