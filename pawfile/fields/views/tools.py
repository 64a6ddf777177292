"""Swap fields, and the company's list of animals."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.fields import actions
from pawfile.fields.catalogue import catalogue
from pawfile.fields.forms.options import AnimalsForm, SwapForm, add_problems
from pawfile.fields.forms.rows import rearranged
from pawfile.fields.views import shared
from pawfile.lib.htmx import render


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def swap_fields(request: Request) -> HttpResponse:
    subject = "pet" if request.GET.get("tab") == "pet" else "client"
    fields_of = catalogue(subject, request.company)
    form = SwapForm(fields_of, request.POST if request.method == "POST" else None)
    if form.is_valid():
        one, other = form.cleaned_data["one"], form.cleaned_data["other"]
        try:
            actions.swap_fields(subject=subject, one=one, other=other, by=request.user)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            names = {"one": fields_of[one].label, "other": fields_of[other].label}
            done = _("“%(one)s” and “%(other)s” have changed places.") % names
            return shared.back_to_list(request, subject, one, done=done)
    context = shared.head_context(subject) | {"form": form, "own": fields_of.custom}
    status = 422 if form.is_bound else 200
    return render(request, "fields/swap_fields.html", context, status=status)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def animal_list(request: Request) -> HttpResponse:
    """The kinds of animals; the same form stands on the list of pet fields."""
    command = request.POST.get("rows", "")
    data = rearranged(request.POST, command) if command else request.POST
    form = AnimalsForm(request.company.animals, data if request.method == "POST" else None)
    if not command and form.is_valid():
        try:
            actions.set_animals(names=form.names, by=request.user)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            return shared.back_to_list(request, "pet", done=_("The animals are saved."))
    context = shared.head_context("pet") | {"form": form}
    status = 422 if form.is_bound and not command else 200
    return render(request, "fields/animal_list.html", context, status=status)
