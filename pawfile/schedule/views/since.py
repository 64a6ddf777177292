"""What is new at a home for its sitter, saying that it was read, and the office's list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, Role
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client
from pawfile.schedule.actions.acknowledging import acknowledge_changes
from pawfile.schedule.since import news_of
from pawfile.schedule.unread import unread_visits
from pawfile.schedule.views.visit_steps import asked_back


@allow(Role.SITTER)
@require_safe
def client_since(request: Request, pk: int) -> HttpResponse:
    """A page, and the part of the profile that says what changed since the sitter's last visit."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    news = news_of([client], request.user, company=request.company)[client.pk]
    context = {"client": client, "news": news, "back": client.get_absolute_url()}
    return render(request, "schedule/client_since.html", context, partial="panel")


@allow(Role.SITTER)
@require_POST
def changes_acknowledge(request: Request, pk: int) -> HttpResponse:
    """Of exactly the changes whose numbers the page sends; what came meanwhile stays to be read."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    read = acknowledge_changes(
        client=client,
        client_changes=[int(each) for each in request.POST.getlist("client_change") if is_id(each)],
        pet_changes=[int(each) for each in request.POST.getlist("pet_change") if is_id(each)],
        by=request.user,
    )
    news = news_of([client], request.user, company=request.company)[client.pk]
    if not read:
        messages.error(request, _("These changes are not there any more. Look again."))
    elif news.unread:
        messages.warning(request, _("Something else has changed meanwhile. Read that too."))
    else:
        messages.success(request, _("Thank you. Your office sees that you have read it."))
    return redirect(asked_back(request) or "client_since", *([] if asked_back(request) else [pk]))


@allow(*OFFICE)
@require_safe
def unread_change_list(request: Request) -> HttpResponse:
    """Visits of the next days whose sitter has not read what could hurt."""
    visits, count = unread_visits(request.user, company=request.company)
    context = {"visits": visits, "count": count}
    return render(request, "schedule/unread_change_list.html", context)
