from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.doubles.actions import keep_apart
from pawfile.doubles.finding import ask_for_search
from pawfile.doubles.models import BookSearch, Merge, Pair
from pawfile.doubles.preview import alike_pets
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.profiles.likeness import WORTH_ASKING, alike, compared, told
from pawfile.profiles.models import Client

PAGE_SIZE = 20
#: What the list shows of the two, as far as the reader may see it.
SHOWN = ("cell_phone", "home_phone", "email", "street", "zip_code", "status")


@allow(*OFFICE)
@require_safe
def double_list(request: Request) -> HttpResponse:
    """Pairs of clients who may be one, those with most in common first."""
    pairs = Pair.objects.visible_to(request.user).open().select_related("one", "other")
    at = request.GET.get("at", "")[:4000]
    page = keyset_page(pairs, column="rank", cursor=at, size=PAGE_SIZE)
    searches = BookSearch.objects.visible_to(request.user)
    context = {
        "page": page,
        "pairs": [shown_pair(request, pair) for pair in page.rows],
        "search": searches.newest_done(),
        "is_waiting": searches.waiting().exists(),
    }
    return render(request, "doubles/double_list.html", context)


def shown_pair(request: Request, pair: Pair) -> dict[str, Any]:
    policy, pets = policy_for(request.user, "client"), policy_for(request.user, "pet")
    return {
        "pair": pair,
        "reasons": told(pair.reasons, policy, pets),
        "rows": compared(pair.one, pair.other, policy, keys=SHOWN),
    }


@allow(*OFFICE)
@require_POST
def double_search(request: Request) -> HttpResponse:
    """Have the worker look through the book now."""
    ask_for_search()
    messages.success(request, _("Pawfile looks through the book. Come back in a minute."))
    return redirect("double_list")


@allow(*OFFICE)
@require_POST
def pair_apart(request: Request, pk: int) -> HttpResponse:
    """The two are not the same, and are never asked about again."""
    pairs = Pair.objects.visible_to(request.user).select_related("one", "other")
    keep_apart(pair=get_object_or_404(pairs, pk=pk), by=request.user)
    messages.success(request, _("Noted: not the same."))
    return redirect("double_list")


@allow(*OFFICE)
@require_safe
def client_doubles(request: Request, pk: int) -> HttpResponse:
    """Who in the book is like this client now, which pets may be one, and what went into it
    before."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    policy, pets = policy_for(request.user, "client"), policy_for(request.user, "pet")
    found = [
        (each.known, reasons)
        for each in alike(client, reasons=WORTH_ASKING)
        if (reasons := told(each.reasons, policy, pets))
    ]
    merges = Merge.objects.visible_to(request.user).filter(client=client)
    context = {
        "client": client,
        "found": found,
        "pets": alike_pets(client, reader=request.user),
        "merges": merges.select_related("pet", "merged_by")[:PAGE_SIZE],
    }
    return render(request, "doubles/client_doubles.html", context)
