"""The client's own pages. A login may belong to several homes; staff may have a home here too."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.display import WAY_IN, shown_client
from pawfile.profiles.models import Client
from pawfile.profiles.portal import (
    home_name,
    homes_with_pets,
    missing_for_requests,
    still_needed,
)
from pawfile.profiles.reviews import due_of

#: Under this name the session keeps which of several homes the client looked at last.
CHOSEN = "home"


def at_home(request: Request) -> User:
    """Who looks, with a client's rights and no other; 403 for staff without a home here."""
    if not request.user.is_client and not request.user.has_homes:
        raise PermissionDenied
    return request.user.as_client()


@allow(*EVERYBODY)
@require_safe
def my_info(request: Request) -> HttpResponse:
    """The client's own profile; of several homes ``?home=<id>``, else the one looked at last."""
    reader = at_home(request)
    homes = list(Client.objects.visible_to(reader).with_links())
    policy = policy_for(reader, "client")
    context: dict[str, Any] = {"can_edit": bool(policy.editable)}
    client = chosen_home(request, homes)
    if client is not None:
        context |= {
            "client": client,
            "homes": [(home.pk, home_name(home, policy)) for home in homes],
            "needed": still_needed(client, policy),
            "due_count": len(due_of(client, reader)),
            "can_start": request.user.is_client and bool(missing_for_requests(client, reader)),
            "shows_entry": WAY_IN in policy,
            "sections": shown_client(client, reader=reader, company=request.company),
        }
    return render(request, "profiles/my_info.html", context)


def chosen_home(request: Request, homes: list[Client]) -> Client | None:
    """The home to show; ``None`` if the login belongs to none. Somebody else's is not found."""
    asked = request.GET.get("home")
    if asked is None:
        last = request.session.get(CHOSEN)
        return next((home for home in homes if home.pk == last), homes[0] if homes else None)
    for home in homes:
        if str(home.pk) == asked:
            remember_home(request, home)
            return home
    raise Http404


def remember_home(request: Request, home: Client) -> None:
    """My Info comes back to this home."""
    if request.session.get(CHOSEN) != home.pk:
        request.session[CHOSEN] = home.pk


@allow(*EVERYBODY)
@require_safe
def my_pets(request: Request) -> HttpResponse:
    """The client's pets as cards, home by home."""
    reader = at_home(request)
    homes = list(Client.objects.visible_to(reader))
    policy = policy_for(reader, "pet")
    context = {
        "homes": homes_with_pets(
            homes, reader=reader, company=request.company, today=timezone.localdate()
        ),
        "can_edit": bool(policy.editable),
    }
    return render(request, "profiles/my_pets.html", context)
