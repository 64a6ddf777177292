from copy import copy

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, STAFF
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.resources.actions import save_vet
from pawfile.resources.forms import VetForm
from pawfile.resources.models import Vet


@allow(*STAFF)
@require_safe
def vet_list(request: Request) -> HttpResponse:
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    vets = Vet.objects.visible_to(request.user).matching(query)
    page = keyset_page(vets, column="name", cursor=request.GET.get("at", "")[:4000])
    counted = Vet.objects.visible_to(request.user).filter(pk__in=[vet.pk for vet in page.rows])
    clients = dict(counted.annotate(n=Count("clients")).values_list("pk", "n"))
    context = {
        "page": page,
        "rows": [(vet, clients[vet.pk]) for vet in page.rows],
        "query": query,
        "can_edit": request.user.is_office,
    }
    return render(request, "resources/vet_list.html", context, partial="results")


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def vet_create(request: Request) -> HttpResponse:
    return vet_page(request, Vet(), _("%s is on the list."))


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def vet_edit(request: Request, pk: int) -> HttpResponse:
    vet = get_object_or_404(Vet.objects.visible_to(request.user), pk=pk)
    return vet_page(request, vet, _("%s was saved."))


def vet_page(request: Request, vet: Vet, done: str) -> HttpResponse:
    stored = copy(vet)  # the form writes on the other one
    form = VetForm(request.POST if request.method == "POST" else None, instance=vet)
    if request.method == "POST" and form.is_valid():
        saved = save_vet(vet=stored, values=form.cleaned_data, by=request.user)
        messages.success(request, done % saved.name)
        return redirect("vet_list")
    status = 422 if form.is_bound else 200
    return render(request, "resources/vet_form.html", {"form": form, "vet": vet}, status=status)
