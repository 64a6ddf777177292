"""What clients see of their own homes and pets: My Info and My Pets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Kind, Label
from pawfile.lib.prepared import fetch
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import ShownPet, applies, shown_pets
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile


@dataclass(frozen=True, slots=True)
class Needed:
    """A required field that is still empty. ``url`` is the form, at that field."""

    label: Label
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class OwnPet:
    shown: ShownPet
    needed: list[Needed]


@dataclass(frozen=True, slots=True)
class Home:
    """One of the homes a login belongs to; ``name`` tells it from the others."""

    client: Client
    name: str
    pets: list[OwnPet]


def readers_of(user: User) -> list[User]:
    """As whom a person may look at a record, first choice first.

    A sitter who is also a client is a client before the own home, and a sitter before all others.
    The office sees every home as the office does.
    """
    return [user.as_client(), user] if user.is_sitter and user.has_homes else [user]


def still_needed(record: Profile, policy: Policy) -> list[Needed]:
    """What this reader must fill in and nobody has, in the order of the form."""
    form = reverse(f"{record.subject.key}_edit", args=[record.pk])
    return [
        Needed(item.label, f"{form}#id_{first_input(item)}", item.key)
        for item in policy.editable
        if item.is_required and applies(item, record) and not record.has_value(item.field)
    ]


def missing_for_requests(
    client: Client, user: User, pets: Sequence[Pet] | None = None
) -> list[Needed]:
    """What a client must still say before visits can be requested (rule 73): required fields of
    the home and of each pet, and at least one pet. In the order in which they are asked.

    ``pets`` are those of the client that this user sees, if they were read before.
    """
    policy = policy_for(user, "pet")
    missing = still_needed(client, policy_for(user, "client"))
    if pets is None:
        pets = fetch(Pet.objects.visible_to(user), client=client.pk)
    if not pets:
        missing.append(Needed(_("A pet"), f"{reverse('pet_create')}?client={client.pk}", "pet"))
    for pet in pets:
        missing += [
            Needed(
                _("{pet}: {field}").format(pet=pet.name, field=needed.label), needed.url, needed.key
            )
            for needed in still_needed(pet, policy)
        ]
    return missing


def first_input(item: PolicyField) -> str:
    return f"{item.key}_year" if item.kind == Kind.PARTIAL_DATE else item.key


def home_name(client: Client, policy: Policy) -> str:
    """The street; people with two homes have one name."""
    street = client.street.strip() if "street" in policy else ""
    return street or client.name


def homes_with_pets(
    homes: Sequence[Client], *, reader: User, company: SiteOptions, today: date
) -> list[Home]:
    """Each home with its pets as cards; pets, marks and links are read for all homes at once."""
    policy, pet_policy = policy_for(reader, "client"), policy_for(reader, "pet")
    pets = Pet.objects.visible_to(reader).filter(client__in=homes).with_links()
    shown = shown_pets(list(pets), reader=reader, company=company, today=today)
    return [
        Home(
            client,
            home_name(client, policy),
            [
                OwnPet(item, still_needed(item.pet, pet_policy))
                for item in shown
                if item.pet.client_id == client.pk
            ],
        )
        for client in homes
    ]
