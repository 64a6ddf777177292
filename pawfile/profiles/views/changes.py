from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.history.marks import mark_seen
from pawfile.lib.htmx import render
from pawfile.lib.prepared import fetch
from pawfile.profiles.changes import home_of, shown_change, timeline_url
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.timeline import Timeline
from pawfile.profiles.views.forms import found_for

#: A pop-up with more changes than this is read by nobody.
MOST = 100


@allow(*EVERYBODY)
@require_safe
def client_changes(request: Request, pk: int, key: str) -> HttpResponse:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    return changes_page(request, client, key, reader)


@allow(*EVERYBODY)
@require_safe
def pet_changes(request: Request, pk: int, key: str) -> HttpResponse:
    pet, reader = found_for(request, lambda who: Pet.objects.visible_to(who).with_links(), pk)
    return changes_page(request, pet, key, reader)


def changes_page(request: Request, record: Profile, key: str, reader: User) -> HttpResponse:
    """Every change of one field, newest first. Who opens it has seen them.

    A field the reader may not see has no history for that reader: 404.
    """
    policy = policy_for(reader, record.subject.key)
    if key not in policy:
        raise Http404
    field = policy.fields[key]
    shown = [
        shown_change(change, field, record, reader=reader, company=request.company, policy=policy)
        for change in record.changes_of(key).readable_by(reader)[:MOST]
    ]
    mark_seen(record, key, reader=reader)
    is_own = reader.is_client and isinstance(record, Client)
    back_url = (
        reverse("my_info") if is_own else reverse(f"{record.subject.key}_detail", args=[record.pk])
    )
    context = {
        "record": record,
        "back_url": back_url,
        "field": field,
        "changes": shown,
        "most": MOST,
        "timeline_url": f"{timeline_url(home_of(record))}?field={record.subject.key}.{key}",
    }
    return render(request, "profiles/changes.html", context, partial="dialog")


@allow(*EVERYBODY)
@require_safe
def client_timeline(request: Request, pk: int) -> HttpResponse:
    """All changes of the client and of the pets that this person sees."""
    client, reader = found_for(request, Client.objects.visible_to, pk)
    pets = fetch(Pet.objects.visible_to(reader), client=client.pk)
    timeline = Timeline(client, pets, reader=reader, company=request.company)
    people = timeline.people()
    filters = timeline.read(request.GET, people)
    page = timeline.page(filters)
    context = {
        "client": client,
        "reader": reader,
        "filters": filters,
        "page": page,
        "changes": timeline.shown(page.rows),
        "fields": timeline.fields,
        "subjects": timeline.subjects,
        "people": people,
    }
    return render(request, "profiles/client_timeline.html", context, partial="results")
