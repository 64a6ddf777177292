from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.lib.htmx import render
from pawfile.lib.prepared import fetch
from pawfile.profiles.as_of import first_day, past_client, past_pets
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.names import fetch_names
from pawfile.profiles.views.forms import found_for


@allow(*EVERYBODY)
@require_safe
def client_as_of(request: Request, pk: int) -> HttpResponse:
    """The profile as it was at the end of the day ``?on=2026-10-01``; without, of yesterday."""
    client, reader = found_for(request, Client.objects.visible_to, pk)
    typed = request.GET.get("on")
    first, today = first_day(client), timezone.localdate()
    day, error = read_day(typed, first=first, today=today)
    context: dict[str, Any] = {
        "client": client,
        "reader": reader,
        "typed": typed if error else day.isoformat(),
        "error": error,
        "first": first,
        "today": today,
        "day": day,
        "is_today": day == today,
    }
    if not error:
        pets = fetch(Pet.objects.visible_to(reader), client=client.pk)
        fetch_names(client, pets, reader=reader)
        context["sections"] = past_client(client, day, reader=reader)
        context["pets"] = past_pets(pets, day, reader=reader)
    return render(request, "profiles/client_as_of.html", context, status=422 if error else 200)


def read_day(typed: str | None, *, first: date, today: date) -> tuple[date, str]:
    """The day asked for, and what is wrong with it."""
    if not typed:
        return max(first, date.fromordinal(today.toordinal() - 1)), ""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today, _("Write a day like 2026-04-12.")
    if day > today:
        return today, _("That day is still to come. Choose today or an earlier one.")
    if day < first:
        text = _("The client came into the book on %s. Choose that day or a later one.")
        return today, text % format_date(first, "j M Y")
    return day, ""
