"""What the pages of users and of client logins share: the buttons that are the same for both."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.accounts.sessions import live_sessions
from pawfile.lib.htmx import render
from pawfile.people.actions import (
    attach_client,
    detach_client,
    reactivate_user,
    record_reset,
    remove_factors,
    sign_out_everywhere,
)
from pawfile.people.forms import AttachForm, LoginForm, UserForm
from pawfile.people.resets import send_reset_link
from pawfile.profiles.models import Client

MOST_CLIENTS = 300


def person_page(
    request: Request, person: User, form: UserForm | LoginForm | None = None, attach_error: str = ""
) -> HttpResponse:
    """The page of a staff member or of a client login, with what is wrong with what was sent."""
    if form is None:
        form = LoginForm(person) if person.is_client else UserForm(person, by=request.user)
    template = "people/login_detail.html" if person.is_client else "people/user_detail.html"
    context = {"form": form, "attach_error": attach_error, **person_context(request, person)}
    status = 422 if form.is_bound or attach_error else 200
    return render(request, template, context, status=status)


def person_context(request: Request, person: User) -> dict[str, Any]:
    """What the pages about one person show."""
    return {
        "person": person,
        "homes": Client.objects.visible_to(request.user).filter(logins=person),
        "session_count": live_sessions(person).count(),
        "clients": Client.objects.visible_to(request.user)
        .current()
        .only("first_name", "last_name", "sort_name")[:MOST_CLIENTS],
    }


def person_of(request: Request, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user).with_proofs_known(), pk=pk)


def to_person(person: User) -> HttpResponse:
    return redirect("login_detail" if person.is_client else "user_detail", person.pk)


def tell_changes(request: Request, changed: list[str]) -> None:
    if changed:
        messages.success(request, _("Saved: %s.") % ", ".join(changed))
    else:
        messages.info(request, _("Nothing was changed."))


@allow(Role.ADMINISTRATOR)
@require_POST
def person_reactivate(request: Request, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    if not person.is_active:
        reactivate_user(user=person, by=request.user)
        send_reset(request, person)
        text = _("%s can come back, and has a mail to choose a new password.")
        messages.success(request, text % person)
    return to_person(person)


@allow(Role.ADMINISTRATOR)
@require_POST
def person_sign_out(request: Request, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    sign_out_everywhere(user=person, by=request.user)
    messages.success(request, _("%s is signed out everywhere.") % person)
    return to_person(person)


@allow(Role.ADMINISTRATOR)
@require_POST
def person_factors_remove(request: Request, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    if remove_factors(user=person, by=request.user):
        text = _("%s signs in with the password alone now, and has a mail that says so.")
        messages.success(request, text % person)
    else:
        messages.info(request, _("There is no second factor."))
    return to_person(person)


@allow(Role.ADMINISTRATOR)
@require_POST
def person_reset(request: Request, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    if person.is_active:
        send_reset(request, person)
        record_reset(user=person, by=request.user)
        text = _("A link to choose a new password goes to %s.")
        messages.success(request, text % person.email)
    else:
        messages.error(request, _("Reactivate this login first."))
    return to_person(person)


def send_reset(request: Request, person: User) -> None:
    """The mail that "Forgot your password?" sends."""
    send_reset_link.enqueue(person.email, request.build_absolute_uri("/"))


@allow(Role.ADMINISTRATOR)
@require_POST
def person_attach(request: Request, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    form = AttachForm(by=request.user, data=request.POST)
    if not form.is_valid():
        return person_page(request, person, attach_error=str(form.errors["client"][0]))
    client = form.cleaned_data["client"]
    if attach_client(user=person, client=client, by=request.user):
        text = _("%(who)s belongs to %(home)s now.") % {"who": person, "home": client}
        messages.success(request, text)
    else:
        messages.info(request, _("That profile is attached already."))
    return to_person(person)


@allow(Role.ADMINISTRATOR)
@require_POST
def person_detach(request: Request, pk: int, client: int) -> HttpResponse:
    person = person_of(request, pk)
    homes = Client.objects.visible_to(request.user).filter(logins=person)
    home = get_object_or_404(homes, pk=client)
    detach_client(user=person, client=home, by=request.user)
    text = _("%(who)s no longer belongs to %(home)s.") % {"who": person, "home": home}
    messages.success(request, text)
    return to_person(person)
