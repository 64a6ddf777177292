"""What staff tell each other of a client, beside the journals. No client comes here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import STAFF
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client
from pawfile.schedule.actions.journals import add_note, remove_note
from pawfile.schedule.forms.journals import NoteForm
from pawfile.schedule.journals import lately_of
from pawfile.schedule.models import SitterNote
from pawfile.schedule.views.visit_steps import asked_back
from pawfile.schedule.views.words import warn_of_code


@allow(*STAFF)
@require_safe
def client_journals(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile with notes and journals of the last days (rule 97)."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    context = {"client": client, "lately": lately_of(client, request.user)}
    return render(request, "schedule/client_journals.html", context, partial="card")


@allow(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def note_create(request: Request, pk: int) -> HttpResponse:
    """A note about a client; then back to where the button was."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    back = asked_back(request) or client.get_absolute_url()
    if form.is_bound and form.is_valid():
        add_note(client=client, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The note is saved. Only staff see it."))
        if back != client.get_absolute_url():
            warn_of_code(request, form.cleaned_data["text"])
        return redirect(back)
    context = {"client": client, "form": form, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/note_create.html", context, status=status)


@allow(*STAFF)
@require_POST
def note_remove(request: Request, pk: int) -> HttpResponse:
    """Who wrote it takes it back, or the office; nobody else finds it here."""
    notes = SitterNote.objects.visible_to(request.user).select_related("client")
    if not request.user.is_office:
        notes = notes.filter(written_by=request.user)
    note = get_object_or_404(notes, pk=pk)
    remove_note(note=note, by=request.user)
    messages.success(request, _("The note was removed."))
    return redirect(note.client)
