"""The pets of the list, as one reader asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, ClientWord, Pet
from pawfile.profiles.models.pet import PetQuerySet
from pawfile.profiles.words import PET_PREFIX, searchable_keys
from pawfile.search.lookup import any_start, search_terms


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
        pets = meant(pets.filter(client__in=found.values("pk")), filters.query, reader=reader)
    if filters.animal:
        pets = pets.filter(animal=filters.animal)
    if filters.state != "all":
        pets = pets.filter(active=filters.state != "no")
    return pets


def meant(pets: PetQuerySet, query: str, *, reader: User) -> PetQuerySet:
    """Pets of the homes found, but none if only another pet of that home is called so.

    A word of the owner, a phone or a street is every pet's there. An inactive pet narrows
    nothing: who sees active ones alone would find none.
    """
    keys = searchable_keys(reader)
    if keys is not None and f"{PET_PREFIX}name" not in keys:
        return pets
    words = ClientWord.objects.filter(record=OuterRef("client_id"))
    owners = words.exclude(key__startswith=PET_PREFIX)
    if keys is not None:
        owners = owners.filter(key__in=keys)
    others = Pet.objects.filter(client=OuterRef("client_id"), active=True)
    for term in search_terms(query):
        called = is_called(term)
        pets = pets.filter(
            called | Exists(owners.filter(any_start(term))) | ~Exists(others.filter(called))
        )
    return pets


def is_called(term: list[str]) -> Q:
    """A word of the pet's name begins so."""
    found = Q()
    for word in term:
        found |= Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}")
    return found
