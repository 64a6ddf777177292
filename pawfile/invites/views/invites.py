"""Invites for the office: all of them, many at once, sent again, revoked."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.invites.actions import InviteError, invite_clients, renew_invite, revoke_invite
from pawfile.invites.forms import WordsForm
from pawfile.invites.listing import invite_page, shown
from pawfile.invites.models import Invite, InviteState
from pawfile.invites.refusals import Candidate, candidates_of, with_doors
from pawfile.invites.tasks import BATCH, invite_in_batches
from pawfile.lib.htmx import render
from pawfile.lib.list_filters import StateFilters
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client

#: Ticked clients that are invited in one go.
AT_ONCE = 500


@allow(*OFFICE)
@require_safe
def invite_list(request: Request) -> HttpResponse:
    filters = StateFilters.read(request.GET, states=InviteState.values)
    page = invite_page(filters, reader=request.user)
    context = {
        "filters": filters,
        "page": page,
        "rows": shown(page.rows, reader=request.user),
        "states": InviteState.choices,
    }
    return render(request, "invites/invite_list.html", context, partial="results")


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_create(request: Request) -> HttpResponse:
    """The ticked clients, ``?client=1&client=2``: who gets an invite, who cannot and why."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    ticked = ticked_ids(request.POST if form.is_bound else request.GET)
    if len(ticked) > AT_ONCE:
        too_many = {"ticked": len(ticked), "at_once": AT_ONCE}
        return render(request, "invites/invite_create.html", too_many, status=422)
    clients = Client.objects.visible_to(request.user).filter(pk__in=ticked)
    found = candidates_of(with_doors(clients).order_by("sort_name", "pk"), by=request.user)
    good = [each for each in found if each.refusal is None]
    if good and form.is_valid():
        return send_invites(request, good, words=form.cleaned_data["words"])
    context = {
        "form": form,
        "good": good,
        "refused": [each for each in found if each.refusal is not None],
        "missing": len(ticked) - len(found),
        "ticked": len(ticked),
    }
    status = 422 if form.is_bound else 200
    return render(request, "invites/invite_create.html", context, status=status)


def ticked_ids(sent: QueryDict) -> list[int]:
    """Each ticked id once; what is no id is left out."""
    return list(dict.fromkeys(int(text) for text in sent.getlist("client") if is_id(text)))


def send_invites(request: Request, good: list[Candidate], *, words: str) -> HttpResponse:
    clients, site = [each.client for each in good], request.build_absolute_uri("/")
    if len(clients) > BATCH:
        ids = [client.pk for client in clients]
        invite_in_batches.enqueue(ids, words, request.user.pk, site)
        said = _("%d invites are being made; they appear here as they are.")
        messages.success(request, said % len(ids))
        return redirect("invite_list")
    invites = invite_clients(clients=clients, words=words, by=request.user, site=site)
    sent, left = len(invites), len(good) - len(invites)
    messages.success(
        request,
        ngettext("%d invite is on its way.", "%d invites are on their way.", sent) % sent,
    )
    if left:
        said = ngettext(
            "%d client was invited by somebody else meanwhile.",
            "%d clients were invited by somebody else meanwhile.",
            left,
        )
        messages.info(request, said % left)
    return redirect("invite_list")


@allow(*OFFICE)
@require_POST
def invite_renew(request: Request, pk: int) -> HttpResponse:
    invite = get_object_or_404(Invite.objects.visible_to(request.user), pk=pk)
    try:
        renew_invite(invite=invite, by=request.user, site=request.build_absolute_uri("/"))
    except InviteError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new invite is on its way; the old code is cut."))
    return back(request, invite)


@allow(*OFFICE)
@require_POST
def invite_revoke(request: Request, pk: int) -> HttpResponse:
    invite = get_object_or_404(Invite.objects.visible_to(request.user), pk=pk)
    try:
        revoke_invite(invite=invite, by=request.user)
    except InviteError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invite is revoked; its code no longer works."))
    return back(request, invite)


def back(request: Request, invite: Invite) -> HttpResponse:
    """To the profile or to the users if the button was there, else to the list."""
    if "users" in request.POST:
        return redirect("user_list")
    if "profile" in request.POST and invite.client_id is not None:
        return redirect("client_detail", invite.client_id)
    return redirect("invite_list")
