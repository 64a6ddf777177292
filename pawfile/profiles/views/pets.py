from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import Role, User
from pawfile.fields.policy import policy_for
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import keyset_page
from pawfile.profiles import pet_table
from pawfile.profiles.actions import create_pet, delete_pet, update_pet
from pawfile.profiles.breeds import breeds_for
from pawfile.profiles.conflicts import Conflicts, conflicts_of
from pawfile.profiles.display import is_seen, is_waiting, photo_url, shown_pets
from pawfile.profiles.forms import PetForm
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.pet import PetQuerySet
from pawfile.profiles.views.forms import (
    form_arguments,
    form_page,
    found_for,
    refuse_readers,
    tell,
)

PAGE_SIZE = 50
MOST_OWNERS = 300


@allow(*EVERYBODY)
@require_safe
def pet_list(request: Request) -> HttpResponse:
    """Pets by name, of the clients this person sees; administrators also the inactive ones."""
    policy = policy_for(request.user, "pet")
    filters = pet_table.Filters.read(request.GET, request.user)
    pets = pet_table.filtered(filters, reader=request.user)
    page = keyset_page(
        pets.select_related("client", "photo"),
        column="sort_name",
        cursor=request.GET.get("at", "")[:4000],
        size=PAGE_SIZE,
    )
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [
            {
                "pet": pet,
                "photo_url": photo_url(pet, policy),
                "age": pet.age_on(today) if is_seen("born", pet, policy) else "",
                "breed": pet.breed if is_seen("breed", pet, policy) else "",
            }
            for pet in page.rows
        ],
        "query": filters.query,
        "animal": filters.animal,
        "animals": request.company.animals,
        "state": filters.state,
        "is_narrowed": bool(filters.query or filters.animal or filters.state),
        "can_add": bool(policy.editable),
    }
    return render(request, "profiles/pet_list.html", context, partial="results")


def pets_with_links(reader: User) -> PetQuerySet:
    return Pet.objects.visible_to(reader).with_links()


@allow(*EVERYBODY)
@require_safe
def pet_detail(request: Request, pk: int) -> HttpResponse:
    pet, reader = found_for(request, pets_with_links, pk)
    shown = shown_pets([pet], reader=reader, company=request.company, today=timezone.localdate())
    policy = policy_for(reader, "pet")
    context = {
        "pet": pet,
        "reader": reader,
        "shown": shown[0],
        "large_photo_url": photo_url(pet, policy, "large"),
        "photo_problem": pet.photo.problem if "photo" in policy and pet.photo else "",
        "can_edit": bool(policy.editable),
        "can_delete": reader.is_administrator,
    }
    return render(request, "profiles/pet_detail.html", context)


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def pet_create(request: Request) -> HttpResponse:
    """A new pet; ``?client=<id>`` presets the owner."""
    pet, reader = Pet(), request.user
    preset = request.GET.get("client", "")
    if preset:
        if not is_id(preset):
            return redirect("pet_create")
        pet.client, reader = found_for(request, Client.objects.visible_to, int(preset))
    elif reader.is_client:
        own = list(Client.objects.visible_to(reader)[:2])
        if len(own) == 1:
            pet.client = own[0]
    form = PetForm(record=pet, **form_arguments(request, reader))
    refuse_readers(form)
    if request.method == "POST" and form.is_valid():
        pet = create_pet(values=form.values, by=reader)
        tell(request, _("%s is in the book.") % pet.name, form.warnings)
        return to_owner(pet, reader)
    return pet_form_page(request, form)


def to_owner(pet: Pet, reader: User) -> HttpResponse:
    """Where one reads about the pet's home: clients in My Pets."""
    if reader.is_client:
        return redirect("my_pets")
    return redirect("client_detail", pet.client_id)


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def pet_edit(request: Request, pk: int) -> HttpResponse:
    pet, reader = found_for(request, pets_with_links, pk)
    form = PetForm(record=pet, **form_arguments(request, reader))
    refuse_readers(form)
    if request.method == "POST" and form.is_valid():
        conflicts = conflicts_of(form)
        if conflicts.is_open:
            return pet_form_page(request, form, conflicts=conflicts)
        try:
            update_pet(pet, values=conflicts.kept(form.values), by=reader)
        except StaleRecordError:
            return pet_edit(request, pk)
        tell(request, _("Saved."), form.warnings)
        if not reader.is_client and (pet.active or reader.is_administrator):
            return redirect("pet_detail", pet.pk)
        return to_owner(pet, reader)
    return pet_form_page(request, form)


def pet_form_page(
    request: Request, form: PetForm, *, conflicts: Conflicts | None = None
) -> HttpResponse:
    policy = form.policy
    pet = form.record
    has_photo = pet.photo_id is not None
    return form_page(
        request,
        form,
        "profiles/pet_form.html",
        conflicts=conflicts,
        owner=form.owner,
        owners=offered_owners(form.by) if form.owner is None else [],
        photos=form.photos,
        photo_url=photo_url(pet, policy) if has_photo else "",
        is_photo_waiting=is_waiting(pet, policy) if has_photo else False,
        breeds=breeds_for(form.animal),
    )


def offered_owners(reader: User) -> list[Client]:
    """The first owners of a plain list, for browsers without script; others search."""
    clients = Client.objects.visible_to(reader).current()
    return list(clients.only("first_name", "last_name", "sort_name")[:MOST_OWNERS])


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def pet_delete(request: Request, pk: int) -> HttpResponse:
    """Delete after the pet's name was typed; Active = No is offered instead."""
    pet = get_object_or_404(Pet.objects.visible_to(request.user).with_links(), pk=pk)
    typed = request.POST.get("name", "").strip()
    if request.method == "POST" and request.POST.get("instead") == "inactive":
        update_pet(pet, values={"active": False}, by=request.user)
        messages.success(request, _("%s is hidden now. Nothing was deleted.") % pet.name)
        return redirect("pet_detail", pet.pk)
    if request.method == "POST" and typed == pet.name.strip():
        delete_pet(pet, by=request.user)
        messages.success(request, _("%s was deleted.") % pet.name)
        return redirect("client_detail", pet.client_id)
    error = _("Type the name exactly: %s") % pet.name if request.method == "POST" else ""
    context = {"pet": pet, "typed": typed, "error": error}
    return render(request, "profiles/pet_delete.html", context, status=422 if error else 200)
