"""Codes in free text: a list for the office, a part of pages with such texts, what to do with each.

Who wrote a text, or may change it, is told there and moves the code as the policy lets them.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.access.actions.finds import FilledError, dismiss_find, move_into_vault
from pawfile.access.finds import ShownFind, open_finds, place_of, shown_finds
from pawfile.access.forms.finds import MoveForm
from pawfile.access.models import Find
from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import OFFICE, Role
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.profiles.models import Client

PAGE_SIZE = 25


@allow(*OFFICE)
@require_safe
def find_list(request: Request) -> HttpResponse:
    """Every text with what looks like a code, the longest waiting first."""
    page = keyset_page(
        open_finds(request.user).once(),
        column="found_at",
        cursor=request.GET.get("at", "")[:4000],
        size=PAGE_SIZE,
    )
    shown = shown_finds(page.rows, reader=request.user, company=request.company)
    return render(request, "access/find_list.html", {"page": page, "finds": shown})


@allow(*EVERYBODY)
@require_safe
def client_finds(request: Request, pk: int) -> HttpResponse:
    """Those of a client, its pets and visits, or with ``?visit=<id>`` of one visit."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    finds, visit = open_finds(request.user).filter(client=client), request.GET.get("visit", "")
    if visit.isdecimal() and len(visit) < 10:
        finds = finds.filter(Q(visit=visit) | Q(series__visits=visit))
    else:
        finds = finds.once()
    shown = shown_finds(finds, reader=request.user, company=request.company)
    context = {"client": client, "finds": shown}
    return render(request, "access/client_finds.html", context, partial="panel")


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def find_move(request: Request, pk: int) -> HttpResponse:
    find = get_object_or_404(open_finds(request.user), pk=pk)
    shown = shown_finds([find], reader=request.user, company=request.company)
    if not shown:
        messages.info(request, _("The text was changed meanwhile. There is no code in it now."))
        return redirect(place_of(find, request.user))
    form = MoveForm(shown[0].targets, shown[0].guess, request.POST or None)
    if request.method == "POST" and form.is_valid() and moved(request, find, form):
        messages.success(request, _("Moved into the vault: %s.") % form.target.field.label)
        return after(request, find)
    return move_page(request, shown[0], form)


def moved(request: Request, find: Find, form: MoveForm) -> bool:
    """Whether it is done; if not, the form says why."""
    target = form.target
    try:
        move_into_vault(
            find=find,
            into=target.field,
            is_for_pet=target.is_for_pet,
            by=request.user,
            keep=form.cleaned_data["keep"],
        )
    except FilledError as question:
        form.add_error("keep", question)
    except StaleRecordError:
        form.add_error(None, _("Somebody saved this profile meanwhile. Press the button again."))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return form.is_valid()


def move_page(request: Request, shown: ShownFind, form: MoveForm) -> HttpResponse:
    context = {
        "shown": shown,
        "form": form,
        "asks": form.has_error("keep"),
        "back": back_to(request),
    }
    return render(request, "access/find_move.html", context, status=422 if form.is_bound else 200)


@allow(*OFFICE, Role.CLIENT)
@require_POST
def find_dismiss(request: Request, pk: int) -> HttpResponse:
    """The office decides, and whose home it is; sitters do not."""
    find = get_object_or_404(open_finds(request.user), pk=pk)
    dismiss_find(find=find, by=request.user)
    messages.success(request, _("No code. You will not be asked about it again."))
    return after(request, find)


def back_to(request: Request) -> str:
    """Where the button was pressed."""
    return "profile" if request.POST.get("back", request.GET.get("back")) == "profile" else "list"


def after(request: Request, find: Find) -> HttpResponse:
    if back_to(request) == "list" and request.user.is_office:
        return redirect("find_list")
    return redirect(place_of(find, request.user))
