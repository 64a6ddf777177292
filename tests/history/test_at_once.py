"""Two saves at the very same time, on both databases: nothing is lost, nobody is overwritten."""

import pytest

from pawfile.accounts.models import Role
from pawfile.history.models import StaleRecordError
from pawfile.profiles.actions import create_pet, update_client, update_pet
from pawfile.profiles.models import Client, ClientChange, ClientWord, Pet
from tests.at_once import at_once
from tests.factories import make_client, make_pet, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_save_one_client_at_once_exactly_one_wins() -> None:
    home = make_client(first_name="Cleo")
    by = [make_user(Role.MANAGER, name) for name in ("Mona", "Milo")]
    for round_number in range(3):
        read = [Client.objects.get(pk=home.pk) for _ in by]

        def save(number: int, read: list[Client] = read, turn: int = round_number) -> str:
            values = {"city": f"{by[number].name} {turn}", "tags": [by[number].name]}
            update_client(read[number], values=values, by=by[number])
            return by[number].name

        results = at_once(lambda: save(0), lambda: save(1))
        won = [result for result in results if isinstance(result, str)]
        assert [type(result) for result in results].count(StaleRecordError) == 1
        saved = Client.objects.get(pk=home.pk)
        assert (saved.city, saved.field_text("tags")) == (f"{won[0]} {round_number}", won[0])
        assert saved.version == round_number + 2
        last = ClientChange.objects.filter(version=saved.version, key="city")
        assert [change.changed_by.name for change in last if change.changed_by] == won


def test_of_two_who_save_one_pet_at_once_exactly_one_wins() -> None:
    pet = make_pet(make_client())
    read = [Pet.objects.get(pk=pet.pk) for _ in range(2)]
    results = at_once(
        lambda: update_pet(read[0], values={"name": "Rexie"}, by=None).name,
        lambda: update_pet(read[1], values={"name": "Maxie"}, by=None).name,
    )
    won = [result for result in results if isinstance(result, str)]
    assert len(won) == 1
    assert Pet.objects.get(pk=pet.pk).name == won[0]


def test_pets_of_one_name_added_at_once_are_both_there() -> None:
    """Both bring the same word to the client's index."""
    home = make_client()
    values = {"name": "Luna", "animal": "Cat", "client": home}
    results = at_once(*[lambda: create_pet(values=values, by=None)] * 4)
    assert [type(result) for result in results] == [Pet] * 4
    assert home.pets.count() == 4
    assert ClientWord.objects.filter(word="luna").count() == 1


def test_a_pet_saved_beside_its_client_does_not_bring_back_the_old_name() -> None:
    """The pet was read with its client before somebody renamed the client."""
    home = make_client(first_name="Cleo", last_name="Carter")
    pet = Pet.objects.select_related("client").get(pk=make_pet(home).pk)
    update_client(Client.objects.get(pk=home.pk), values={"last_name": "Fox"}, by=None)
    update_pet(pet, values={"name": "Rexie"}, by=None)
    words = ClientWord.objects.filter(record=home).values_list("word", flat=True)
    assert sorted(words) == ["cleo", "fox", "rexie"]
