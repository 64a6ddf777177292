from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import OFFICE, STAFF, ClientView, Role, User
from pawfile.fields.policy import policy_for
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.prepared import fetch
from pawfile.profiles import table
from pawfile.profiles.actions import create_client, delete_client, update_client
from pawfile.profiles.asking import question_of
from pawfile.profiles.blocking import HeldVisitsError
from pawfile.profiles.columns import choices_for, columns_of
from pawfile.profiles.conflicts import conflicts_of
from pawfile.profiles.display import WAY_IN, shown_client, shown_pets
from pawfile.profiles.forms import ClientForm
from pawfile.profiles.going import told_with
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import Status
from pawfile.profiles.names import fetch_names, fetch_several
from pawfile.profiles.views.forms import (
    form_arguments,
    form_page,
    found_for,
    refuse_readers,
    tell,
)
from pawfile.profiles.views.portal import remember_home


@allow(*STAFF)
@require_safe
def client_list(request: Request) -> HttpResponse:
    """Table view; or, if that is how this person works, the first client in Profile view."""
    remember_view(request)
    policy = policy_for(request.user, "client")
    filters = table.Filters.read(request.GET, policy)
    wants_profile = request.user.client_view == ClientView.PROFILE
    if wants_profile and not set(request.GET) - {"view"}:
        first = Client.objects.visible_to(request.user).current().only("pk").first()
        if first is not None:
            return redirect("client_detail", first.pk)
    clients = table.filtered(filters, reader=request.user)
    usual = table.columns_for(policy)
    columns = columns_of(request.user, policy, usual)
    page = table.table_page(clients, filters, columns)
    context = {
        "page": page,
        "rows": table.table_rows(page.rows, policy, reader=request.user, columns=columns),
        "columns": columns.all,
        "is_wide": bool(request.user.client_columns),
        "column_sections": choices_for(policy, tuple(usual), columns.shown),
        "filters": filters,
        "count": table.count_text(clients, page),
        **table.filter_choices(policy, reader=request.user),
    }
    return render(request, "profiles/client_list.html", context, partial="results")


def remember_view(request: Request) -> None:
    """Keep Table or Profile view for this person until the other one is chosen."""
    chosen = request.GET.get("view", "")
    if chosen in ClientView.values and chosen != request.user.client_view:
        request.user.client_view = chosen
        request.user.save(update_fields=["client_view"])


@allow(*EVERYBODY)
@require_safe
def client_detail(request: Request, pk: int) -> HttpResponse:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    return render(request, "profiles/client_detail.html", profile_context(request, client, reader))


@allow(*STAFF)
@require_safe
def client_row(request: Request, pk: int) -> HttpResponse:
    """What the arrow of a table row opens: the profile in short."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    context = profile_context(request, client, request.user)
    return render(request, "profiles/client_row.html", context)


def profile_context(request: Request, client: Client, reader: User) -> dict[str, Any]:
    policy = policy_for(reader, "client")
    pets = fetch(Pet.objects.visible_to(reader), related="photo", client=client.pk)
    fetch_names(client, pets, reader=reader)
    shown = shown_pets(
        pets,
        reader=reader,
        company=request.company,
        today=timezone.localdate(),
    )
    row = table.row_of(vars(client), policy, pets=[item.pet.name for item in shown])
    return {
        "client": client,
        "reader": reader,
        "row": row,
        "map_url": table.directions_url(row.address),
        "sections": shown_client(client, reader=reader, company=request.company),
        "pets": shown,
        "warnings": [(item.pet, item.warnings) for item in shown if item.warnings],
        "shows_entry": WAY_IN in policy,
        "can_edit": bool(policy.editable),
        "can_add_pets": bool(policy_for(reader, "pet").editable),
        "can_delete": reader.is_administrator,
    }


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def client_create(request: Request) -> HttpResponse:
    form = ClientForm(record=Client(), **form_arguments(request, request.user))
    if request.method == "POST" and form.is_valid():
        question = question_of(form, request.POST.get("not_same", ""), reader=request.user)
        if question.is_open:
            return form_page(request, form, "profiles/client_form.html", question=question)
        client = create_client(values=form.values, by=request.user)
        tell(request, _("%s is in the book.") % client.name, form.warnings)
        return redirect("client_detail", client.pk)
    return form_page(request, form, "profiles/client_form.html")


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def client_edit(request: Request, pk: int) -> HttpResponse:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    fetch_several(client)
    form = ClientForm(record=client, **form_arguments(request, reader))
    refuse_readers(form)
    if request.method == "POST" and form.is_valid():
        conflicts = conflicts_of(form)
        if conflicts.is_open:
            return form_page(request, form, "profiles/client_form.html", conflicts=conflicts)
        try:
            update_client(
                client,
                values=conflicts.kept(form.values),
                by=reader,
                given_up=request.POST.get("given_up", ""),
            )
        except StaleRecordError:
            return client_edit(request, pk)
        except HeldVisitsError as held:
            return form_page(request, form, "profiles/client_form.html", held=held)
        tell(request, _("Saved."), form.warnings)
        if reader.is_client:
            remember_home(request, client)
            return redirect("my_info")
        return redirect("client_detail", client.pk)
    return form_page(request, form, "profiles/client_form.html")


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def client_delete(request: Request, pk: int) -> HttpResponse:
    """Delete after the client's name was typed; "make inactive" is offered instead."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    typed = request.POST.get("name", "").strip()
    if request.method == "POST" and request.POST.get("instead") == "inactive":
        update_client(client, values={"status": Status.INACTIVE}, by=request.user)
        messages.success(request, _("%s is inactive now. Nothing was deleted.") % client.name)
        return redirect("client_detail", client.pk)
    if request.method == "POST" and typed == client.name.strip():
        delete_client(client, by=request.user)
        messages.success(request, _("%s was deleted.") % client.name)
        return redirect("client_list")
    context = {
        "client": client,
        "typed": typed,
        "error": _("Type the name exactly: %s") % client.name if request.method == "POST" else "",
        "pets": Pet.objects.visible_to(request.user).filter(client=client),
        "going": told_with(client),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "profiles/client_delete.html", context, status=status)
