from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person
from pawfile.accounts.models import User
from pawfile.fields.policy import PolicyField, policy_for
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.blocking import HeldVisitsError
from pawfile.profiles.changes import field_label, home_of, timeline_url
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.restoring import Restored, change_to_restore, restored
from pawfile.profiles.views.forms import found_for, tell


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def client_restore(request: Request, pk: int, change: int) -> HttpResponse:
    """Puts back what a field of the client said before a change."""
    client, reader = found_for(request, Client.objects.visible_to, pk)
    try:
        return restore_page(request, client, change, reader)
    except StaleRecordError:
        return client_restore(request, pk, change)


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def pet_restore(request: Request, pk: int, change: int) -> HttpResponse:
    pet, reader = found_for(request, lambda who: Pet.objects.visible_to(who).with_links(), pk)
    try:
        return restore_page(request, pet, change, reader)
    except StaleRecordError:
        return pet_restore(request, pk, change)


def restore_page(request: Request, record: Client | Pet, pk: int, reader: User) -> HttpResponse:
    """The value before the change and the value now, and a button that puts the former back.

    409 if somebody changed the field after this page was opened, 422 if it cannot be put back.
    """
    policy = policy_for(reader, record.subject.key)
    change = change_to_restore(record, pk, policy, reader)
    if change is None:
        raise Http404
    item = policy.fields[change.key]
    if not item.is_editable:
        raise PermissionDenied
    now, answer = (
        record.field_text(item.field),
        restored(record, change, by=reader, company=request.company),
    )
    is_outdated = request.method == "POST" and was_changed(request, record, item)
    if request.method == "POST" and not (is_outdated or answer.refusal):
        answer = put_back(record, answer, by=reader)
        if not answer.refusal:
            tell(request, _("%s reads as before.") % field_label(item, record), answer.warnings)
            return redirect(timeline_url(home_of(record)))
    context = {
        "record": record,
        "label": field_label(item, record),
        "back_url": timeline_url(home_of(record)),
        "change": change,
        "is_secret": item.field.is_secret,
        "now": now,
        "refusal": answer.refusal,
        "is_outdated": is_outdated,
    }
    status = 409 if is_outdated else 422 if request.method == "POST" else 200
    return render(request, "profiles/restore.html", context, status=status)


def was_changed(request: Request, record: Client | Pet, item: PolicyField) -> bool:
    """Whether somebody changed the field since the page with the button was opened."""
    version = request.POST.get("version", "")
    seen = int(version) if is_id(version) else 0
    return record.changes_of(item.key).filter(version__gt=seen).exists()


def put_back(record: Client | Pet, answer: Restored, *, by: User) -> Restored:
    try:
        if isinstance(record, Pet):
            update_pet(record, values=answer.values, by=by)
        else:
            update_client(record, values=answer.values, by=by)
    except HeldVisitsError as held:
        return Restored(refusal=" ".join(held.messages))
    return answer
