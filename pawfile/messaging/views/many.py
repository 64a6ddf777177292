"""One message to many ticked clients."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.messaging.actions.broadcasts import BATCH, begin_broadcast, send_batch
from pawfile.messaging.forms import ManyForm
from pawfile.messaging.many import addressed
from pawfile.messaging.models import Broadcast
from pawfile.messaging.tasks import send_broadcast
from pawfile.profiles.models import Client

#: Ticked clients that are written to in one go; a form has room for 2,000 fields.
AT_ONCE = 1_900


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def message_to_many(request: Request) -> HttpResponse:
    """The ticked clients, ``?client=1&client=2``: who gets the message, and who has no login."""
    form = ManyForm(request.POST if request.method == "POST" else None)
    asked = request.POST if form.is_bound else request.GET
    ticked = dict.fromkeys(int(text) for text in asked.getlist("client") if is_id(text))
    if len(ticked) > AT_ONCE:
        too_many = {"ticked": len(ticked), "at_once": AT_ONCE}
        return render(request, "messaging/message_to_many.html", too_many, status=422)
    found = addressed(Client.objects.visible_to(request.user).filter(pk__in=ticked))
    if found.good and form.is_valid():
        return send_all(request, [client.pk for client in found.good], form)
    context = {
        "form": form,
        "good": found.good,
        "without_login": found.without_login,
        "missing": len(ticked) - len(found.good) - len(found.without_login),
        "ticked": len(ticked),
        "is_later": len(found.good) > BATCH,
    }
    status = 422 if form.is_bound else 200
    return render(request, "messaging/message_to_many.html", context, status=status)


def send_all(request: Request, ids: list[int], form: ManyForm) -> HttpResponse:
    """A few at once; many by the worker, with a page that says how far it is."""
    broadcast = begin_broadcast(clients=ids, by=request.user, **form.cleaned_data)
    if len(ids) > BATCH:
        send_broadcast.enqueue(broadcast.pk)
        return redirect(broadcast)
    send_batch(broadcast.pk)
    said = ngettext("%d client got the message.", "%d clients got the message.", len(ids))
    messages.success(request, said % len(ids))
    return redirect("message_list")


@allow(*OFFICE)
@require_safe
def broadcast_detail(request: Request, pk: int) -> HttpResponse:
    """How far the worker is with a message to many."""
    found = get_object_or_404(Broadcast.objects.visible_to(request.user), pk=pk)
    context = {"broadcast": found}
    return render(request, "messaging/broadcast_detail.html", context, partial="card")
