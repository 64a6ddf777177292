"""The key board and the page of a key."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.access.actions.keys import (
    add_key,
    change_key,
    remove_key,
    report_found,
    report_lost,
)
from pawfile.access.board import Filters, board_page, rows_of, sitter_choices
from pawfile.access.forms.keys import KeyForm, NewKeyForm
from pawfile.access.label_sheets import SHEETS, usual_sheet
from pawfile.access.models import HandOver, Key, KeyPlace
from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import OFFICE, STAFF, User
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client

FORM = ["GET", "HEAD", "POST"]

GONE = gettext_lazy("This key is not in the book any more.")


@allow(*STAFF)
@require_safe
def key_list(request: Request) -> HttpResponse:
    reader, today = request.user, timezone.localdate()
    filters = Filters.read(request.GET)
    page = board_page(filters, reader=reader, today=today)
    context = {
        "filters": filters,
        "page": page,
        "rows": rows_of(page.rows, reader=reader, today=today),
        "places": KeyPlace.choices,
        "sitters": sitter_choices(reader),
        "waiting": HandOver.objects.visible_to(reader).waiting_for(reader).count(),
        "has_requests": has_requests(request),
        "sheets": SHEETS.values(),
        "usual_sheet": usual_sheet(request.company.phone_region),
    }
    return render(request, "access/key_list.html", context, partial="results")


def has_requests(request: Request) -> bool:
    """Whether this person has a page of key requests: sitters who move keys themselves have none
    (rule 76)."""
    return bool(request.user.is_office or not request.company.has_self_pickup)


def key_of(request: Request, pk: int) -> Key:
    keys = Key.objects.visible_to(request.user).select_related("client", "sitter", "location")
    return get_object_or_404(keys, pk=pk)


@allow(*STAFF)
@require_safe
def key_detail(request: Request, pk: int) -> HttpResponse:
    reader, key = request.user, key_of(request, pk)
    [row] = rows_of([key], reader=reader, today=timezone.localdate())
    people = ("begun_by", "confirmed_by", "refused_by", "to_sitter")
    context = {
        "row": row,
        "key": key,
        "hand_overs": key.hand_overs.select_related(*people),
        "can_confirm": row.coming and row.coming.can_be_confirmed_by(reader),
        "can_end": row.coming and row.coming.can_be_ended_by(reader),
        "can_give": key.place != KeyPlace.LOST
        and not row.coming
        and (reader.is_office or key.sitter == reader),
        "can_take": can_take(row.key, reader) and not row.coming and row.client is not None,
        "can_lose": key.place != KeyPlace.LOST and (reader.is_office or key.sitter == reader),
        "is_lost": key.place == KeyPlace.LOST,
    }
    return render(request, "access/key_detail.html", context)


def can_take(key: Key, reader: User) -> bool:
    return reader.is_sitter and key.place not in (KeyPlace.SITTER, KeyPlace.LOST)


@allow(*OFFICE)
@require_http_methods(FORM)
def key_create(request: Request) -> HttpResponse:
    """For which client, ``?client=<id>``, is asked first."""
    clients = Client.objects.visible_to(request.user)
    asked = request.GET.get("client", "")
    client = clients.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if client is None:
        if request.method == "POST" or asked:
            raise Http404
        return render(request, "access/key_create.html", {"clients": clients.current()})
    form = NewKeyForm(client, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            key = add_key(
                client=client, code=values["code"], spot=values["at"], note=values["note"],
                by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            form.add_errors(error)
        else:
            messages.success(request, _("%s is on the board.") % key.code)
            return redirect(key)
    context = {"client": client, "form": form}
    return render(request, "access/key_create.html", context, status=422 if form.is_bound else 200)


@allow(*OFFICE)
@require_http_methods(FORM)
def key_edit(request: Request, pk: int) -> HttpResponse:
    key = key_of(request, pk)
    form = KeyForm(key, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            change_key(key=key, values=values, opened_version=values["version"], by=request.user)
        except StaleRecordError:
            form.add_error(None, _("Somebody else changed this key. Look at it, then save again."))
            form.data = request.POST.dict() | {"version": key.version}
        except ValidationError as error:
            form.add_errors(error)
        else:
            messages.success(request, _("Saved."))
            return redirect(key)
    context = {"key": key, "form": form}
    return render(request, "access/key_edit.html", context, status=422 if form.is_bound else 200)


@allow(*STAFF)
@require_POST
def key_lost(request: Request, pk: int) -> HttpResponse:
    key = key_of(request, pk)
    try:
        report_lost(key=key, by=request.user)
    except StaleRecordError:
        messages.error(request, GONE)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("%s is marked as lost.") % key.code)
    seen = Key.objects.visible_to(request.user).filter(pk=key.pk).exists()
    return redirect(key) if seen else redirect("key_list")


@allow(*OFFICE)
@require_POST
def key_found(request: Request, pk: int) -> HttpResponse:
    key = key_of(request, pk)
    try:
        report_found(key=key, by=request.user)
    except StaleRecordError:
        messages.error(request, GONE)
        return redirect("key_list")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("%s is at the office again.") % key.code)
    return redirect(key)


@allow(*OFFICE)
@require_http_methods(FORM)
def key_remove(request: Request, pk: int) -> HttpResponse:
    """Asks first: the key's history goes with it."""
    key = key_of(request, pk)
    if request.method != "POST":
        return render(request, "access/key_remove.html", {"key": key})
    remove_key(key=key, by=request.user)
    messages.success(request, _("%s was removed.") % key.code)
    return redirect("key_list")


@allow(*EVERYBODY)
@require_safe
def client_keys(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile that says where the client's keys are."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    keys = Key.objects.visible_to(request.user).filter(client=client)
    rows = rows_of(
        keys.select_related("client", "sitter", "location"),
        reader=request.user,
        today=timezone.localdate(),
    )
    context = {"client": client, "rows": rows}
    return render(request, "access/client_keys.html", context, partial="card")
