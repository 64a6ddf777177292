"""Imported clients are made many at once, and are what the actions would have made one by one."""

from pathlib import Path
from typing import Any

import pytest

from pawfile.accounts.models import User
from pawfile.lib.columns import key_ring
from pawfile.lib.dates import PartialDate
from pawfile.lib.vault import Secret
from pawfile.profiles.actions import create_client, create_pet, create_vet
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.search.models import Vocabulary
from tests.imports.files import imported, write

pytestmark = pytest.mark.django_db

#: Differ by nature between two records that are the same.
APART = {"id", "created_at", "updated_at", "client_id", "client"}


def columns_of(record: Profile) -> dict[str, Any]:
    """Every column of the row, a secret by its plain text, and the many-to-many names."""
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in APART
    }
    for field in record._meta.many_to_many:
        values[field.name] = sorted(str(row) for row in getattr(record, field.name).all())
    return {
        key: key_ring().unseal(value) if isinstance(value, Secret) else value
        for key, value in values.items()
    }


def words_of(client: Client) -> set[tuple[str, str, bool]]:
    return set(client.words.values_list("word", "key", "is_for_administrators"))


def test_an_imported_client_is_what_the_actions_make(tmp_path: Path, sam: User, stan: User) -> None:
    texts = {
        "first_name": "Zoë  Ann",
        "last_name": "O'Neil-Søren",
        "cell_phone": "(303) 555-0122",
        "work_phone": "555-0123",
        "primary_phone": "Cell",
        "email": "Zoe.Ann@Example.com",
        "alternate_emails": "a@example.com; b@example.com",
        "partner_phone": "+44 20 7946 0958",
        "street": "1 Elm Street",
        "zip_code": "98101",
        "uses_keys": "no",
        "door_code": "0852#",
        "has_alarm": "yes",
        "alarm_code": "4711",
        "fence": "N/A",
        "trash_days": "Monday, Friday",
        "vet": "Elm Vets",
        "primary_sitter": "Sam Sitter",
        "blocked_sitters": "Stan Stranger",
        "status": "Active",
        "tags": "VIP, Shy",
        "office_notes": "=1+1 <b>x</b>",
    }
    values = texts | {
        "alternate_emails": ["a@example.com", "b@example.com"],
        "uses_keys": False,
        "has_alarm": True,
        "trash_days": ["Monday", "Friday"],
        "vet": create_vet(name="Elm Vets"),
        "primary_sitter": sam,
        "blocked_sitters": [stan],
        "tags": ["VIP", "Shy"],
    }
    pet_texts = [
        {"name": "Rex", "animal": "Dog", "born": "2019-04", "sex": "Male", "active": "yes"},
        {"name": "Tom Thumb", "animal": "Cat", "born": "", "sex": "", "active": "no"},
    ]
    made = create_client(values=values, by=None)
    for pet in pet_texts:
        known: dict[str, Any] = {key: text for key, text in pet.items() if text}
        known["active"] = pet["active"] == "yes"
        if pet["born"]:
            known["born"] = PartialDate.from_iso(pet["born"])
        create_pet(values={"client": made, **known}, by=None)
    made_vocabulary = set(Vocabulary.objects.values_list("word", flat=True))
    wanted = columns_of(Client.objects.get()), words_of(made)
    wanted_pets = [columns_of(pet) for pet in Pet.objects.order_by("pk")]
    made.delete()
    Vocabulary.objects.all().delete()

    headings = [f"client.{key}" for key in texts] + [f"pet.{key}" for key in pet_texts[0]]
    lines = [";".join(headings)]
    lines += [
        ";".join(f'"{text}"' for text in (*texts.values(), *pet.values())) for pet in pet_texts
    ]
    imported(write(tmp_path, "\n".join(lines)))

    client = Client.objects.get()
    assert (columns_of(client), words_of(client)) == wanted
    assert [columns_of(pet) for pet in Pet.objects.order_by("pk")] == wanted_pets
    assert set(Vocabulary.objects.values_list("word", flat=True)) == made_vocabulary
    assert client.phones_e164 == {"cell_phone": "+13035550122", "partner_phone": "+442079460958"}
