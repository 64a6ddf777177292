"""Open finds as one reader sees them, and where each code could go."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pawfile.access.models import Find, FindState
from pawfile.access.models.find import FindQuerySet
from pawfile.access.texts import Suspect, suspects_in, words_around
from pawfile.accounts.models import User
from pawfile.fields.catalogue import catalogues
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Field, Label
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet

#: What ``lib.codes`` says of a code → the shipped fields it may belong to, of a password the last.
GUESSES = {
    "alarm": ("alarm_code", "alarm_password"),
    "lockbox": ("lockbox_code", "lockbox_code"),
    "gate": ("gate_code", "gate_code"),
    "garage": ("garage_code", "garage_code"),
    "door": ("door_code", "door_code"),
    "wifi": ("wifi_password", "wifi_password"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A field of the vault, as a choice: ``name`` is "client.door_code"."""

    name: str
    field: Field
    label: Label
    is_for_pet: bool


@dataclass(frozen=True, slots=True)
class ShownFind:
    find: Find
    label: Label
    before: str
    after: str
    targets: list[Target]
    guess: str


def open_finds(user: User) -> FindQuerySet:
    """Those in fields that this person may change."""
    keys = {name: [each.key for each in policy_for(user, name).editable] for name in SUBJECTS}
    pets = Pet.objects.visible_to(user).order_by().values("pk")
    mine = Q(pet=None, key__in=keys["client"]) | Q(pet__in=pets, key__in=keys["pet"])
    found: FindQuerySet = Find.objects.visible_to(user).filter(mine, state=FindState.OPEN)
    return found.select_related("client", "pet")


SUBJECTS = ("client", "pet")


def shown_finds(finds: Iterable[Find], *, reader: User, company: SiteOptions) -> list[ShownFind]:
    """Without those whose text was changed past every form."""
    fields = catalogues(company)
    known: dict[tuple[str, int], dict[tuple[str, str], Suspect]] = {}
    shown = []
    for find in finds:
        record: Any = find.pet or find.client
        name = record.subject.key
        if (name, record.pk) not in known:
            suspects = suspects_in(record, fields[name])
            known[name, record.pk] = {(each.field.key, each.digest): each for each in suspects}
        suspect = known[name, record.pk].get((find.key, find.digest))
        if suspect is not None:
            shown.append(shown_find(find, suspect, reader))
    return shown


def shown_find(find: Find, suspect: Suspect, reader: User) -> ShownFind:
    targets = targets_of(find, reader)
    label = policy_for(reader, "pet" if find.pet else "client").fields[find.key].label
    code, password = GUESSES.get(suspect.span.about, ("", ""))
    guess = f"client.{password if suspect.span.is_password else code}"
    known = {target.name for target in targets}
    guess = guess if guess in known else ""
    return ShownFind(find, label, *words_around(suspect), targets, guess)


def targets_of(find: Find, reader: User) -> list[Target]:
    """The secret fields this person may fill: the client's, for a pet's text the pet's too."""
    found = []
    records: list[Client | Pet] = [find.client, *([find.pet] if find.pet else [])]
    for record in records:
        name, animal = record.subject.key, record.animal if isinstance(record, Pet) else None
        for item in policy_for(reader, name).editable:
            if item.field.is_secret and item.is_for(animal):
                is_filled = bool(record.field_value(item.field))
                label = _("%s (filled)") % item.label if is_filled else item.label
                found.append(Target(f"{name}.{item.key}", item.field, label, record is find.pet))
    return found
