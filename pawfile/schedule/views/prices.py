"""What one client pays: the list, a price of their own, and the price of a visit in words."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client
from pawfile.schedule.forms.prices import CustomPriceForm
from pawfile.schedule.models import Service
from pawfile.schedule.price_list import price_history, price_rows
from pawfile.schedule.prices import Price, price_of, set_custom_price


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def client_prices(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile that says which prices are the client's own."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    today, sent = timezone.localdate(), request.POST if request.method == "POST" else None
    form = CustomPriceForm(
        client,
        sent,
        today=today,
        currency=request.company.currency,
        service=request.GET.get("service", "")[:20],
    )
    if form.is_bound and form.is_valid() and form.count is None:
        count = set_custom_price(client=client, **form.values, by=request.user)
        messages.success(request, told(form.values["service"], count))
        return redirect("client_prices", client.pk)
    rows = price_rows(client, today=today)
    has_own = any(row.is_told for row in rows)
    context = {"client": client, "rows": rows, "has_own": has_own, "form": form}
    if not request.htmx:
        context["history"] = price_history(client)
    status = 422 if form.is_bound else 200
    return render(request, "schedule/client_prices.html", context, partial="card", status=status)


def told(service: Service, count: int) -> str:
    said = _("The price of %s was saved.") % service
    if not count:
        return said
    text, texts = "%d visit has the new price.", "%d visits have the new price."
    return f"{said} {ngettext(text, texts, count) % count}"


@allow(*OFFICE)
@require_safe
def client_price(request: Request, pk: int) -> HttpResponse:
    """What a visit of ``?service=`` would cost ``?on=`` that day, and why: for the form of one."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    context = {"price": price_asked(request, client)}
    return render(request, "schedule/client_price.html", context)


def price_asked(request: Request, client: Client) -> Price | None:
    """None while the form does not say a service and a day yet."""
    number, day = request.GET.get("service", ""), request.GET.get("on", "")
    services = Service.objects.visible_to(request.user)
    service = services.filter(pk=number).first() if is_id(number) else None
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    return price_of(client=client, service=service, on=on) if service else None
