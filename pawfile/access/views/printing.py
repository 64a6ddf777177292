"""Clients on paper: a page to print, a PDF, and for many clients a PDF from the worker."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.access.actions.printing import begin_print
from pawfile.access.actions.reveals import NoSecretError, ReasonNeededError, reveal_secret
from pawfile.access.code_list import Code, codes_of
from pawfile.access.forms.printing import PrintForm
from pawfile.access.letters import tell_of_limit
from pawfile.access.models import PrintRun, PrintState
from pawfile.access.models.print_run import sight_of
from pawfile.access.prints import printed_text, sheets_of
from pawfile.access.sheet_pdf import paper_of, sheets_pdf
from pawfile.accounts.access import EVERYBODY, Request, allow, step_up
from pawfile.accounts.limits import TooManyTriesError, take_try
from pawfile.accounts.models import STAFF, Door, User
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.lib.vault import VaultError
from pawfile.profiles.models import Client
from pawfile.profiles.views.forms import found_for

#: So many sheets a page has at most; the PDF of more is the worker's.
AT_ONCE = 20
#: So many clients are printed in one go.
MOST = 1000
#: A page with codes on it leaves by itself after so many seconds.
SHOWN = 120


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def client_print(request: Request, pk: int) -> HttpResponseBase:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    return printed(request, [client], reader)


@allow(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def clients_print(request: Request) -> HttpResponseBase:
    """The ticked clients, ``?client=1&client=2``, each on a sheet of its own."""
    ticked = request.GET.getlist("client")
    if not ticked or len(ticked) > MOST:
        none = _("Tick the clients to print.")
        messages.info(request, _("Tick at most %d clients.") % MOST if ticked else none)
        return redirect("client_list")
    asked = [int(pk) for pk in ticked if is_id(pk)]
    clients = list(Client.objects.visible_to(request.user).with_links().filter(pk__in=asked))
    if not clients:
        raise Http404
    return printed(request, clients, request.user)


def printed(request: Request, clients: list[Client], reader: User) -> HttpResponseBase:
    """The sheets. A code is on them only after a POST that ticked it, which opens and logs it."""
    if request.method == "POST" and request.user.viewed_by:
        raise PermissionDenied
    is_many = len(clients) > AT_ONCE
    offered = {} if is_many or request.user.viewed_by else offered_codes(clients, reader)
    wish = request.POST if request.method == "POST" else request.GET
    form = PrintForm(wish, offered=offered, paper=paper_of(request.company.phone_region))
    is_right = form.is_valid()
    if is_many:
        return for_worker(request, clients, form)
    opened: dict[tuple[str, int, str], str] = {}
    trouble = ""
    if request.method == "POST" and is_right and form.cleaned_data["codes"]:
        told = _("Codes open after your second factor.")
        to_factor = step_up(request, request.get_full_path(), why=told)
        if to_factor is not None:
            return to_factor
        chosen = [offered[name] for name in form.cleaned_data["codes"]]
        opened, trouble = open_codes(request, chosen, reader)
    sheets = sheets_of(clients, reader=reader, company=request.company, opened=opened)
    if wish.get("as") == "pdf" and is_right and not trouble:
        paper = form.cleaned_data["paper"]
        return as_pdf(sheets_pdf(
            sheets, paper=paper, printed=printed_text(request.user, request.company),
            company=request.company.company_name,
        ))  # fmt: skip
    context = {
        "clients": clients,
        "reader": reader,
        "sheets": list(sheets),
        "form": form,
        "offered": offered,
        "opened": opened,
        "trouble": trouble,
        "printed": printed_text(request.user, request.company),
        "seconds": SHOWN,
    }
    status = 200 if is_right and not trouble else 422
    response = render(request, "access/client_print.html", context, status=status)
    if opened:
        response.headers["Refresh"] = f"{SHOWN}; url={request.get_full_path()}"
    return response


def offered_codes(clients: list[Client], reader: User) -> dict[str, Code]:
    return {code.name: code for client in clients for code in codes_of(client, reader)}


def open_codes(
    request: Request, codes: list[Code], reader: User
) -> tuple[dict[tuple[str, int, str], str], str]:
    """Open each of them, with its row in the log; or none is told, and why.

    A sitter prints what opens around own visits; for an emergency a code is opened on the screen.
    """
    opened = {}
    for code in codes:
        record, pet = code.record, code.pet
        client = pet.client if pet is not None else cast("Client", record)
        try:
            tried = take_try(request, action=Door.REVEAL, key=reader.email, who=f"user {reader.pk}")
        except TooManyTriesError as error:
            tell_of_limit(by=reader)
            return {}, str(error.message)
        try:
            plain = reveal_secret(client=client, pet=pet, key=code.key, by=reader, is_printed=True)
        except ReasonNeededError:
            tried.rollback()
            words = _("%s: codes print only around your own visits. Nothing was printed.")
            return {}, words % client.name
        except (NoSecretError, VaultError):
            return {}, _("%s cannot be opened now. Nothing was printed.") % code.label
        opened[record.subject.key, record.pk, code.key] = plain
    return opened, ""


def as_pdf(pdf: bytes) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="client-sheets.pdf"'
    return answer


def for_worker(request: Request, clients: list[Client], form: PrintForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        pks = [client.pk for client in clients]
        return redirect(begin_print(clients=pks, paper=form.cleaned_data["paper"], by=request.user))
    context: dict[str, Any] = {"clients": clients, "form": form, "is_many": True, "most": AT_ONCE}
    return render(request, "access/client_print.html", context)


@allow(*STAFF)
@require_safe
def print_run_detail(request: Request, pk: int) -> HttpResponse:
    """How far the worker is, and then the PDF."""
    run = get_object_or_404(PrintRun.objects.visible_to(request.user), pk=pk)
    return render(request, "access/print_run_detail.html", {"run": run}, partial="progress")


@allow(*STAFF)
@require_safe
@cache_control(no_store=True, private=True)
def print_run_pdf(request: Request, pk: int) -> HttpResponseBase:
    """404 also when a client on it is out of sight meanwhile, or the person sees other fields."""
    ready = PrintRun.objects.visible_to(request.user).filter(state=PrintState.READY)
    run = get_object_or_404(ready, pk=pk)
    seen = Client.objects.visible_to(request.user).filter(pk__in=run.clients).count()
    if seen < run.total or run.drawn_for != sight_of(request.user, request.company):
        raise Http404
    try:
        stored = default_storage.open(run.path)
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind, name = "application/pdf", "client-sheets.pdf"
    return FileResponse(stored, content_type=kind, as_attachment=True, filename=name)
