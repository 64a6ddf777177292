"""Codes to change: for the office, client by client."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.access.actions.codes import ask_for_new_codes, keep_code
from pawfile.access.codes import Filters, codes_page, letter, to_change, why_no_mail
from pawfile.access.forms.codes import KeepForm
from pawfile.access.log import what_was_opened, with_names
from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client


@allow(*OFFICE)
@require_safe
def codes_to_change(request: Request) -> HttpResponse:
    filters = Filters.read(request.GET)
    page = codes_page(filters, reader=request.user)
    url = request.build_absolute_uri(reverse("my_info"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": [
            (row, letter(row, url=url), why_no_mail(row.client, request.user)) for row in page.rows
        ],
    }
    return render(request, "access/codes_to_change.html", context)


@allow(*OFFICE)
@require_POST
def codes_ask(request: Request, pk: int) -> HttpResponse:
    """Mail the client, if there is something to change and a way to write."""
    known = to_change(request.user).order_by().values("client")
    client = get_object_or_404(Client.objects.visible_to(request.user).filter(pk__in=known), pk=pk)
    if problem := why_no_mail(client, request.user):
        messages.error(request, problem)
    else:
        site = request.build_absolute_uri("/")
        ask_for_new_codes(client=client, by=request.user, site=site)
        messages.success(request, _("%s gets a mail with a link.") % client.name)
    return redirect("codes_to_change")


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def code_keep(request: Request, pk: int) -> HttpResponse:
    """Leave a code as it is, with a reason. ``pk`` is an opening of it."""
    reveal = get_object_or_404(with_names(to_change(request.user)), pk=pk)
    form = KeepForm(request.POST if request.method == "POST" else None)
    what = what_was_opened(reveal, request.user)
    if form.is_valid():
        keep_code(reveal=reveal, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("%s stays as it is.") % what)
        return redirect("codes_to_change")
    context = {"reveal": reveal, "what": what, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "access/code_keep.html", context, status=status)
