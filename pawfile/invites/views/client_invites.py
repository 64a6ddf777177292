"""The doors of one client: who signs in, who is invited, inviting one person more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.invites.actions import AlreadyInvitedError, InviteError, invite_client
from pawfile.invites.forms import InviteForm
from pawfile.invites.listing import invites_of
from pawfile.invites.refusals import (
    HasLoginError,
    InactiveClientError,
    own_address,
    refusal_of,
    with_doors,
)
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client


@allow(*OFFICE)
@require_safe
def client_invites(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile that says who signs in and who is invited."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    context = {
        "client": client,
        "logins": client.logins.order_by("name", "pk"),
        "rows": invites_of(client, reader=request.user),
    }
    return render(request, "invites/client_invites.html", context, partial="card")


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def client_invite(request: Request, pk: int) -> HttpResponse:
    """Invite one person; ``?another=1`` for one more of a household that signs in already."""
    client = get_object_or_404(with_doors(Client.objects.visible_to(request.user)), pk=pk)
    is_another = "another" in request.GET
    own = "" if is_another else own_address(client, reader=request.user)
    refusal = refusal_of(client, own, by=request.user, is_another=is_another)
    preset = "" if isinstance(refusal, AlreadyInvitedError) else own
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"email": preset})
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            invite_client(
                client=client,
                email=email,
                words=form.cleaned_data["words"],
                by=request.user,
                site=request.build_absolute_uri("/"),
                is_another=is_another,
            )
        except InviteError as error:
            refusal = error
            if not closes_the_form(error, is_another=is_another):
                form.add_error("email", str(error))
        else:
            messages.success(request, _("An invite is on its way to %s.") % email)
            return redirect("client_detail", client.pk)
    context = {
        "client": client,
        "form": None if closes_the_form(refusal, is_another=is_another) else form,
        "refusal": refusal,
        "is_another": is_another,
        "has_login": isinstance(refusal, HasLoginError),
        "invited": refusal.invite if isinstance(refusal, AlreadyInvitedError) else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "invites/client_invite.html", context, status=status)


def closes_the_form(refusal: InviteError | None, *, is_another: bool) -> bool:
    """Whether no address at all could be invited."""
    if isinstance(refusal, HasLoginError):
        return not is_another
    return isinstance(refusal, InactiveClientError)
