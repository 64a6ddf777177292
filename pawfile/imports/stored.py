"""What is in the book already of the households in hand: looked up for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pawfile.access.models import Key
from pawfile.access.models.key import fold_code
from pawfile.access.moved import MovedCodes
from pawfile.imports.drafts import Draft, PetDraft, Values, pet_name
from pawfile.imports.models import ClientExtra, PetExtra, SourceClient, SourcePet
from pawfile.imports.rows import PHONES, Household, Traits, traits_of
from pawfile.profiles.models import Client, Pet


class AmbiguousError(Exception):
    """Several records fit equally well."""


class Stored:
    """The clients and pets that a batch of drafts may be about.

    ``taken`` are clients of this run's earlier households: no other household is one of them.
    ``many`` are the many-to-many fields that will be compared.
    """

    def __init__(
        self, drafts: Sequence[Draft], *, taken: set[int], many: Iterable[str], region: str
    ) -> None:
        self.taken = taken
        self.region = region
        households = [draft.household for draft in drafts]
        by_id = self._by_source_id(households)
        by_name = self._by_name(
            household
            for household in households
            if household.source_id not in by_id and household.client_pk is None
        )
        known = {each.client_pk for each in households if each.client_pk is not None}
        self.clients_by_id = by_id
        self._candidates = by_name
        self._clients = {
            client.pk: client
            for client in Client.objects.filter(
                pk__in={*by_id.values(), *known, *(pk for pks in by_name.values() for pk in pks)}
            ).prefetch_related(*many)
        }
        self._pets: dict[int, list[Pet]] = defaultdict(list)
        for pet in Pet.objects.filter(client__in=list(self._clients)).order_by("pk"):
            self._pets[pet.client_id].append(pet)
        self.extras = dict(
            ClientExtra.objects.filter(client__in=list(self._clients)).values_list(
                "client_id", "texts"
            )
        )
        pets = [pet.pk for own in self._pets.values() for pet in own]
        self.pet_extras = dict(PetExtra.objects.filter(pet__in=pets).values_list("pet_id", "texts"))
        codes = {fold_code(key.code) for draft in drafts for key in draft.keys}
        self.keys = {key.folded_code: key for key in keys_of(codes)}
        self.moved = MovedCodes(self._clients.values())
        self.pets_by_id = self._pets_by_source_id(pet for draft in drafts for pet in draft.pets)

    def _by_source_id(self, households: Iterable[Household]) -> dict[str, int]:
        ids = {household.source_id for household in households} - {""}
        if not ids:
            return {}
        found = SourceClient.objects.filter(source_id__in=ids)
        return dict(found.values_list("source_id", "client_id"))

    def _by_name(self, households: Iterable[Household]) -> dict[str, list[int]]:
        names = {household.sort_name for household in households if all(household.name)}
        found: dict[str, list[int]] = defaultdict(list)
        if names:
            clients = Client.objects.filter(sort_name__in=names).order_by("pk")
            for sort_name, pk in clients.values_list("sort_name", "pk"):
                if pk not in self.taken:
                    found[sort_name].append(pk)
        return found

    def _pets_by_source_id(self, drafts: Iterable[PetDraft]) -> dict[str, Pet]:
        ids = {draft.source_id for draft in drafts} - {""}
        if not ids:
            return {}
        found = SourcePet.objects.filter(source_id__in=ids).select_related("pet__client")
        return {source.source_id: source.pet for source in found}

    def client_of(self, household: Household) -> Client | None:
        """The client that the household is: by its id, else by its name and what it shares.

        A client that has an id in another file's words is not one with a new id. Raises
        ``AmbiguousError``.
        """
        if household.client_pk is not None:
            return self._clients.get(household.client_pk)
        if household.source_id in self.clients_by_id:
            return self._clients.get(self.clients_by_id[household.source_id])
        named = [self._clients[pk] for pk in self._candidates.get(household.sort_name, [])]
        free = [client for client in named if client.pk not in self.taken]
        if household.source_id and free:
            known = SourceClient.objects.filter(client__in=free).values_list("client_id", flat=True)
            has_id = set(known)
            free = [client for client in free if client.pk not in has_id]
        return self._likest(household.traits, free)

    def _likest(self, traits: Traits, clients: list[Client]) -> Client | None:
        likeness = [(self.traits(client), client) for client in clients]
        same = [
            (own.likeness(traits)[0], client) for own, client in likeness if own.is_same(traits)
        ]
        if not same:
            # One of the name with nothing to compare: only names are known of one of the two.
            same = [(0, client) for own, client in likeness if own.likeness(traits) == (0, 0)]
            if len(same) > 1 or (same and len(clients) > 1):
                raise AmbiguousError
        best = [client for score, client in same if score == max(score for score, _ in same)]
        if len(best) > 1:
            raise AmbiguousError
        return best[0] if best else None

    def traits(self, client: Client) -> Traits:
        return traits_of(
            email=client.email,
            phones=[getattr(client, key) for key in PHONES],
            street=client.street,
            zip_code=client.zip_code,
            region=self.region,
        )

    def pets_of(self, client: Client) -> list[Pet]:
        return self._pets[client.pk]


def same_name(pet: Pet, values: Values) -> bool:
    return pet_name({"name": pet.name, "animal": pet.animal}) == pet_name(values)


def keys_of(codes: set[str]) -> Iterable[Key]:
    return Key.objects.filter(folded_code__in=codes).select_related("client") if codes else ()
