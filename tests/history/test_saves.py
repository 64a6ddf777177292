"""What a save leaves behind: one row per changed field, or nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from pawfile.accounts.models import Role, User
from pawfile.history.models import StaleRecordError
from pawfile.lib.dates import PartialDate
from pawfile.profiles.actions import create_client, create_pet, update_client, update_pet
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange, Tag
from pawfile.resources.models import Territory, TerritoryZip, Vet
from tests.factories import make_client, make_pet, make_user


def fresh(client: Client) -> Client:
    return Client.objects.get(pk=client.pk)


def changes_of(record: Client | Pet) -> list[tuple[str, str, str]]:
    return list(record.changes.order_by("pk").values_list("key", "old_text", "new_text"))


def test_creating_is_not_an_update(ada: User, sam: User) -> None:
    names = {"first_name": "Nina", "last_name": "New", "tags": ["VIP"], "door_code": "1"}
    client = create_client(values={**names, "blocked_sitters": [sam]}, by=ada)
    create_pet(values={"client": client, "name": "Rex", "animal": "Dog"}, by=ada)
    assert ClientChange.objects.count() == PetChange.objects.count() == 0
    assert client.version == 1


def test_an_unchanged_save_leaves_nothing(cleos_home: Client, ada: User, sam: User) -> None:
    client = fresh(cleos_home)
    update_client(client, values={"street": "12 Maple Street", "primary_sitter": sam}, by=ada)
    client.save(by=ada)
    client.save()
    assert changes_of(client) == []
    assert (client.version, fresh(client).updated_at) == (1, cleos_home.updated_at)


def test_a_save_keeps_who_when_old_and_new(cleos_home: Client, ada: User) -> None:
    client = update_client(fresh(cleos_home), values={"city": "Dublin", "state": ""}, by=ada)
    assert changes_of(client) == [("city", "Columbus", "Dublin"), ("state", "OH", "")]
    rows = list(client.changes.all())
    assert {(r.changed_by, r.changed_at, r.version) for r in rows} == {(ada, client.updated_at, 2)}
    assert fresh(client).version == 2


def test_text_is_kept_as_people_read_it(cleos_home: Client, ada: User, sam: User) -> None:
    """Labels and names, not codes and ids."""
    vet = Vet.objects.create(name="Dr. Wu", clinic="Paws")
    bob = make_user(Role.SITTER, "Bob Baker")
    north = Territory.objects.create(name="North")
    TerritoryZip.objects.create(territory=north, zip_code="43085")
    south = Territory.objects.create(name="South")
    values = {
        "vet": vet, "secondary_sitter": bob, "status": "Active", "uses_keys": False,
        "has_alarm": True, "trash_days": ["Monday", "Friday"], "alternate_emails": ["a@b.de"],
        "territory": south,
    }  # fmt: skip
    client = update_client(fresh(cleos_home), values=values, by=ada)
    assert sorted(changes_of(client)) == [
        ("alternate_emails", "", "a@b.de"),
        ("has_alarm", "", "Yes"),
        ("secondary_sitter", "", "Bob Baker"),
        ("status", "Prospect", "Active"),
        ("territory", "North (by zip)", "South"),
        ("trash_days", "", "Monday, Friday"),
        ("uses_keys", "Yes", "No"),
        ("vet", "", "Dr. Wu, Paws"),
    ]


def test_a_pets_changes_are_kept_too(rex: Pet, carls_home: Client, ada: User) -> None:
    pet = Pet.objects.get(pk=rex.pk)
    values = {"born": PartialDate(2019, 4), "client": carls_home, "active": False}
    update_pet(pet, values=values, by=ada)
    assert sorted(changes_of(pet)) == [
        ("active", "Yes", "No"), ("born", "", "Apr 2019"), ("client", "Cleo Carter", "Carl Cooper"),
    ]  # fmt: skip


def test_many_values_are_part_of_the_same_save(cleos_home: Client, ada: User, sam: User) -> None:
    zoe, bob = make_user(Role.SITTER, "Zoe"), make_user(Role.SITTER, "Bob")
    values = {"tags": ["VIP", "Early"], "blocked_sitters": [zoe, bob], "city": "Dublin"}
    client = update_client(fresh(cleos_home), values=values, by=ada)
    assert sorted(changes_of(client)) == [
        ("blocked_sitters", "", "Bob, Zoe"), ("city", "Columbus", "Dublin"),
        ("tags", "", "Early, VIP"),
    ]  # fmt: skip
    assert set(client.changes.values_list("version", "changed_by")) == {(2, ada.pk)}
    update_client(client, values={"tags": ["Early", "VIP"], "blocked_sitters": [bob, zoe]}, by=ada)
    assert client.version == 2
    update_client(client, values={"tags": [], "blocked_sitters": [zoe]}, by=ada)
    assert changes_of(client)[3:] == [
        ("tags", "Early, VIP", ""), ("blocked_sitters", "Bob, Zoe", "Zoe")
    ]  # fmt: skip
    assert (client.version, Tag.objects.count()) == (3, 2)


def test_a_secret_says_only_that_it_changed(cleos_home: Client, ada: User) -> None:
    client = fresh(cleos_home)
    for code in ("1234", "1234", "5678", "5678", "", ""):
        update_client(client, values={"door_code": code}, by=ada)
    assert changes_of(client) == [("door_code", "", "")] * 3
    assert client.version == 4


def test_a_change_without_a_person_is_kept_too(cleos_home: Client) -> None:
    update_client(fresh(cleos_home), values={"city": "Dublin"}, by=None)
    assert [row.changed_by for row in cleos_home.changes.all()] == [None]


def test_the_history_outlives_the_person(cleos_home: Client) -> None:
    left = make_user(Role.MANAGER, "Lena Left")
    update_client(fresh(cleos_home), values={"city": "Dublin"}, by=left)
    left.delete()
    assert changes_of(cleos_home) == [("city", "Columbus", "Dublin")]


def test_many_saves_of_one_day_are_all_kept(cleos_home: Client, cleo: User) -> None:
    """Rule 57."""
    client = fresh(cleos_home)
    for number in range(1, 6):
        update_client(client, values={"street": f"{number} Elm Street"}, by=cleo)
    assert [new for _, _, new in changes_of(client)] == [f"{n} Elm Street" for n in range(1, 6)]


def test_writes_without_history_are_refused(cleos_home: Client, rex: Pet) -> None:
    for records, record in ((Client.objects.all(), cleos_home), (Pet.objects.all(), rex)):
        with pytest.raises(TypeError, match="leaves no history"):
            records.update(version=7)
        with pytest.raises(TypeError, match="leaves no history"):
            records.filter(pk=record.pk).update(version=F("version") + 1)
        with pytest.raises(TypeError, match="leaves no history"):
            records.bulk_update([record], ["version"])
    assert fresh(cleos_home).version == 1


def test_who_read_an_older_version_cannot_save(cleos_home: Client, ada: User) -> None:
    """Nothing is overwritten unseen."""
    first, second = fresh(cleos_home), fresh(cleos_home)
    update_client(first, values={"city": "Dublin"}, by=ada)
    with pytest.raises(StaleRecordError):
        update_client(second, values={"city": "Powell", "tags": ["VIP"]}, by=ada)
    assert fresh(cleos_home).city == "Dublin"
    assert changes_of(cleos_home) == [("city", "Columbus", "Dublin")]
    assert cleos_home.tags.count() == 0


def test_who_read_a_deleted_record_cannot_save(rex: Pet, ada: User) -> None:
    kept = Pet.objects.get(pk=rex.pk)
    Pet.objects.get(pk=rex.pk).delete()
    with pytest.raises(StaleRecordError):
        update_pet(kept, values={"name": "Rexie"}, by=ada)
    assert Pet.objects.count() == 0


def test_a_failed_save_leaves_neither_value_nor_history(ada: User) -> None:
    client = make_client(first_name="Nina", tags=["VIP"])
    broken = {"status": "Dormant", "city": "Dublin", "tags": ["New"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        update_client(fresh(client), values=broken, by=ada)
    assert (fresh(client).city, fresh(client).field_text("tags")) == ("", "VIP")
    assert changes_of(client) == []


def test_deleting_a_pet_takes_its_history_with_it(cleos_home: Client, ada: User) -> None:
    pet = make_pet(cleos_home, name="Tom")
    update_pet(pet, values={"name": "Tim"}, by=ada)
    pet.delete()
    assert PetChange.objects.count() == 0
