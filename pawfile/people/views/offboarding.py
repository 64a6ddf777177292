from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pawfile.access.board import keys_held_by
from pawfile.access.codes import known_to
from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.invites.actions import revoke_invite
from pawfile.lib.htmx import render
from pawfile.people.actions import LastAdministratorError, deactivate_user, reassign_clients
from pawfile.people.forms import LAST, ReassignForm
from pawfile.people.lists import sitters_but
from pawfile.people.offboarding import (
    MOST_CLIENTS,
    MOST_KEYS,
    MOST_VISITS,
    clients_naming,
    invites_of,
    sections_of,
    visits_to_reassign,
)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def user_offboard(request: Request, pk: int) -> HttpResponse:
    """What happens when this person leaves, what is left, and the button that does it.

    Of somebody who has left already it shows what is still open.
    """
    user = get_object_or_404(User.objects.visible_to(request.user).staff(), pk=pk)
    is_post = request.method == "POST"
    form = ReassignForm(
        clients=list(clients_naming(user, request.user)),
        sitters=sitters_but(user),
        data=request.POST if is_post else None,
    )
    invites = list(invites_of(user, request.user))
    problem, is_leaving = "", user.is_active and "only" not in request.POST
    if is_post and is_leaving and user.pk == request.user.pk:
        problem = _("Nobody closes the own login. Another administrator can.")
    elif is_post and form.is_valid():
        try:
            settle(request, user, form, is_leaving=is_leaving)
        except LastAdministratorError:
            problem = str(LAST)
        else:
            return redirect("user_detail", user.pk)
    known = known_to(user, reader=request.user)
    context = {
        "codes": list(known.items())[:MOST_CLIENTS],
        "keys": keys_held_by(user)[:MOST_KEYS],
        "person": user,
        "form": form,
        "problem": problem,
        "invites": invites,
        "visits": visits_to_reassign(user, request.user)[:MOST_VISITS],
        "sections": sections_of(user, reader=request.user),
    }
    return render(request, "people/user_offboard.html", context, status=422 if is_post else 200)


@transaction.atomic
def settle(request: Request, user: User, form: ReassignForm, *, is_leaving: bool) -> None:
    """Clients and login as one step: all of it or nothing."""
    given = reassign_clients(sitter=user, choices=form.choices(), by=request.user)
    if is_leaving:
        deactivate_user(user=user, by=request.user)
        messages.success(request, _("%s can no longer sign in.") % user)
    if form.cleaned_data["revokes_invites"]:
        for invite in invites_of(user, request.user):
            revoke_invite(invite=invite, by=request.user)
    if given:
        text = ngettext("%d client was given on.", "%d clients were given on.", len(given))
        messages.success(request, text % len(given))
