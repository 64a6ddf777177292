"""The pets of the list, as one reader asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.pet import PetQuerySet
from pawfile.profiles.words import searchable_keys


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. ``state`` is for administrators: only they see inactive pets."""

    query: str
    animal: str
    state: str

    @classmethod
    def read(cls, query: Mapping[str, Any], reader: User) -> "Filters":
        return cls(
            query=str(query.get("q", "")).replace("\0", "").strip()[:200],
            animal=str(query.get("animal", "")).replace("\0", "")[:100],
            state=str(query.get("active", "")) if reader.is_administrator else "",
        )


def filtered(filters: Filters, *, reader: User) -> PetQuerySet:
    pets = Pet.objects.visible_to(reader)
    if filters.query:
        found = Client.objects.visible_to(reader).search(
            filters.query, reader=reader, keys=searchable_keys(reader)
        )
        pets = pets.filter(client__in=found.values("pk"))
    if filters.animal:
        pets = pets.filter(animal=filters.animal)
    if filters.state != "all":
        pets = pets.filter(active=filters.state != "no")
    return pets
