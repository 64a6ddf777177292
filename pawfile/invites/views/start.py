"""The guided start of a client: details, home, pets, what is still required."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role, User
from pawfile.fields.policy import policy_for
from pawfile.history.models import StaleRecordError
from pawfile.invites.models import Step
from pawfile.invites.start import (
    Asked,
    asked_of,
    keys_of_step,
    next_asked,
    open_start,
    pet_keys,
    save_own_details,
    step_to_open,
)
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.actions import create_pet, update_pet
from pawfile.profiles.breeds import breeds_for
from pawfile.profiles.conflicts import Conflicts, conflicts_of
from pawfile.profiles.display import photo_url
from pawfile.profiles.forms import ClientForm, PetForm, ProfileForm
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import missing_for_requests
from pawfile.profiles.views.forms import form_arguments, form_page, tell


@allow(Role.CLIENT)
@require_safe
def start(request: Request) -> HttpResponse:
    """Go on where the household stopped: of ``?home=<id>``, else of the first home."""
    homes = Client.objects.visible_to(request.user)
    asked = request.GET.get("home", "")
    if asked:
        client = get_object_or_404(homes, pk=int(asked) if is_id(asked) else 0)
    else:
        first = homes.order_by("pk").first()
        if first is None:
            return redirect("my_info")
        client = first
    return redirect("start_step", client.pk, step_to_open(client, request.user))


@allow(Role.CLIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def start_step(request: Request, pk: int, step: str) -> HttpResponse:
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    if step not in Step.values:
        raise Http404
    if request.method != "POST" and not request.user.viewed_by:
        open_start(client, Step(step))
    if step == Step.PETS:
        return pets_step(request, client)
    if step == Step.REQUIRED:
        return required_step(request, client)
    keys = keys_of_step(Step(step), request.user)
    if keys:
        return record_step(request, client, Step(step), Asked(client, keys))
    if step == Step.DONE:
        missing = missing_for_requests(client, request.user)
        return render(request, "invites/start_done.html", {"client": client, "missing": missing})
    return to_step(client, Step(step).next)


def to_step(client: Client, step: Step) -> HttpResponse:
    return redirect("start_step", client.pk, step)


def pets_step(request: Request, client: Client) -> HttpResponse:
    """The pets so far, and the form of the next one: at once while there is none."""
    pets = list(Pet.objects.visible_to(request.user).filter(client=client).select_related("photo"))
    policy = policy_for(request.user, "pet")
    is_adding = request.method == "POST" or "add" in request.GET or not pets
    if not (is_adding and policy.editable):
        shown = [(pet, photo_url(pet, policy)) for pet in pets]
        context = {**frame(client, Step.PETS), "pets": shown, "can_add": bool(policy.editable)}
        return render(request, "invites/start_pets.html", context)
    form = PetForm(
        record=Pet(client=client),
        only=pet_keys(request.user),
        **form_arguments(request, request.user),
    )
    if request.method == "POST" and form.is_valid():
        pet = create_pet(values={**form.values, "client": client}, by=request.user)
        tell(request, _("%s is in the book.") % pet.name, form.warnings)
        return to_step(client, Step.PETS)
    return step_form(request, client, Step.PETS, form)


def required_step(request: Request, client: Client) -> HttpResponse:
    """What must be filled in and is not: of the home first, then pet by pet."""
    pet = request.GET.get("pet", "")
    record: Client | Pet = client
    if pet:
        pets = Pet.objects.visible_to(request.user).filter(client=client)
        record = get_object_or_404(pets, pk=int(pet) if is_id(pet) else 0)
    if request.method == "POST":
        asked = asked_of(record, request.user)
    else:
        found = next_asked(client, request.user)
        if found is None:
            return to_step(client, Step.DONE)
        asked = found
        if isinstance(asked.record, Pet) and str(asked.record.pk) != pet:
            url = reverse("start_step", args=[client.pk, Step.REQUIRED])
            return redirect(f"{url}?pet={asked.record.pk}")
    return record_step(request, client, Step.REQUIRED, asked)


def record_step(request: Request, client: Client, step: Step, asked: Asked) -> HttpResponse:
    """Ask some fields of one record; saved, the way goes on, or on to the next record."""
    kind = PetForm if isinstance(asked.record, Pet) else ClientForm
    form = kind(record=asked.record, only=asked.keys, **form_arguments(request, request.user))
    if request.method == "POST" and form.is_valid():
        conflicts = conflicts_of(form)
        if conflicts.is_open:
            return step_form(request, client, step, form, conflicts)
        try:
            save(asked.record, conflicts.kept(form.values), by=request.user)
        except StaleRecordError:
            return start_step(request, client.pk, step)
        tell(request, _("Saved."), form.warnings)
        return to_step(client, step if step == Step.REQUIRED else step.next)
    return step_form(request, client, step, form)


def save(record: Client | Pet, values: dict[str, Any], *, by: User) -> None:
    if isinstance(record, Pet):
        update_pet(record, values=values, by=by)
    else:
        save_own_details(client=record, values=values, by=by)


def step_form(
    request: Request,
    client: Client,
    step: Step,
    form: ProfileForm,
    conflicts: Conflicts | None = None,
) -> HttpResponse:
    breeds = breeds_for(form.animal) if isinstance(form, PetForm) else []
    context = {**frame(client, step), "breeds": breeds, "photos": []}
    return form_page(request, form, "invites/start_step.html", conflicts=conflicts, **context)


def frame(client: Client, step: Step) -> dict[str, Any]:
    """What every step shows around its form: how far one is, and the way on."""
    steps = list(Step)[:-1]
    return {
        "client": client,
        "step": step,
        "number": steps.index(step) + 1,
        "steps": len(steps),
        "next_url": reverse("start_step", args=[client.pk, step.next]),
    }
