"""What files said beyond every field: on the profile, and searched through the whole book."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.imports.extras import extras_of, searched_extras, with_extras
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client


@allow(*OFFICE)
@require_safe
def client_imported(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile; nothing where no file said more."""
    client = get_object_or_404(with_extras(Client.objects.visible_to(request.user)), pk=pk)
    context = {"client": client, "records": extras_of(client)}
    return render(request, "imports/client_imported.html", context, partial="card")


@allow(*OFFICE)
@require_safe
def imported_list(request: Request) -> HttpResponse:
    """Every client of whom, or of whose pets, a file said more; ``?q=`` for words in it."""
    words = request.GET.get("q", "")[:200]
    page = searched_extras(request.user, words, request.GET.get("at", "")[:4000])
    context = {
        "q": words,
        "page": page,
        "found": [(client, extras_of(client)) for client in page.rows],
    }
    return render(request, "imports/imported_list.html", context, partial="results")
