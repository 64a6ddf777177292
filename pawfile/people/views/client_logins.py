from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client


@allow(*OFFICE)
@require_safe
def client_logins(request: Request, pk: int) -> HttpResponse:
    """Who signs in for this client: part of the profile, and a page of its own without script."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    context = {"client": client, "logins": client.logins.order_by("name", "pk")}
    return render(request, "people/client_logins.html", context, partial="logins")
