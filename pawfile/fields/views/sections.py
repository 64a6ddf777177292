"""Sections: make, rename, move, remove."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.fields.forms.options import SectionForm, add_problems
from pawfile.fields.registry import Section
from pawfile.fields.sections import add_section, change_section, move_section, remove_section
from pawfile.fields.views import shared
from pawfile.lib.htmx import render


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def section_create(request: Request, subject: str) -> HttpResponse:
    shared.fields_or_404(request, subject)
    form = SectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        label = form.cleaned_data["label"]
        try:
            add_section(subject=subject, label=label, by=request.user)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            done = _("“%s” is there now. Move fields into it.") % label
            return shared.back_to_list(request, subject, done=done)
    return section_page(request, subject, form, None)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: Request, subject: str, key: str) -> HttpResponse:
    section = section_or_404(request, subject, key)
    data = request.POST if request.method == "POST" else None
    initial = {"label": section.label, "review_months": section.review_months}
    form = SectionForm(data, initial=initial)
    if form.is_valid():
        label, months = form.cleaned_data["label"], form.cleaned_data["review_months"]
        try:
            change_section(
                subject=subject, key=key, label=label, review_months=months, by=request.user
            )
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            return shared.back_to_list(request, subject, done=_("“%s” saved.") % label)
    return section_page(request, subject, form, section)


def section_or_404(request: Request, subject: str, key: str) -> Section:
    for section in shared.fields_or_404(request, subject).sections:
        if section.key == key:
            return section
    raise Http404


def section_page(
    request: Request, subject: str, form: SectionForm, section: Section | None
) -> HttpResponse:
    context = shared.head_context(subject) | {"form": form, "section": section}
    context["is_own"] = section is not None and section.key.startswith("cs_")
    status = 422 if form.is_bound else 200
    return render(request, "fields/section_form.html", context, status=status)


@allow(Role.ADMINISTRATOR)
@require_POST
def section_move(request: Request, subject: str, key: str) -> HttpResponse:
    """Put a section, with its fields, before another one or last."""
    section = section_or_404(request, subject, key)
    before = request.POST.get("before", "")
    try:
        move_section(subject=subject, key=key, before=before, by=request.user)
    except ValidationError as problem:
        return refused_section(request, subject, section, problem)
    messages.success(request, _("“%s” moved.") % section.label)
    return redirect(f"{shared.list_url(subject)}#section-{key}")


@allow(Role.ADMINISTRATOR)
@require_POST
def section_remove(request: Request, subject: str, key: str) -> HttpResponse:
    """Take away a section of the company's own that is empty."""
    section = section_or_404(request, subject, key)
    try:
        remove_section(subject=subject, key=key, by=request.user)
    except ValidationError as problem:
        return refused_section(request, subject, section, problem)
    return shared.back_to_list(request, subject, done=_("“%s” removed.") % section.label)


def refused_section(
    request: Request, subject: str, section: Section, problem: ValidationError
) -> HttpResponse:
    """The section's page with what stands against it."""
    form = SectionForm({"label": section.label, "review_months": section.review_months})
    add_problems(form, problem)
    return section_page(request, subject, form, section)
