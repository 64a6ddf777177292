"""Opening one code. The answer is kept nowhere: not by the browser, nor by a cache on the way."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from pawfile.access.actions.reveals import (
    NoSecretError,
    ReasonNeededError,
    reveal_secret,
    secret_field,
)
from pawfile.access.code_list import codes_of
from pawfile.access.forms.reasons import ReasonForm
from pawfile.access.letters import tell_of_limit
from pawfile.accounts.access import EVERYBODY, Request, allow, in_person, step_up
from pawfile.accounts.limits import TooManyTriesError, take_try
from pawfile.accounts.models import STAFF, Door, User
from pawfile.fields.registry import Label
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.lib.vault import VaultError
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.views.forms import found_for
from pawfile.schedule.models import Visit

#: After so many seconds a code hides itself again.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """Which code somebody wants to see, and from where."""

    record: Profile
    key: str
    label: Label
    reader: User
    visit: Visit | None

    @property
    def url(self) -> str:
        return reverse(f"{self.record.subject.key}_secret", args=[self.record.pk, self.key])

    @property
    def back_url(self) -> str:
        """The page with the dots."""
        if self.visit is not None and not self.reader.is_client:
            return self.visit.get_absolute_url()
        if self.reader.is_client and isinstance(self.record, Client):
            return f"{reverse('my_info')}?home={self.record.pk}"
        return reverse(f"{self.record.subject.key}_detail", args=[self.record.pk])

    def open(self, reason: str) -> str:
        is_pet = isinstance(self.record, Pet)
        return reveal_secret(
            client=self.record.client if is_pet else self.record,  # type: ignore[attr-defined, arg-type]
            pet=self.record if is_pet else None,  # type: ignore[arg-type]
            key=self.key,
            by=self.reader,
            reason=reason,
            visit=self.visit,
        )


@allow(*EVERYBODY)
@in_person
@require_POST
@cache_control(no_store=True, private=True)
def client_secret(request: Request, pk: int, key: str) -> HttpResponseBase:
    client, reader = found_for(request, Client.objects.visible_to, pk)
    return reveal(request, asked_for(request, client, key, reader))


@allow(*EVERYBODY)
@in_person
@require_POST
@cache_control(no_store=True, private=True)
def pet_secret(request: Request, pk: int, key: str) -> HttpResponseBase:
    pet, reader = found_for(request, pets_with_owner, pk)
    return reveal(request, asked_for(request, pet, key, reader))


def pets_with_owner(reader: User) -> Any:
    return Pet.objects.visible_to(reader).select_related("client")


def asked_for(request: Request, record: Profile, key: str, reader: User) -> Asked:
    """404 for a field that the reader has not, and for a visit that is not there."""
    try:
        label = secret_field(record, key, reader).label
    except NoSecretError:
        raise Http404 from None
    visit, number = None, request.POST.get("visit", "")
    if number:
        home = record.client_id if isinstance(record, Pet) else record.pk
        visits = Visit.objects.visible_to(reader).filter(client=home)
        visit = get_object_or_404(visits, pk=int(number) if is_id(number) else 0)
    return Asked(record, key, label, reader, visit)


@allow(*STAFF)
@require_safe
def visit_codes(request: Request, pk: int) -> HttpResponse:
    """What can be opened for a visit, of the home and of the pets that live there: a pop-up, or
    with ``?panel=`` a part of the visit's page."""
    visits = Visit.objects.visible_to(request.user).select_related("client", "service")
    visit = get_object_or_404(visits, pk=pk)
    context = {"visit": visit, "codes": codes_of(visit.client, request.user)}
    part = "panel" if "panel" in request.GET else "dialog"
    return render(request, "access/visit_codes.html", context, partial=part)


def reveal(request: Request, asked: Asked) -> HttpResponseBase:
    """The code; or first the question for a second factor, or for a reason."""
    to_factor = step_up(request, asked.back_url, why=_("Codes open after your second factor."))
    if to_factor is not None:
        return to_factor
    form = ReasonForm(
        request.POST if "reason" in request.POST else None,
        auto_id=f"id_{asked.record.subject.key}_{asked.record.pk}_{asked.key}_%s",
    )
    if form.is_bound and not form.is_valid():
        return answer(request, asked, "asking", form=form, status=422)
    try:
        tried = take_try(
            request, action=Door.REVEAL, key=request.user.email, who=f"user {request.user.pk}"
        )
    except TooManyTriesError as error:
        tell_of_limit(by=request.user)
        return answer(request, asked, "shut", words=error.message)
    try:
        plain = asked.open(form.cleaned_data["reason"] if form.is_bound else "")
    except ReasonNeededError:
        tried.rollback()
        return answer(request, asked, "asking", form=form, status=422)
    except NoSecretError:
        raise Http404 from None
    except VaultError:
        return answer(request, asked, "broken", status=503)
    return answer(request, asked, "open", plain=plain)


def answer(
    request: Request, asked: Asked, state: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A part of the page where htmx asks; else a page of its own that leaves by itself."""
    context = {"asked": asked, "state": state, "seconds": SHOWN, **more}
    response = render(request, "access/secret.html", context, partial="answer", status=status)
    if state == "open" and not request.htmx:
        response.headers["Refresh"] = f"{SHOWN}; url={asked.back_url}"
    return response
