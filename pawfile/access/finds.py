"""Open finds as one reader sees them, and where each code could go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from pawfile.access.models import Find
from pawfile.access.models.find import IN_CLIENT, IN_PROFILES, FindQuerySet
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
    """``name`` and ``url`` say whose text it is and lead there; ``when`` is the day of a visit."""

    find: Find
    name: str
    url: str
    when: date | None
    label: Label
    before: str
    after: str
    targets: list[Target]
    guess: str


SUBJECTS = ("client", "pet")


def open_finds(user: User) -> FindQuerySet:
    """Those in fields that this person may change, and in words about visits."""
    keys = {name: [each.key for each in policy_for(user, name).editable] for name in SUBJECTS}
    pets = Pet.objects.visible_to(user).order_by().values("pk")
    mine = IN_CLIENT & Q(key__in=keys["client"]) | Q(pet__in=pets, key__in=keys["pet"])
    found: FindQuerySet = Find.objects.visible_to(user).filter(mine | ~IN_PROFILES, state="open")
    return (
        found.select_related("client", "pet", "sitter_note", "series__service")
        .select_related("visit__service", "visit__series", "visit__journal")
        .prefetch_related("visit__change_requests")
    )


def shown_finds(finds: Iterable[Find], *, reader: User, company: SiteOptions) -> list[ShownFind]:
    """Without those whose text was changed past every form."""
    fields = catalogues(company)
    known: dict[tuple[type, int], dict[tuple[str, str], Suspect]] = {}
    shown = []
    for find in finds:
        record = find.record
        place = type(record), record.pk
        if place not in known:
            of_profile = None if find.is_in_visits else fields[record.subject.key]
            suspects = suspects_in(record, of_profile)
            known[place] = {(each.key, each.digest): each for each in suspects}
        suspect = known[place].get((find.key, find.digest))
        if suspect is not None:
            shown.append(shown_find(find, suspect, reader))
    return shown


def shown_find(find: Find, suspect: Suspect, reader: User) -> ShownFind:
    targets = targets_of(find, reader)
    label = suspect.label
    if not find.is_in_visits:
        label = policy_for(reader, find.record.subject.key).fields[find.key].label
    code, password = GUESSES.get(suspect.span.about, ("", ""))
    guess = f"client.{password if suspect.span.is_password else code}"
    known = {target.name for target in targets}
    guess = guess if guess in known else ""
    when = find.visit.visit_on if find.visit else None
    name, url = name_of(find, reader), place_of(find, reader)
    return ShownFind(find, name, url, when, label, *words_around(suspect), targets, guess)


def name_of(find: Find, reader: User) -> str:
    about = ""
    if find.pet:
        about = find.pet.name
    elif find.visit:
        service = find.visit.service
        about = (reader.is_client and service.client_name) or service.name
    return f"{about}, {find.client.name}" if about else find.client.name


def place_of(find: Find, reader: User) -> str:
    """The page of the text, or of the home."""
    if find.pet or (find.visit and not reader.is_client):
        return str(find.record.get_absolute_url())
    if find.visit:
        return reverse("own_visits")
    return (
        f"{reverse('my_info')}?home={find.client_id}"
        if reader.is_client
        else str(find.client.get_absolute_url())
    )


def targets_of(find: Find, reader: User) -> list[Target]:
    """The secret fields this person may fill: the client's, for a pet's text the pet's too.

    A sitter fills only empty ones: whether a code in the vault is this one is not theirs to try.
    """
    found = []
    records: list[Client | Pet] = [find.client, *([find.pet] if find.pet else [])]
    for record in records:
        name, animal = record.subject.key, record.animal if isinstance(record, Pet) else None
        for item in policy_for(reader, name).editable:
            if item.field.is_secret and item.is_for(animal):
                is_filled = bool(record.field_value(item.field))
                if is_filled and reader.is_sitter:
                    continue
                label = _("%s (filled)") % item.label if is_filled else item.label
                found.append(Target(f"{name}.{item.key}", item.field, label, record is find.pet))
    return found
