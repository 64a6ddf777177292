"""The vaccinations of a pet: a list on its page, and the forms for those who edit pets."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.filing import GoneError
from pawfile.profiles.forms.vaccinations import VaccinationForm
from pawfile.profiles.models import Pet, Vaccination
from pawfile.profiles.vaccinating import add_vaccination, change_vaccination, remove_vaccination
from pawfile.profiles.vaccinations import vaccination_list
from pawfile.profiles.vaccines import vaccines_for
from pawfile.profiles.views.files import pets_with_owner
from pawfile.profiles.views.forms import found_for

GONE = gettext_lazy("That vaccination was removed meanwhile.")


@allow(*EVERYBODY)
@require_safe
def pet_vaccinations(request: Request, pk: int) -> HttpResponse:
    pet, reader = found_for(request, pets_with_owner, pk)
    listed = vaccination_list(pet, reader=reader, today=timezone.localdate())
    context = {
        "pet": pet,
        "newest": [each for each in listed if each.is_newest],
        "earlier": [each for each in listed if not each.is_newest],
        "can_edit": may_edit(reader),
    }
    return render(request, "profiles/pet_vaccinations.html", context, partial="panel")


def may_edit(reader: User) -> bool:
    """Whoever may change something of a pet."""
    return bool(policy_for(reader, "pet").editable)


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def vaccination_create(request: Request, pk: int) -> HttpResponse:
    pet, reader = found_for(request, pets_with_owner, pk)
    if not may_edit(reader):
        raise PermissionDenied
    form = bound(request, pet, None, reader)
    if form.is_bound and form.is_valid():
        try:
            add_vaccination(pet=pet, given=form.given, by=reader)
        except ValidationError as full:
            form.add_error("new_proof", full)
        else:
            messages.success(request, _("Saved."))
            return redirect(pet)
    return form_page(request, form, pet, None)


def bound(request: Request, pet: Pet, row: Vaccination | None, reader: User) -> VaccinationForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return VaccinationForm(*sent, pet=pet, vaccination=row, reader=reader, company=request.company)


def form_page(
    request: Request, form: VaccinationForm, pet: Pet, row: Vaccination | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "pet": pet,
        "vaccination": row,
        "vaccines": vaccines_for(pet.animal),
    }
    status = 422 if form.is_bound else 200
    return render(request, "profiles/vaccination_form.html", context, status=status)


def rows_with_pet(reader: User) -> Any:
    return Vaccination.objects.visible_to(reader).select_related("pet__client", "proof")


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def vaccination_edit(request: Request, pk: int) -> HttpResponse:
    row, reader = found_for(request, rows_with_pet, pk)
    if not may_edit(reader):
        raise PermissionDenied
    form = bound(request, row.pet, row, reader)
    if form.is_bound and form.is_valid():
        try:
            change_vaccination(vaccination=row, given=form.given, by=reader)
        except ValidationError as full:
            form.add_error("new_proof", full)
        except GoneError:
            messages.error(request, GONE)
            return redirect(row.pet)
        else:
            messages.success(request, _("Saved."))
            return redirect(row.pet)
    return form_page(request, form, row.pet, row)


@allow(*EVERYBODY)
@require_POST
def vaccination_remove(request: Request, pk: int) -> HttpResponse:
    row, reader = found_for(request, rows_with_pet, pk)
    if not may_edit(reader):
        raise PermissionDenied
    try:
        remove_vaccination(vaccination=row, by=reader)
    except GoneError:
        messages.error(request, GONE)
    else:
        messages.success(request, _("“%s” is removed.") % row.name)
    return redirect(row.pet)
