"""Files on clients and pets. What somebody else made is saved by browsers, never shown by them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person
from pawfile.accounts.models import Role, User
from pawfile.lib.downloads import sandboxed
from pawfile.lib.htmx import render
from pawfile.profiles.file_list import file_list, files_for
from pawfile.profiles.filing import (
    GoneError,
    add_files,
    change_file,
    may_add,
    may_change,
    remove_file,
    restore_file,
)
from pawfile.profiles.forms.files import ChangeForm, UploadForm
from pawfile.profiles.models import Client, Pet, PhotoState, ProfileFile
from pawfile.profiles.models.files import ProfileFileQuerySet
from pawfile.profiles.views.forms import found_for

GONE = gettext_lazy("That file was removed or replaced meanwhile.")


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def client_files(request: Request, pk: int) -> HttpResponse:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    return files_page(request, client, None, reader)


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def pet_files(request: Request, pk: int) -> HttpResponse:
    pet, reader = found_for(request, pets_with_owner, pk)
    return files_page(request, pet.client, pet, reader)


def pets_with_owner(reader: User) -> Any:
    return Pet.objects.visible_to(reader).select_related("client")


def files_page(request: Request, client: Client, pet: Pet | None, reader: User) -> HttpResponse:
    """The files, and the form for more. Script sends one file at a time and wants the panel."""
    can_add = may_add(reader, request.company) and not request.user.viewed_by
    form = UploadForm(reader=reader, company=request.company) if can_add else None
    is_refused = False
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES, reader=reader, company=request.company)
        if added := saved(form, client, pet, reader):
            if not request.htmx:
                count = len(added)
                messages.success(
                    request, ngettext("%d file added.", "%d files added.", count) % count
                )
                return redirect(request.path)
            form = UploadForm(reader=reader, company=request.company)
        else:
            is_refused = True
    context = {
        "client": client,
        "pet": pet,
        "reader": reader,
        "list": file_list(client, pet, reader=reader, company=request.company),
        "form": form,
        "back_url": home_of(client, pet, reader),
    }
    status = 422 if is_refused else 200
    return render(request, "profiles/files.html", context, partial="panel", status=status)


def saved(form: UploadForm, client: Client, pet: Pet | None, reader: User) -> list[ProfileFile]:
    """The files that were added; none, and the form says why, if something is wrong."""
    if not form.is_valid():
        return []
    uploads = form.cleaned_data["new_files"]
    try:
        return add_files(
            client=client, pet=pet, uploads=uploads, sight=form.chosen_sight, by=reader
        )
    except ValidationError as full:
        form.add_error("new_files", full)
        return []


def home_of(client: Client, pet: Pet | None, reader: User) -> str:
    """The page whose panel the files are."""
    if pet is not None:
        return pet.get_absolute_url()
    return f"/my-info/?home={client.pk}" if reader.is_client else client.get_absolute_url()


@allow(*EVERYBODY)
@require_safe
@sandboxed
@cache_control(private=True, no_store=True)
def file_download(request: Request, pk: int) -> HttpResponseBase:
    file, _reader = found_for(request, files_for, pk)
    if not file.can_open:
        raise Http404
    return served(file, "original" if file.is_pdf else "large", is_saved=True)


@allow(*EVERYBODY)
@require_safe
@sandboxed
@cache_control(private=True, no_store=True)
def file_preview(request: Request, pk: int) -> HttpResponseBase:
    """The small size of a picture, of our own making."""
    file, _reader = found_for(request, files_for, pk)
    if file.is_pdf or file.state != PhotoState.READY:
        raise Http404
    return served(file, "small", is_saved=False)


def served(file: ProfileFile, part: str, *, is_saved: bool) -> HttpResponseBase:
    try:
        stored = default_storage.open(file.path(part))
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind = "application/pdf" if file.is_pdf else "image/jpeg"
    answer = FileResponse(
        stored, content_type=kind, as_attachment=is_saved, filename=file.download_name
    )
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def changeable(reader: User) -> ProfileFileQuerySet:
    return files_for(reader).current()


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def file_edit(request: Request, pk: int) -> HttpResponse:
    """Title, who may see it, a newer file in its place."""
    file, reader = found_for(request, changeable, pk)
    if not may_change(file, reader, request.company):
        raise PermissionDenied
    own = {"file": file, "reader": reader, "company": request.company}
    form = ChangeForm(**own)
    if request.method == "POST":
        form = ChangeForm(request.POST, request.FILES, **own)
        if form.is_valid():
            try:
                change_file(file=file, by=reader, **form.given)
            except GoneError:
                messages.error(request, GONE)
            else:
                messages.success(request, _("Saved."))
            return redirect(home_of(file.client, file.pet, reader))
    context = {
        "file": file,
        "form": form,
        "back_url": home_of(file.client, file.pet, reader),
    }
    return render(request, "profiles/file_edit.html", context, status=422 if form.is_bound else 200)


@allow(*EVERYBODY)
@in_person
@require_POST
def file_remove(request: Request, pk: int) -> HttpResponse:
    file, reader = found_for(request, changeable, pk)
    try:
        remove_file(file=file, by=reader)
    except GoneError:
        messages.error(request, GONE)
    else:
        told = _("“%s” is removed. Administrators can bring it back for 30 days.")
        messages.success(request, told % file.title)
    return redirect(home_of(file.client, file.pet, reader))


@allow(Role.ADMINISTRATOR)
@require_POST
def file_restore(request: Request, pk: int) -> HttpResponse:
    file, reader = found_for(request, files_for, pk)
    try:
        restore_file(file=file, by=reader)
    except GoneError:
        messages.error(request, _("That file is not among the removed ones any more."))
    else:
        messages.success(request, _("“%s” is back.") % file.title)
    return redirect(home_of(file.client, file.pet, reader))
