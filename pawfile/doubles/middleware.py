"""Old addresses of clients and pets that went into another one still lead somewhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from pawfile.accounts.models import User
from pawfile.doubles.models import Merge
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import readers_of

#: How the addresses of a record begin.
CLIENT, PET = "clients/<int:pk>/", "pets/<int:pk>/"


class MergedMiddleware:
    """Where nothing was found under the number of one that went, the reader is led to the same
    page of the one that stayed, unless that is hidden from him or her too. A view first says who
    may see the page at all, and links kept in mails and notes are looked up only when they fail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != 404 or request.method not in ("GET", "HEAD"):
            return answer
        address = address_of_kept(request)
        return redirect(address) if address else answer


def address_of_kept(request: Any) -> str:
    """The same page of the one that stayed; empty if there is none that the reader sees."""
    match = request.resolver_match
    if match is None or not match.route.startswith((CLIENT, PET)):
        return ""
    if not request.user.is_authenticated:
        return ""
    is_pet = match.route.startswith(PET)
    merge = Merge.objects.standing().filter(gone_id=match.kwargs["pk"], pet__isnull=not is_pet)
    kept = merge.values_list("pet_id" if is_pet else "client_id", flat=True).last()
    if kept is None or not is_seen(request.user, Pet if is_pet else Client, kept):
        return ""
    address = reverse(match.view_name, kwargs=match.kwargs | {"pk": kept})
    asked = request.META["QUERY_STRING"]
    return f"{address}?{asked}" if asked else address


def is_seen(user: User, model: type[Client | Pet], pk: int) -> bool:
    rows = (model.objects.visible_to(reader) for reader in readers_of(user))
    return any(each.filter(pk=pk).exists() for each in rows)
