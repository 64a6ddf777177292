"""Journals: written by staff after a visit, read by the client, listed for both."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import STAFF, User
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.profiles.lists import read_lists
from pawfile.profiles.models import Client, Photo, PhotoState
from pawfile.profiles.models.photo import PhotoQuerySet
from pawfile.profiles.views.forms import found_for
from pawfile.profiles.views.photos import SIZES, picture
from pawfile.schedule.actions.journals import read_journal, save_journal
from pawfile.schedule.forms.journals import JournalForm
from pawfile.schedule.journals import Filters, journal_page, journals_for, may_write, refusal
from pawfile.schedule.letters import why_no_journal_mail
from pawfile.schedule.models import Journal, Visit
from pawfile.schedule.own_visits import called, pets_of
from pawfile.schedule.views.own_visits import add_refusal
from pawfile.schedule.views.visits import visits_of
from pawfile.schedule.views.words import warn_of_code


@allow(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_journal(request: Request, pk: int) -> HttpResponse:
    """Write the journal of a visit, or change it; who comes second is told what is there."""
    visit = get_object_or_404(visits_of(request.user), pk=pk)
    journal = journals_for(request.user).filter(visit=visit).first()
    if not may_write(visit, journal, request.user):
        messages.error(request, refusal(visit))
        return redirect(journal or visit)
    is_post = request.method == "POST"
    form = JournalForm(
        request.POST if is_post else None, request.FILES if is_post else None, journal=journal
    )
    is_stale = False
    if form.is_bound and form.is_valid():
        try:
            return saved(request, visit, form)
        except StaleRecordError:
            is_stale = True
        except ValidationError as error:
            add_refusal(form, error)
    context = {
        "visit": visit,
        "journal": journal,
        "form": form,
        "is_stale": is_stale,
        # Who has been told of the other's journal saves over it knowingly.
        "version": (journal.version if journal else 0) if is_stale else form["version"].value(),
        "no_mail": why_no_journal_mail(visit.client, request.user),
    }
    status = 409 if is_stale else 422 if form.is_bound else 200
    return render(request, "schedule/visit_journal.html", context, status=status)


def saved(request: Request, visit: Visit, form: JournalForm) -> HttpResponse:
    """Keep it, say what became of it, and go on: a sitter to the rest of the day."""
    is_sent = request.POST.get("then") == "send"
    site = request.build_absolute_uri("/")
    journal = save_journal(visit=visit, by=request.user, is_sent=is_sent, site=site, **form.given)
    if not is_sent:
        messages.success(request, _("The journal is saved."))
    elif problem := why_no_journal_mail(visit.client, request.user):
        messages.warning(request, _("The journal is saved.") + f" {problem}")
    else:
        messages.success(request, _("The journal is saved, and the client gets a link by mail."))
    if request.user.is_office:
        return redirect(journal)
    warn_of_code(request, journal.notes)
    return redirect(f"{reverse('my_schedule')}?on={visit.visit_on.isoformat()}#visit-{visit.pk}")


@allow(*EVERYBODY)
@require_safe
def journal_detail(request: Request, pk: int) -> HttpResponse:
    """One journal. A client who opens it has read it."""
    journal, reader = found_for(request, journals_for, pk)
    is_staff = not reader.is_client
    if not is_staff:
        read_journal(journal=journal, by=request.user)
    visit, photos = journal.visit, list(journal.photos.order_by("pk"))
    context = {
        "journal": journal,
        "visit": visit,
        "is_staff": is_staff,
        "service": visit.service if is_staff else visit.service.client_name or visit.service,
        "pets": pets_of([visit.pk], reader)[visit.pk],
        "writer": journal.written_by if is_staff else called(journal.written_by),
        "changer": journal.changed_by if is_staff else called(journal.changed_by),
        "photos": [photo for photo in photos if photo.state == PhotoState.READY],
        "waiting": sum(photo.state == PhotoState.WAITING for photo in photos),
        "failed": [photo for photo in photos if photo.state == PhotoState.FAILED],
        "can_change": is_staff and may_write(visit, journal, reader),
    }
    return render(request, "schedule/journal_detail.html", context)


@allow(*EVERYBODY)
@require_safe
def journal_list(request: Request) -> HttpResponse:
    """All that the reader may see, the newest first; staff narrow it to one client or sitter."""
    reader = request.user
    filters = Filters.read({"at": request.GET.get("at", "")} if reader.is_client else request.GET)
    context: dict[str, Any] = {"filters": filters, "page": journal_page(filters, reader)}
    if reader.is_office:
        context |= read_lists("sitters")
    if filters.client is not None:
        homes = Client.objects.visible_to(reader).filter(pk=filters.client)
        context["client"] = homes.only("first_name", "last_name").first()
    return render(request, "schedule/journal_list.html", context, partial="results")


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def journal_photo(request: Request, pk: int, size: str) -> HttpResponseBase:
    """A photo behind the gate of the journal it belongs to."""
    found, _reader = found_for(request, journal_photos, pk)
    if size not in SIZES:
        raise Http404
    return picture(found, size)


def journal_photos(reader: User) -> PhotoQuerySet:
    shown = Journal.objects.visible_to(reader).order_by()
    return Photo.objects.visible_to(reader).ready().filter(journals__in=shown)
