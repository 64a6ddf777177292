"""The client's own pages. A login may belong to several homes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.display import shown_client
from pawfile.profiles.models import Client
from pawfile.profiles.portal import (
    home_name,
    homes_with_pets,
    missing_for_requests,
    still_needed,
)

#: Under this name the session keeps which of several homes the client looked at last.
CHOSEN = "home"


@allow(Role.CLIENT)
@require_safe
def my_info(request: Request) -> HttpResponse:
    """The client's own profile; of several homes ``?home=<id>``, else the one looked at last."""
    homes = list(Client.objects.visible_to(request.user).with_links())
    policy = policy_for(request.user, "client")
    context: dict[str, Any] = {"can_edit": bool(policy.editable)}
    client = chosen_home(request, homes)
    if client is not None:
        context |= {
            "client": client,
            "homes": [(home.pk, home_name(home, policy)) for home in homes],
            "needed": still_needed(client, policy),
            "can_start": bool(policy.editable and missing_for_requests(client, request.user)),
            "sections": shown_client(client, reader=request.user, company=request.company),
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


@allow(Role.CLIENT)
@require_safe
def my_pets(request: Request) -> HttpResponse:
    """The client's pets as cards, home by home."""
    homes = list(Client.objects.visible_to(request.user))
    policy = policy_for(request.user, "pet")
    context = {
        "homes": homes_with_pets(
            homes, reader=request.user, company=request.company, today=timezone.localdate()
        ),
        "can_edit": bool(policy.editable),
    }
    return render(request, "profiles/my_pets.html", context)
