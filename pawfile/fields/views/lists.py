"""The list of all fields of a subject, and what is done in it: rights, order, undo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.fields.actions import change_field, move_field
from pawfile.fields.answers import answer_count, answer_counts
from pawfile.fields.catalogue import catalogue
from pawfile.fields.edits import undo_last
from pawfile.fields.forms.options import AccessForm, AnimalsForm, PlaceForm, add_problems
from pawfile.fields.listing import listed_sections, row_of
from pawfile.fields.models import ACCESS_CHOICES
from pawfile.fields.views import shared
from pawfile.fields.words import answered_text
from pawfile.lib.htmx import render


@allow(Role.ADMINISTRATOR)
@require_safe
def field_list(request: Request) -> HttpResponse:
    subject = "pet" if request.GET.get("tab") == "pet" else "client"
    return render(request, "fields/field_list.html", list_context(request, subject))


@allow(Role.ADMINISTRATOR)
@require_safe
def field_counts(request: Request) -> HttpResponse:
    """How many have answered each field: a scan of all records, so it comes after the page."""
    subject = "pet" if request.GET.get("tab") == "pet" else "client"
    counts = answer_counts(subject)
    context = list_context(request, subject, counts)
    listed = [row.key for section in context["sections"] for row in section.rows]
    archived = [field.key for field, _count in context["archived"]]
    context["counts"] = {key: counts[key] for key in [*listed, *archived] if key in counts}
    return render(request, "fields/field_list.html", context, partial="counts")


def list_context(
    request: Request, subject: str, counts: dict[str, int] | None = None
) -> dict[str, Any]:
    fields_of = catalogue(subject, request.company)
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    context = shared.head_context(subject) | {
        "sections": listed_sections(fields_of, query=query, counts=counts),
        "archived": [(field, (counts or {}).get(key)) for key, field in fields_of.archived.items()],
        "levels": ACCESS_CHOICES,
        "query": query,
        "total": len(fields_of.fields),
    }
    if subject == "pet":
        context["animals"] = AnimalsForm(request.company.animals)
    return context


@allow(Role.ADMINISTRATOR)
@require_POST
def field_access(request: Request, subject: str, key: str) -> HttpResponse:
    """Save the selects of one row: with script as soon as one is changed."""
    _fields, field = shared.field_or_404(request, subject, key)
    form = AccessForm(request.POST)
    if form.is_valid():
        try:
            change_field(subject=subject, key=key, values=form.values, by=request.user)
        except ValidationError as problem:
            add_problems(form, problem)
    if form.errors:
        wrong = " ".join(str(m) for messages_of in form.errors.values() for m in messages_of)
        return access_row(request, subject, key, wrong, status=422)
    done = _("“%s” saved.") % field.label
    if request.htmx:
        return access_row(request, subject, key, done)
    return shared.back_to_list(request, subject, key, done=done)


def access_row(
    request: Request, subject: str, key: str, words: str, *, status: int = 200
) -> HttpResponse:
    """The row's selects as they are saved now; without script, on a page of their own."""
    fields_of = catalogue(subject)
    context = shared.head_context(subject) | {
        "row": row_of(fields_of, fields_of[key]),
        "levels": ACCESS_CHOICES,
        "problem": words if status == 422 else "",
    }
    answer = render(request, "fields/field_access.html", context, partial="selects", status=status)
    return shared.toast(answer, words, "error" if status == 422 else "success")


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def field_move(request: Request, subject: str, key: str) -> HttpResponse:
    """Move a field: the buttons of its row and dragging post here, "Move to…" opens the page."""
    fields_of, field = shared.field_or_404(request, subject, key)
    form = PlaceForm(fields_of, key, request.POST if request.method == "POST" else None)
    if form.is_valid():
        section, before = form.target
        try:
            move_field(subject=subject, key=key, section=section, before=before, by=request.user)
        except ValidationError as problem:
            form.add_error(None, shared.words_of(problem))
    if request.htmx and form.is_bound:
        return moved_list(request, subject, form)
    if form.is_bound and form.is_valid():
        return shared.back_to_list(request, subject, key, done=_("“%s” moved.") % field.label)
    context = shared.head_context(subject) | {"form": form, "field": field}
    context["count_text"] = answered_text(subject, answer_count(subject, key))
    status = 422 if form.is_bound else 200
    return render(request, "fields/field_move.html", context, status=status)


def moved_list(request: Request, subject: str, form: PlaceForm) -> HttpResponse:
    """The list as it is saved now, whether the move went well or not."""
    status = 422 if form.errors else 200
    request.company.refresh_from_db()
    context = list_context(request, subject)
    answer = render(request, "fields/field_list.html", context, partial="moved", status=status)
    if not form.errors:
        return answer
    return shared.toast(answer, _("That did not work. Here is how the fields are now."), "error")


@allow(Role.ADMINISTRATOR)
@require_POST
def field_undo(request: Request, subject: str) -> HttpResponse:
    """Take the last change back, if it is still the one the person saw."""
    shared.fields_or_404(request, subject)
    number = request.POST.get("edit", "")
    try:
        edit = undo_last(
            subject=subject,
            edit=int(number) if number.isdecimal() and len(number) < 18 else 0,
            by=request.user,
        )
    except ValidationError as problem:
        messages.error(request, shared.words_of(problem))
        context = list_context(request, subject)
        return render(request, "fields/field_list.html", context, status=422)
    messages.success(request, _("Undone: %s") % edit.text)
    return redirect(shared.list_url(subject))
