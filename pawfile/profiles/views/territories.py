"""Petcare > Territories: parts of the town by zip code, and zip codes that are in none."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.territories import clients_set_to, delete_territory, uncovered_zips
from pawfile.resources.actions import save_territory
from pawfile.resources.forms import TerritoryForm
from pawfile.resources.models import Territory

#: Zip codes without a territory that the page shows; it counts all.
MOST_SHOWN = 100


@allow(*OFFICE)
@require_safe
def territory_list(request: Request) -> HttpResponse:
    territories = Territory.objects.visible_to(request.user).prefetch_related("zips")
    counted = territories.annotate(count=Count("clients")).order_by("name")
    policy = policy_for(request.user, "client")
    uncovered = uncovered_zips(request.user) if "zip_code" in policy else []
    context = {
        "territories": [(territory, territory.zip_codes()) for territory in counted],
        "has_counts": "territory" in policy,
        "uncovered": uncovered[:MOST_SHOWN],
        "uncovered_zips": len(uncovered),
        "uncovered_clients": sum(count for _zip, count in uncovered),
    }
    return render(request, "profiles/territory_list.html", context)


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def territory_create(request: Request) -> HttpResponse:
    return territory_page(request, Territory())


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def territory_edit(request: Request, pk: int) -> HttpResponse:
    return territory_page(request, territory_of(request, pk))


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def territory_delete(request: Request, pk: int) -> HttpResponse:
    """Says first how many clients are set to it."""
    territory = territory_of(request, pk)
    if request.method != "POST":
        count = clients_set_to(territory, reader=request.user).count()
        context = {"territory": territory, "count": count, "zips": territory.zip_codes()}
        return render(request, "profiles/territory_delete.html", context)
    count = delete_territory(territory=territory, by=request.user)
    said = _("%s was deleted.") % territory.name
    if count:
        text = "%d client is in the territory of the zip code again."
        texts = "%d clients are in the territory of their zip code again."
        said += " " + ngettext(text, texts, count) % count
    messages.success(request, said)
    return redirect("territory_list")


def territory_of(request: Request, pk: int) -> Territory:
    return get_object_or_404(Territory.objects.visible_to(request.user), pk=pk)


def territory_page(request: Request, territory: Territory) -> HttpResponse:
    """The form of a territory, new or not."""
    form = TerritoryForm(territory, request.POST if request.method == "POST" else None)
    name = territory.name
    if form.is_bound and form.is_valid():
        try:
            save_territory(territory=territory, values=form.cleaned_data, by=request.user)
        except IntegrityError:
            said = _("Somebody else just took the name or one of the zip codes. Save again.")
            form.add_error(None, said)
        else:
            messages.success(request, _("%s was saved.") % territory.name)
            return redirect("territory_list")
    context = {"form": form, "territory": territory, "name": name}
    status = 422 if form.is_bound else 200
    return render(request, "profiles/territory_form.html", context, status=status)
