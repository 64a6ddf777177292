"""A profile as another role sees it: what the options of the fields come to, before anybody meets
them."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.fields.policy import policy_for
from pawfile.lib.htmx import render
from pawfile.profiles.display import by_need, shown_pet, shown_sections
from pawfile.profiles.forms import ClientForm, FormSection
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.words import searchable_keys

OFFERED = 12
AS = {
    "manager": (Role.MANAGER, _("Manager"), _("As a manager sees it")),
    "sitter": (Role.SITTER, _("Sitter"), _("As a sitter sees it")),
    "client": (Role.CLIENT, _("Client"), _("As the client sees it")),
}


@allow(Role.ADMINISTRATOR)
@require_safe
def field_preview(request: Request) -> HttpResponse:
    """Nothing here can be saved. What the role may not see is not on the page either."""
    seen_as = request.GET.get("as", "")
    seen_as = seen_as if seen_as in AS else "sitter"
    clients = Client.objects.visible_to(request.user)
    number = request.GET.get("client", "")
    query = "" if number else request.GET.get("q", "").replace("\0", "").strip()[:200]
    client = clients.with_links().first()
    if number:
        client = get_object_or_404(
            clients.with_links(), pk=int(number) if number.isdecimal() and len(number) < 18 else 0
        )
    keys = searchable_keys(request.user)
    context: dict[str, Any] = {
        "as": seen_as,
        "is_preview": True,
        "roles": [(key, label) for key, (_role, label, _title) in AS.items()],
        "title": AS[seen_as][2],
        "client": client,
        "query": query,
        "found": clients.search(query, reader=request.user, keys=keys)[:OFFERED] if query else [],
    }
    if client is not None:
        context |= seen_by(AS[seen_as][0], client, request)
    return render(request, "profiles/field_preview.html", context)


def seen_by(role: Role, client: Client, request: Request) -> dict[str, Any]:
    """The profile and the form for somebody of this role who is nobody in particular."""
    reader = User(role=role)
    policy, pet_policy = policy_for(reader, "client"), policy_for(reader, "pet")
    sections = shown_sections(client, policy, {})
    pets = Pet.objects.visible_to(request.user).filter(client=client, active=True).with_links()
    shown = [shown_pet(pet, pet_policy, {}, today=timezone.localdate()) for pet in pets]
    form = ClientForm(record=client, by=reader, company=request.company)
    return {
        "sections": sections if policy.catalogue.has_own_order else by_need(sections),
        "pets": shown,
        "warnings": [(item.pet, item.warnings) for item in shown if item.warnings],
        "form": form,
        "form_sections": asked(form) if policy.editable else [],
    }


def asked(form: ClientForm) -> list[FormSection]:
    """The form without what other answers make superfluous; on the real one a script hides it."""
    sections = [
        replace(section, items=[item for item in section.items if form.applies(item.field)])
        for section in form.form_sections
    ]
    return [section for section in sections if section.items]
