from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.fields.policy import policy_for
from pawfile.profiles import table
from pawfile.profiles.models import Client
from pawfile.profiles.words import searchable_keys

OFFERED = 12


@allow(*EVERYBODY)
@require_safe
def client_picker(request: Request) -> HttpResponse:
    """The first clients that fit what was typed, as links or, with ``for=form``, as choices.

    The Inactive are found too, but are no choice.
    """
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    is_form = request.GET.get("for") == "form"
    everybody = Client.objects.visible_to(request.user)
    clients = everybody.current() if is_form or not query else everybody
    if query:
        clients = clients.search(query, reader=request.user, keys=searchable_keys(request.user))
    found = clients.values(*table.LIST_COLUMNS)[:OFFERED]
    policy = policy_for(request.user, "client")
    context = {
        "rows": [table.row_of(client, policy, pets=[]) for client in found],
        "query": query,
        "is_form": is_form,
    }
    return render(request, "profiles/picker_options.html", context)
