"""Writes what is planned: new clients many at once, changes one client at a time with history."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from pawfile.access.actions.keys import add_key
from pawfile.access.finding import note_many
from pawfile.fields.catalogue import catalogues
from pawfile.fields.registry import MANY_KINDS
from pawfile.imports.columns import Column
from pawfile.imports.drafts import KeyDraft, Values
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
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import (
    PHONE_KEYS,
    apply_values,
    create_pet,
    rows_of,
    update_client,
    update_pet,
)
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.words import index_new

Columns = Mapping[str, Mapping[str, Column]]


class Writer:
    """``columns`` are subject → key → column of the file."""

    def __init__(self, columns: Columns, *, options: SiteOptions, sitters: Sitters) -> None:
        self.columns = columns
        self.sitters = sitters
        self.options = options
        self.fields = catalogues(options)

    def make_vets(self, plans: Iterable[ClientPlan]) -> None:
        """Make the vets that are not there yet. They stay, whatever becomes of their clients."""
        for plan in plans:
            for values in (plan.draft.values, *(pet.draft.values for pet in plan.pets)):
                for value in values.values():
                    if isinstance(value, VetEntry):
                        value.saved()

    @transaction.atomic
    def save_vets(self, entries: Iterable[VetEntry]) -> None:
        """Make the vets of tables of vets, also those that nobody has."""
        for entry in entries:
            entry.saved()

    @transaction.atomic
    def create(self, plans: Sequence[ClientPlan]) -> list[int]:
        """Make new clients with their pets, rows and words as ``create_client`` and
        ``create_pet`` make them; the new clients' ids."""
        clients = [self._client(plan) for plan in plans]
        Client.objects.bulk_create(clients)
        pets: list[Pet] = []
        for plan, client in zip(plans, clients, strict=True):
            pets.extend(self._pet(pet, client) for pet in plan.pets)
        Pet.objects.bulk_create(pets)
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
            self._add_keys(plan.keys, client)
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

    def _add_keys(self, drafts: Iterable[KeyDraft], client: Client) -> None:
        for draft in drafts:
            spot = saved_spot(spot_of(draft.place, self.sitters))
            add_key(client=client, code=draft.code, spot=spot, by=None)

    @transaction.atomic
    def update(self, plan: ClientPlan) -> None:
        """Change a stored client and its pets through the ordinary actions; make new pets.

        Raises ``StaleRecordError`` if somebody saved one of them meanwhile.
        """
        client = plan.client
        if client is None:
            raise TypeError("Only a stored client is updated.")
        if plan.values:
            update_client(client, values=self._to_store(client, plan.values), by=None)
        if plan.is_new_id:
            SourceClient.objects.create(source_id=plan.draft.household.source_id, client=client)
        if plan.extras:
            ClientExtra.objects.update_or_create(client=client, defaults={"texts": plan.extras})
        self._add_keys(plan.keys, client)
        for pet_plan in plan.pets:
            pet = self._save_pet(pet_plan, client)
            if pet_plan.extras:
                PetExtra.objects.update_or_create(pet=pet, defaults={"texts": pet_plan.extras})
            if pet_plan.is_new_id:
                SourcePet.objects.create(source_id=pet_plan.draft.source_id, pet=pet)

    def _save_pet(self, plan: PetPlan, client: Client) -> Pet:
        if plan.pet is None:
            values = {"client": client, **self._to_store(Pet(), plan.values)}
            return create_pet(values=values, by=None)
        if plan.values:
            return update_pet(plan.pet, values=self._to_store(plan.pet, plan.values), by=None)
        return plan.pet

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
