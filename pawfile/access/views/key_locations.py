from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.access.actions.key_locations import save_location
from pawfile.access.forms.keys import LocationForm
from pawfile.access.models import KeyLocation
from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render

FORM = ["GET", "HEAD", "POST"]


@allow(*OFFICE)
@require_safe
def key_location_list(request: Request) -> HttpResponse:
    counted = KeyLocation.objects.visible_to(request.user).annotate(count=Count("keys"))
    context = {"locations": counted.order_by("name")}
    return render(request, "access/key_location_list.html", context)


@allow(*OFFICE)
@require_http_methods(FORM)
def key_location_create(request: Request) -> HttpResponse:
    return location_page(request, KeyLocation())


@allow(*OFFICE)
@require_http_methods(FORM)
def key_location_edit(request: Request, pk: int) -> HttpResponse:
    found = KeyLocation.objects.visible_to(request.user)
    return location_page(request, get_object_or_404(found, pk=pk))


def location_page(request: Request, location: KeyLocation) -> HttpResponse:
    name = location.name
    initial = {"name": name, "is_active": location.is_active}
    form = LocationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            save_location(location=location, values=form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_errors(error)
        else:
            messages.success(request, _("%s was saved.") % location.name)
            return redirect("key_location_list")
    context = {"form": form, "location": location, "name": name}
    status = 422 if form.is_bound else 200
    return render(request, "access/key_location_form.html", context, status=status)
