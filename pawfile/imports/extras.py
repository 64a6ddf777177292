"""Imported extras: texts of a file's columns that fill no field."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from pawfile.accounts.models import User
from pawfile.imports.models import ClientExtra, PetExtra
from pawfile.lib.paging import Page, keyset_page
from pawfile.lib.text import fold
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientQuerySet

#: So many clients on a page of the search.
SHOWN = 25


def with_extras(clients: ClientQuerySet) -> ClientQuerySet:
    """With what ``extras_of`` reads, in one query more."""
    pets = Pet.objects.get_queryset().select_related("imported").order_by("pk")
    return clients.select_related("imported").prefetch_related(Prefetch("pets", pets))


def extras_of(client: Client) -> list[tuple[str, dict[str, str]]]:
    """Whose texts and the texts, heading to text: the client's first ("" for whose), then each
    pet's. The client is one of ``with_extras``."""
    records = [("", client), *((pet.name, pet) for pet in client.pets.all())]
    found = [(name, getattr(record, "imported", None)) for name, record in records]
    return [(name, extra.texts) for name, extra in found if extra is not None and extra.texts]


def searched_extras(reader: User, words: str, cursor: str) -> Page[Client]:
    """Clients with extras, of themselves or of a pet, in which every word stands, accent- and
    case-blind. Three queries."""
    own = ClientExtra.objects.filter(client=OuterRef("pk"))
    of_pets = PetExtra.objects.filter(pet__client=OuterRef("pk"))
    clients = Client.objects.visible_to(reader).filter(Exists(own) | Exists(of_pets))
    for word in fold(words).split():
        has_word = Q(folded__contains=word)
        clients = clients.filter(Exists(own.filter(has_word)) | Exists(of_pets.filter(has_word)))
    return keyset_page(with_extras(clients), column="id", cursor=cursor, size=SHOWN)
