"""Internal notes about a client: the office's. No client comes here."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, STAFF
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.messaging.actions.notes import add_internal_note, remove_internal_note
from pawfile.messaging.forms import InternalNoteForm
from pawfile.messaging.models import InternalNote
from pawfile.profiles.models import Client

#: So many stand in the profile and beside a conversation.
IN_PART = 5


@allow(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def internal_note_list(request: Request, pk: int) -> HttpResponse:
    """A page with a box for a new one, and the part of the profile with the newest."""
    reader = request.user
    client = get_object_or_404(Client.objects.visible_to(reader), pk=pk)
    form = InternalNoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not reader.is_office:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        add_internal_note(client=client, by=reader, **form.cleaned_data)
        messages.success(request, _("The note is saved. No client sees it."))
        return redirect("internal_note_list", client.pk)
    notes = InternalNote.objects.visible_to(reader).filter(client=client)
    page = keyset_page(
        notes.select_related("written_by"),
        column="written_at",
        descending=True,
        cursor=request.GET.get("at", "")[:4000],
        size=IN_PART if request.htmx else 50,
    )
    context = {"client": client, "form": form, "page": page}
    status = 422 if form.is_bound else 200
    return render(
        request, "messaging/internal_note_list.html", context, partial="card", status=status
    )


@allow(*OFFICE)
@require_POST
def internal_note_remove(request: Request, pk: int) -> HttpResponse:
    notes = InternalNote.objects.visible_to(request.user).select_related("client")
    note = get_object_or_404(notes, pk=pk)
    remove_internal_note(note=note, by=request.user)
    messages.success(request, _("The note was removed."))
    return redirect("internal_note_list", note.client_id)
