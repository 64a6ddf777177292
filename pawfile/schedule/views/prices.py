"""What one client pays: the list, and a price of their own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.profiles.models import Client
from pawfile.schedule.forms.prices import CustomPriceForm
from pawfile.schedule.models import Service
from pawfile.schedule.price_list import price_history, price_rows
from pawfile.schedule.prices import set_custom_price


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
