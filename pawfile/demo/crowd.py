"""Invented households in any number, each as real saves would have left it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar

from pawfile.demo import phrases
from pawfile.demo.animals import animal
from pawfile.demo.dice import Dice
from pawfile.demo.people import Codes, home, person
from pawfile.demo.shape import Circle, Values
from pawfile.demo.tables import Row, Table
from pawfile.lib.phones import e164
from pawfile.lib.text import fold
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, ClientChange, ClientWord, Pet, PetChange
from pawfile.profiles.words import PET_PREFIX, client_words, is_vocabulary

REGION = "US"
PHONES = ("cell_phone", "home_phone", "work_phone", "partner_phone", "alarm_phone", "emergency_phone")
#: Pets of each client in turn: 1.6 on average. A pattern, so that every batch knows its pets' ids.
PETS = (1, 2, 1, 1, 3, 2, 1, 0, 2, 1, 1, 4, 1, 2, 1, 2, 1, 3, 1, 2)
#: Texts that a client's or pet's earlier answer was taken from.
EARLIER_CLIENT = {
    "entry_instructions": phrases.ENTRIES,
    "sitter_notes": phrases.SITTER_NOTES,
    "trash_notes": phrases.TRASH,
    "house_notes": phrases.HOUSE_NOTES,
    "thermostat": phrases.THERMOSTATS,
}
EARLIER_PET = {
    "feeding": phrases.FEEDING,
    "medication": phrases.MEDICINES,
    "behavior_warnings": phrases.WARNINGS,
    "stays": phrases.STAYS,
}
R = TypeVar("R", Client, Pet)


def pets_before(number: int) -> int:
    """How many pets the clients before this one have."""
    rounds, rest = divmod(number, len(PETS))
    return rounds * sum(PETS) + sum(PETS[:rest])


@dataclass
class Batch:
    """Rows of some hundred households, and the new words for the vocabulary."""

    clients: list[Row] = field(default_factory=list)
    pets: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)
    blocks: list[Row] = field(default_factory=list)
    client_changes: list[Row] = field(default_factory=list)
    pet_changes: list[Row] = field(default_factory=list)
    vocabulary: set[str] = field(default_factory=set)


class Crowd:
    """Makes households by their numbers; the ids follow the numbers."""

    def __init__(self, circle: Circle, *, seed: int, first_client: int, first_pet: int) -> None:
        self.circle, self.seed = circle, seed
        self.first_client, self.first_pet = first_client, first_pet
        self.clients, self.pets = Table(Client), Table(Pet)
        self.blank_client, self.blank_pet = Client(), Pet()
        keys = {f.key for f in CLIENT.searched} | {PET_PREFIX + f.key for f in PET.searched}
        self.vocabulary_keys = {key for key in keys if is_vocabulary(key)}

    def batch(self, numbers: range) -> Batch:
        dice = Dice(f"{self.seed}/{numbers.start}")
        codes, made = Codes(dice), Batch()
        for number in numbers:
            self.household(number, dice, codes, made)
        return made

    def household(self, number: int, dice: Dice, codes: Codes, made: Batch) -> None:
        key = self.first_client + number
        values = {"id": key, **person(dice, number), **home(dice, codes), **self.links(dice)}
        values["sort_name"] = fold(f"{values['last_name']} {values['first_name']}")
        values["phones_e164"] = {k: e164(values[k], REGION) for k in PHONES if k in values}
        values["created_at"] = self.circle.now - timedelta(minutes=dice.randrange(20_000, 4_000_000))
        made.client_changes += self.changes(dice, values, EARLIER_CLIENT)
        made.clients.append(self.clients.row(values))
        first_pet = self.first_pet + pets_before(number)
        pets = []
        for pet_number in range(PETS[number % len(PETS)]):
            pet = {"id": first_pet + pet_number, "client_id": key, **animal(dice, self.circle.now.date())}
            pet["sort_name"] = fold(pet["name"])
            pet["created_at"] = values["created_at"]
            made.pet_changes += self.changes(dice, pet, EARLIER_PET)
            made.pets.append(self.pets.row(pet))
            pets.append(filled(self.blank_pet, pet))
        found = client_words(filled(self.blank_client, values), pets, region=REGION)
        record = str(key)
        for (word, k), hidden in sorted(found.items()):
            made.words.append([record, word, k, "1" if hidden else "0"])
            if k in self.vocabulary_keys: made.vocabulary.add(word)
        if dice.often(.2): made.tags.append([record, str(dice.pick(self.circle.tags))])

    def links(self, dice: Dice) -> Values:
        values = {"vet_id": dice.pick(self.circle.vets)}
        return values

    def changes(self, dice, values, earlier):
        values["updated_at"] = values["created_at"]
        return []


def filled(blank: R, values: Values) -> R:
    """A record with these values, without the cost of making one of seventy fields."""
    record = object.__new__(blank.__class__)
    record.__dict__.update(blank.__dict__)
    record.__dict__.update(values)
    return record
