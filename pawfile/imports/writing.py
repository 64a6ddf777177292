"""Writes what is planned: new clients many at once, changes one client at a time with history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pawfile.access.actions.keys import add_key
from pawfile.access.finding import note_many
from pawfile.access.models import KeyLocation
from pawfile.fields.catalogue import catalogues
from pawfile.fields.registry import MANY_KINDS
from pawfile.imports.columns import Column
from pawfile.imports.drafts import KeyDraft, Texts, Values
from pawfile.imports.journal import Journal, Many, Step, noting_new
from pawfile.imports.key_places import saved_spot, spot_of
from pawfile.imports.links import Sitters, VetEntry
from pawfile.imports.models import (
    ClientExtra,
    PetExtra,
    SourceClient,
    SourcePet,
    folded_texts,
)
from pawfile.imports.plan import ClientPlan, PetPlan
from pawfile.lib.stored_rows import as_row
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import (
    PHONE_KEYS,
    apply_values,
    create_pet,
    rows_of,
    update_client,
    update_pet,
)
from pawfile.profiles.models import Client, Pet, Tag
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.words import index_new
from pawfile.resources.models import Vet

Columns = Mapping[str, Mapping[str, Column]]


class Writer:
    """``columns`` are subject → key → column of the file."""

    def __init__(
        self, columns: Columns, *, options: SiteOptions, sitters: Sitters, journal: Journal
    ) -> None:
        self.columns = columns
        self.journal = journal
        self.sitters = sitters
        self.options = options
        self.fields = catalogues(options)

    def make_vets(self, plans: Sequence[ClientPlan]) -> None:
        """Make the vets that are not there yet. They stay, whatever becomes of their clients."""
        values = [plan.draft.values for plan in plans]
        values += [pet.draft.values for plan in plans for pet in plan.pets]
        every = (value for each in values for value in each.values())
        self.save_vets(value for value in every if isinstance(value, VetEntry))

    def save_vets(self, entries: Iterable[VetEntry]) -> None:
        """Make the vets of tables of vets, also those that nobody has."""
        with self.journal.step() as step:
            for entry in entries:
                save_vet(entry, step)

    def create(self, plans: Sequence[ClientPlan]) -> list[int]:
        """Make new clients with their pets, rows and words as ``create_client`` and
        ``create_pet`` make them; the new clients' ids."""
        with self.journal.step() as step:
            return self._create(plans, step)

    def _create(self, plans: Sequence[ClientPlan], step: Step) -> list[int]:
        clients = [self._client(plan) for plan in plans]
        Client.objects.bulk_create(clients)
        pets: list[Pet] = []
        for plan, client in zip(plans, clients, strict=True):
            pets.extend(self._pet(pet, client) for pet in plan.pets)
        Pet.objects.bulk_create(pets)
        step.made(*clients, *pets)
        with noting_new(step, Tag, new_tags(plans)):
            self._add_many(clients, plans)
        self._index(clients, pets)
        note_many(clients)
        note_many(pets)
        SourceClient.objects.bulk_create(
            SourceClient(source_id=plan.draft.household.source_id, client=client)
            for plan, client in zip(plans, clients, strict=True)
            if plan.is_new_id
        )
        pet_plans = [pet for plan in plans for pet in plan.pets]
        SourcePet.objects.bulk_create(
            SourcePet(source_id=plan.draft.source_id, pet=pet)
            for plan, pet in zip(pet_plans, pets, strict=True)
            if plan.is_new_id
        )
        self._keep_extras(plans, clients, pet_plans, pets)
        for plan, client in zip(plans, clients, strict=True):
            self._add_keys(plan.keys, client, step)
        return [client.pk for client in clients]

    def _keep_extras(
        self,
        plans: Sequence[ClientPlan],
        clients: Sequence[Client],
        pet_plans: Sequence[PetPlan],
        pets: Sequence[Pet],
    ) -> None:
        ClientExtra.objects.bulk_create(
            ClientExtra(client=client, texts=plan.extras, folded=folded_texts(plan.extras))
            for plan, client in zip(plans, clients, strict=True)
            if plan.extras
        )
        PetExtra.objects.bulk_create(
            PetExtra(pet=pet, texts=plan.extras, folded=folded_texts(plan.extras))
            for plan, pet in zip(pet_plans, pets, strict=True)
            if plan.extras
        )

    def _add_keys(self, drafts: Iterable[KeyDraft], client: Client, step: Step) -> None:
        for draft in drafts:
            spot = spot_of(draft.place, self.sitters)
            with noting_new(step, KeyLocation, [spot] if isinstance(spot, str) else ()):
                saved = saved_spot(spot)
            step.made(add_key(client=client, code=draft.code, spot=saved, by=None))

    def update(self, plan: ClientPlan) -> None:
        """Change a stored client and its pets through the ordinary actions; make new pets.

        Raises ``StaleRecordError`` if somebody saved one of them meanwhile.
        """
        if plan.client is None:
            raise TypeError("Only a stored client is updated.")
        with self.journal.step() as step:
            self._update(plan, plan.client, step)

    def _update(self, plan: ClientPlan, client: Client, step: Step) -> None:
        if plan.values:
            before, many = as_row(client), self._many_of(client, plan.values)
            with noting_new(step, Tag, new_tags([plan])):
                update_client(client, values=self._to_store(client, plan.values), by=None)
            step.changed(client, before, many)
        if plan.is_new_id:
            source_id = plan.draft.household.source_id
            step.made(SourceClient.objects.create(source_id=source_id, client=client))
        if plan.extras:
            save_extras(ClientExtra.objects.filter(client=client), plan.extras, step, client=client)
        self._add_keys(plan.keys, client, step)
        for pet_plan in plan.pets:
            pet = self._save_pet(pet_plan, client, step)
            if pet_plan.extras:
                save_extras(PetExtra.objects.filter(pet=pet), pet_plan.extras, step, pet=pet)
            if pet_plan.is_new_id:
                source_id = pet_plan.draft.source_id
                step.made(SourcePet.objects.create(source_id=source_id, pet=pet))

    def _save_pet(self, plan: PetPlan, client: Client, step: Step) -> Pet:
        if plan.pet is None:
            values = {"client": client, **self._to_store(Pet(), plan.values)}
            pet = create_pet(values=values, by=None)
            step.made(pet)
            return pet
        if plan.values:
            before = as_row(plan.pet)
            update_pet(plan.pet, values=self._to_store(plan.pet, plan.values), by=None)
            step.changed(plan.pet, before)
        return plan.pet

    def _many_of(self, client: Client, values: Values) -> Many:
        """The ids in the fields of several rows that change."""
        keys = [
            key
            for key, column in self.columns["client"].items()
            if key in values and column.field is not None and column.field.kind in MANY_KINDS
        ]
        return {key: [row.pk for row in getattr(client, key).all()] for key in keys}

    def _to_store(self, record: Profile, values: Values) -> Values:
        columns = self.columns[record.subject.key]
        stored = record if record.pk else None
        return {
            key: columns[key].to_store(stored, value) if key in columns else value
            for key, value in values.items()
        }

    def _client(self, plan: ClientPlan) -> Client:
        client = Client()
        apply_values(client, self._to_store(client, plan.values), self.options)
        client.understand_phones(PHONE_KEYS & plan.values.keys(), region=self.options.phone_region)
        client.set_sort_name()
        return client

    def _pet(self, plan: PetPlan, client: Client) -> Pet:
        pet = Pet(client=client)
        apply_values(pet, self._to_store(pet, plan.values), self.options)
        pet.set_sort_name()
        return pet

    def _add_many(self, clients: Sequence[Client], plans: Sequence[ClientPlan]) -> None:
        for key, column in self.columns["client"].items():
            if column.field is None or column.field.kind not in MANY_KINDS:
                continue
            for client, plan in zip(clients, plans, strict=True):
                if key in plan.values:
                    getattr(client, key).set(rows_of(plan.values[key]))

    def _index(self, clients: Iterable[Client], pets: Iterable[Pet]) -> None:
        pets_of: dict[int, list[Pet]] = {client.pk: [] for client in clients}
        for pet in pets:
            pets_of[pet.client_id].append(pet)
        families = [(client, pets_of[client.pk]) for client in clients]
        index_new(families, self.options, self.fields)


def save_vet(entry: VetEntry, step: Step) -> None:
    if entry.vet is None:
        with noting_new(step, Vet, [entry.name.strip()]):
            entry.saved()
    elif entry.learned_phone:
        before = as_row(entry.vet)
        step.changed(entry.saved(), before)


def save_extras(found: Any, texts: Texts, step: Step, **owner: Profile) -> None:
    """Keep these texts with the client or pet. ``found``: what is kept of it already."""
    extra = found.first()
    if extra is None:
        step.made(found.model.objects.create(texts=texts, **owner))
        return
    before = as_row(extra)
    extra.texts = texts
    extra.save()
    step.changed(extra, before)


def new_tags(plans: Iterable[ClientPlan]) -> set[str]:
    """Names in fields of several rows; rows of these fields have none that is not there."""
    lists = (value for plan in plans for value in plan.values.values() if isinstance(value, list))
    return {each for values in lists for each in values if isinstance(each, str)}
