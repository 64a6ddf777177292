"""Invented households in any number, each as real saves would have left it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeVar

from pawfile.demo import phrases
from pawfile.demo.animals import animal
from pawfile.demo.dice import Dice
from pawfile.demo.people import Codes, home, person
from pawfile.demo.shape import Circle, Values
from pawfile.demo.tables import Table
from pawfile.fields.registry import Kind
from pawfile.lib.phones import e164
from pawfile.lib.text import fold
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, ClientChange, ClientWord, Pet, PetChange
from pawfile.profiles.words import PET_PREFIX, client_words, is_vocabulary

REGION = "US"
PHONES = [key for key, field in CLIENT.fields.items() if field.kind == Kind.PHONE]
#: Pets of each client in turn, 1.6 on average: a pattern, so that every batch knows its pets' ids.
PETS = (1, 2, 1, 1, 3, 2, 1, 0, 2, 1, 1, 4, 1, 2, 1, 2, 1, 3, 1, 2)
#: What may have changed, and what the answer may have been before. A secret shows nothing.
Earlier = Mapping[str, Sequence[str]]
CLIENT_BEFORE: Earlier = {
    "entry_instructions": phrases.ENTRIES,
    "sitter_notes": phrases.SITTER_NOTES,
    "trash_notes": phrases.TRASH,
    "house_notes": phrases.HOUSE_NOTES,
    "thermostat": phrases.THERMOSTATS,
    "parking": phrases.PARKING,
}
PET_BEFORE: Earlier = {
    "feeding": phrases.FEEDING,
    "medication": phrases.MEDICINES,
    "behavior_warnings": phrases.WARNINGS,
    "stays": phrases.STAYS,
}
SHARE_CHANGED = 0.04
LONGEST_PAST = timedelta(days=140)
MINUTE = timedelta(minutes=1)
R = TypeVar("R", Client, Pet)


def pets_before(number: int) -> int:
    """How many pets the clients before this one have together."""
    rounds, rest = divmod(number, len(PETS))
    return rounds * sum(PETS) + sum(PETS[:rest])


class Crowd:
    """Makes households by their numbers; the ids follow the numbers.

    Nothing here reads or writes the database, so any process can do it.
    """

    def __init__(
        self, circle: Circle, *, seed: int, first_client: int, first_pet: int, as_lines: bool
    ) -> None:
        self.circle, self.seed = circle, seed
        self.first_client, self.first_pet = first_client, first_pet
        self.now, self.today = circle.now.replace(tzinfo=None), circle.now.date()
        self.blank_client, self.blank_pet = Client(), Pet()
        keys = [declared.key for declared in CLIENT.searched]
        keys += [PET_PREFIX + declared.key for declared in PET.searched]
        self.vocabulary_keys = frozenset(key for key in keys if is_vocabulary(key))
        table = partial(Table, as_lines=as_lines)
        self.clients, self.pets, self.words = table(Client), table(Pet), table(ClientWord)
        self.words.columns = ["record_id", "word", "key", "is_for_administrators"]
        self.client_changes = table(ClientChange, left_out=["id"])
        self.pet_changes = table(PetChange, left_out=["id"])
        self.tags = table(Client.tags.through, left_out=["id"])
        self.blocks = table(Client.blocked_sitters.through, left_out=["id"])
        self.vocabulary: set[str] = set()

    @property
    def tables(self) -> list[Table]:
        return [
            self.clients,
            self.pets,
            self.words,
            self.client_changes,
            self.pet_changes,
            self.tags,
            self.blocks,
        ]

    def fill(self, numbers: range, codes: Codes) -> None:
        """Add the rows of these households to the tables."""
        dice = Dice(f"{self.seed}/{numbers.start}")
        for number in numbers:
            self.add_household(number, dice, codes)

    def add_household(self, number: int, dice: Dice, codes: Codes) -> None:
        created = self.now - timedelta(minutes=dice.randrange(20_000, 4_000_000))
        values = {
            "id": self.first_client + number,
            "created_at": created,
            **person(dice, number),
            **home(dice, codes),
            **self.links(dice),
        }
        values["sort_name"] = fold(f"{values['last_name']} {values['first_name']}")
        values["phones_e164"] = {key: e164(values[key], REGION) for key in PHONES if key in values}
        self.clients.add(self.with_past(dice, values, CLIENT_BEFORE, self.client_changes))
        pets = [
            self.add_pet(dice, values, self.first_pet + pets_before(number) + place)
            for place in range(PETS[number % len(PETS)])
        ]
        self.add_words(values, pets)
        self.add_rows_beside(dice, values["id"])

    def links(self, dice: Dice) -> Values:
        circle = self.circle
        primary = dice.pick(circle.sitters) if dice.often(0.6) else None
        secondary = dice.pick(circle.sitters) if dice.often(0.2) else None
        return {
            "vet_id": dice.pick(circle.vets) if dice.often(0.8) else None,
            "primary_sitter_id": primary,
            "secondary_sitter_id": secondary if secondary != primary else None,
        }

    def add_pet(self, dice: Dice, client: Values, key: int) -> Pet:
        values = {
            "id": key,
            "client_id": client["id"],
            **animal(dice, self.today, client["created_at"]),
        }
        values["sort_name"] = fold(values["name"])
        self.pets.add(self.with_past(dice, values, PET_BEFORE, self.pet_changes))
        return filled(self.blank_pet, values)

    def with_past(self, dice: Dice, values: Values, earlier: Earlier, changes: Table) -> Values:
        """The values with version and day of the last save; a few have been changed since."""
        if not dice.often(SHARE_CHANGED):
            return {**values, "updated_at": values["created_at"]}
        saves = 1 + int(dice.random() ** 2 * 4)
        key = dice.pick(list(earlier))
        history = self.past_of(dice, values, key, earlier[key], saves)
        for change in reversed(history):
            changes.add(change)
        return {**values, "updated_at": history[0]["changed_at"], "version": saves + 1}

    def past_of(
        self, dice: Dice, values: Values, key: str, earlier: Sequence[str], saves: int
    ) -> list[Values]:
        """So many changes of one field, the newest first: each goes back to an earlier text."""
        known = min((self.now - values["created_at"]) / MINUTE, LONGEST_PAST / MINUTE)
        ago = sorted(MINUTE * (dice.random() * known) for _ in range(saves))
        new = values.get(key, "")
        history: list[Values] = []
        for version, back in zip(range(saves + 1, 1, -1), ago, strict=True):
            old = dice.pick([text for text in earlier if text != new])
            history.append(
                {
                    "record_id": values["id"],
                    "key": key,
                    "old_text": old,
                    "new_text": new,
                    "changed_at": self.now - back,
                    "changed_by_id": dice.pick(self.circle.office),
                    "version": version,
                }
            )
            new = old
        return history

    def add_words(self, values: Values, pets: list[Pet]) -> None:
        record = str(values["id"])
        found = client_words(filled(self.blank_client, values), pets, region=REGION)
        for (word, key), hidden in found.items():
            self.words.put([record, word, key, "1" if hidden else "0"])
            if key in self.vocabulary_keys:
                self.vocabulary.add(word)

    def add_rows_beside(self, dice: Dice, client: int) -> None:
        if dice.often(0.25):
            self.tags.add({"client_id": client, "tag_id": dice.pick(self.circle.tags)})
        if dice.often(0.005):
            self.blocks.add({"client_id": client, "user_id": dice.pick(self.circle.sitters)})


def filled(blank: R, values: Values) -> R:
    """A record with these values, without the cost of making one of seventy fields."""
    record = object.__new__(blank.__class__)
    record.__dict__.update(blank.__dict__)
    record.__dict__.update(values)
    return record
