"""The pages of one field: make, change, give another kind, archive, bring back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.fields.actions import (
    StaleFieldError,
    add_field,
    archive_field,
    change_field,
    restore_field,
    seen_state,
)
from pawfile.fields.answers import answer_count
from pawfile.fields.differences import differences
from pawfile.fields.forms.options import FieldForm, KindForm, add_problems
from pawfile.fields.forms.rows import rearranged
from pawfile.fields.kinds import change_kind, preview_kind
from pawfile.fields.registry import Field, Subject
from pawfile.fields.views import shared
from pawfile.fields.words import KIND_NAMES, answered_text
from pawfile.lib.htmx import render


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def field_create(request: Request, subject: str) -> HttpResponse:
    fields_of = shared.fields_or_404(request, subject)
    form = field_form(request, fields_of, None)
    if "rows" not in request.POST and form.is_valid():
        try:
            made = add_field(subject=subject, values=form.values, by=request.user)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            done = _("“%s” is on the forms now.") % made.label
            return shared.back_to_list(request, subject, made.key, done=done)
    return field_page(request, fields_of, form)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def field_edit(request: Request, subject: str, key: str) -> HttpResponse:
    fields_of = shared.fields_or_404(request, subject, key)
    if key in fields_of.archived:
        return redirect("field_restore", subject, key)
    form = field_form(request, fields_of, fields_of[key])
    if "rows" not in request.POST and form.is_valid():
        seen = form.cleaned_data["seen"] or "-"
        try:
            change_field(subject=subject, key=key, values=form.values, by=request.user, seen=seen)
        except StaleFieldError:
            return field_page(request, fields_of, form, is_stale=True)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            done = _("“%s” saved.") % form.cleaned_data["label"]
            return shared.back_to_list(request, subject, key, done=done)
    return field_page(request, fields_of, form)


def field_form(request: Request, fields_of: Subject, field: Field | None) -> FieldForm:
    data = None
    if request.method == "POST":
        command = request.POST.get("rows", "")
        data = rearranged(request.POST, command) if command else request.POST
    return FieldForm(
        fields_of,
        field,
        animals=request.company.animals,
        data=data,
        seen=seen_state(fields_of.key, field.key) if field else "",
        section=request.GET.get("section", "") or fields_of.sections[-1].key,
    )


def field_page(
    request: Request, fields_of: Subject, form: FieldForm, *, is_stale: bool = False
) -> HttpResponse:
    """The form: fresh, or with everything typed. A stale one is told what is saved now, and
    carries the present state from then on, so that saving again decides."""
    field, subject = form.field, fields_of.key
    seen = form["seen"].value() if field else ""
    context = shared.head_context(subject) | {"form": form, "field": field, "seen": seen}
    if field is not None:
        count = answer_count(subject, field.key)
        context |= {"count": count, "count_text": answered_text(subject, count)}
        context["kind"] = KIND_NAMES[field.kind]
    if is_stale and field is not None:
        context |= {"differences": differences(form), "seen": seen_state(subject, field.key)}
    is_sent = form.is_bound and "rows" not in request.POST
    status = 409 if is_stale else 422 if is_sent else 200
    return render(request, "fields/field_form.html", context, status=status)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def field_kind(request: Request, subject: str, key: str) -> HttpResponse:
    """Choose another kind, see what would become of the answers, then do it."""
    fields_of, field = shared.own_field_or_404(request, subject, key)
    if key in fields_of.archived:
        return redirect("field_restore", subject, key)
    is_post = request.method == "POST"
    form = KindForm(field.kind, request.POST if is_post else request.GET or None)
    context = shared.head_context(subject) | {"form": form, "field": field}
    context["kind"] = KIND_NAMES[field.kind]
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        try:
            if is_post:
                made = change_kind(subject=subject, key=key, kind=kind, by=request.user)
                done = _("“%s” has another kind of answer now.") % field.label
                return shared.back_to_list(request, subject, made.key, done=done)
            context |= kind_trial(subject, key, kind)
        except ValidationError as problem:
            add_problems(form, problem)
    status = 422 if form.errors else 200
    return render(request, "fields/field_kind.html", context, status=status)


def kind_trial(subject: str, key: str, kind: str) -> dict[str, Any]:
    trial = preview_kind(subject, key, kind)
    return {"trial": trial, "new_kind": kind, "detail": f"{subject}_detail"}


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def field_archive(request: Request, subject: str, key: str) -> HttpResponse:
    fields_of, field = shared.own_field_or_404(request, subject, key)
    problem = ""
    if request.method == "POST":
        try:
            archive_field(subject=subject, key=key, by=request.user)
        except ValidationError as refused:
            problem = shared.words_of(refused)
        else:
            return shared.back_to_list(request, subject, done=_("“%s” archived.") % field.label)
    return shelf_page(request, fields_of, field, problem, is_restoring=False)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def field_restore(request: Request, subject: str, key: str) -> HttpResponse:
    fields_of, field = shared.own_field_or_404(request, subject, key)
    problem = ""
    if request.method == "POST":
        try:
            restore_field(
                subject=subject, key=key, by=request.user, label=request.POST.get("label", "")
            )
        except ValidationError as refused:
            problem = shared.words_of(refused)
        else:
            done = _("“%s” is back, with its answers.") % field.label
            return shared.back_to_list(request, subject, key, done=done)
    return shelf_page(request, fields_of, field, problem, is_restoring=True)


def shelf_page(
    request: Request, fields_of: Subject, field: Field, problem: str, *, is_restoring: bool
) -> HttpResponse:
    """Asks before a field goes to or comes from the archive; says how many answers it has."""
    count = answer_count(fields_of.key, field.key)
    context = shared.head_context(fields_of.key) | {
        "field": field,
        "count": count,
        "problem": problem,
        "label": request.POST.get("label") or field.label,
        "is_restoring": is_restoring,
    }
    status = 422 if problem else 200
    return render(request, "fields/field_archive.html", context, status=status)
