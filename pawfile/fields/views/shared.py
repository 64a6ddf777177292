"""What the pages that arrange fields have in common."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import trigger_client_event

from pawfile.accounts.access import Request
from pawfile.fields.catalogue import catalogue
from pawfile.fields.edits import last_edit
from pawfile.fields.listing import SUBJECTS
from pawfile.fields.registry import Field, Subject


def fields_or_404(request: Request, subject: str, key: str = "") -> Subject:
    """The subject's catalogue, in which the key, if one is given, must be known."""
    if subject not in SUBJECTS:
        raise Http404
    fields_of = catalogue(subject)
    if key and key not in fields_of.fields and key not in fields_of.archived:
        raise Http404
    return fields_of


def field_or_404(request: Request, subject: str, key: str) -> tuple[Subject, Field]:
    """The catalogue and one field of it that is in use."""
    fields_of = fields_or_404(request, subject, key)
    if key in fields_of.archived:
        raise Http404
    return fields_of, fields_of[key]


def own_field_or_404(request: Request, subject: str, key: str) -> tuple[Subject, Field]:
    """The catalogue and one of the company's own fields, in use or archived."""
    fields_of = fields_or_404(request, subject, key)
    if not fields_of[key].is_custom:
        raise Http404
    return fields_of, fields_of[key]


def list_url(subject: str, key: str = "") -> str:
    """The list with this tab in front, and if a key is given, at that field."""
    query = "?tab=pet" if subject == "pet" else ""
    return reverse("field_list") + query + (f"#field-{key}" if key else "")


def back_to_list(request: Request, subject: str, key: str = "", *, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(list_url(subject, key))


def head_context(subject: str) -> dict[str, Any]:
    """What every page here needs beside its own matter."""
    return {"subject": subject, "last": last_edit(subject), "list_url": list_url(subject)}


def toast(response: HttpResponse, text: str, kind: str = "success") -> HttpResponse:
    return trigger_client_event(response, "toast", {"text": text, "kind": kind})


def words_of(problem: ValidationError) -> str:
    return " ".join(str(message) for message in problem.messages)
