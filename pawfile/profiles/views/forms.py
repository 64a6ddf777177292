"""What the pages with a profile form share."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse

from pawfile.accounts.access import Request
from pawfile.accounts.models import User
from pawfile.lib.htmx import render
from pawfile.lib.prepared import fetch
from pawfile.profiles.conflicts import Conflicts, decisions
from pawfile.profiles.forms import ProfileForm
from pawfile.profiles.portal import readers_of

Row = TypeVar("Row", bound=Model)


def found_for(request: Request, rows: Callable[[User], QuerySet[Row]], pk: int) -> tuple[Row, User]:
    """The record of this number, and as whom the person sees it; ``rows`` are those of a reader.

    404 if there is none that the person sees.
    """
    for reader in readers_of(request.user):
        for record in fetch(rows(reader), pk=pk):
            return record, reader
    raise Http404


def form_arguments(request: Request, reader: User) -> dict[str, Any]:
    """Who fills in the form, and what was sent if anything was."""
    is_post = request.method == "POST"
    return {
        "by": reader,
        "company": request.company,
        "data": request.POST if is_post else None,
        "files": request.FILES if is_post else None,
    }


def refuse_readers(form: ProfileForm) -> None:
    """403 for those who may read the record but change nothing of it."""
    if not form.policy.editable:
        raise PermissionDenied


def form_page(
    request: Request,
    form: ProfileForm,
    template: str,
    *,
    conflicts: Conflicts | None = None,
    **context: Any,
) -> HttpResponse:
    """The form: fresh, or with everything that was typed and what is wrong with it.

    The version is the one the person has seen: it moves on only when a conflict was shown.
    """
    version = form.record.version
    if form.is_bound and conflicts is None:
        version = form.cleaned_data.get("version") or version
    context |= {
        "form": form,
        "record": form.record,
        "version": version,
        "conflicts": conflicts,
        "decided": decisions(form) if form.is_bound else {},
    }
    status = 409 if conflicts else 422 if form.is_bound else 200
    return render(request, template, context, status=status)


def tell(request: Request, done: str, warnings: list[str]) -> None:
    """Say that it was saved, and what should be looked at although it was."""
    messages.success(request, done)
    for warning in warnings:
        messages.warning(request, warning)
