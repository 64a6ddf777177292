"""A list that is exported and imported as it is changes nothing."""

import csv
from pathlib import Path

import pytest

from pawfile.access.models import Key, KeyPlace
from pawfile.accounts.models import User
from pawfile.exports.lists import LISTS
from pawfile.imports.layout import MappingError
from pawfile.imports.outcome import Outcome
from pawfile.imports.run import ImportRun
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from tests.factories import make_pet, make_visit
from tests.schedule.days import in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cleos_home: Client, ada: User) -> Pet:
    vet = Vet.objects.create(
        name="Dr. Hough", clinic="Hough & Daughters", phone="614-555-0101", address="1 Vet St"
    )
    pet = make_pet(cleos_home, name="Pocket", animal="Cat")
    client = {"vet": vet, "trash_notes": "Blue bin", "office_notes": "Pays late"}
    update_client(cleos_home, values=client, by=ada)
    update_pet(pet, values={"office_notes": "Sold as two girls", "pet_vet": vet}, by=ada)
    Key.objects.create(code="K-1", client=cleos_home, place=KeyPlace.OFFICE)
    make_visit(cleos_home, pets=[pet], visit_on=in_days(2))
    return pet


def exported(folder: Path, name: str, reader: User) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(LISTS[name].listing(reader, {}, []).rows)
    return path


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("name", ["clients", "pets"])
def test_clients_and_pets_come_back_unchanged(name: str, tmp_path: Path, ada: User) -> None:
    path = exported(tmp_path, name, ada)
    rows = list(ImportRun(path).plan_rows())
    assert [(row.outcome, row.differences, row.issues) for row in rows] == [
        (Outcome.UNCHANGED, [], [])
    ]
    ImportRun(path).run()
    assert Vet.objects.count() == 1


def test_a_change_in_the_list_goes_into_the_field_of_its_heading(
    book: Pet, tmp_path: Path, ada: User
) -> None:
    for name, old, new in (("clients", "Blue bin", "Green bin"), ("pets", "two girls", "a girl")):
        path = exported(tmp_path, name, ada)
        path.write_text(path.read_text().replace(old, new))
        ImportRun(path).run()
    home, pet = Client.objects.get(), Pet.objects.get()
    assert (home.trash_notes, home.office_notes) == ("Green bin", "Pays late")
    assert pet.office_notes == "Sold as a girl"


@pytest.mark.usefixtures("book")
def test_vets_are_vets_and_keys_are_keys(tmp_path: Path, ada: User) -> None:
    vets = ImportRun(exported(tmp_path, "vets", ada))
    vets.run()
    assert [layout.kind for layout in vets.layouts] == ["vets"]
    assert (Vet.objects.count(), Client.objects.count()) == (1, 1)
    keys = ImportRun(exported(tmp_path, "keys", ada))
    keys.run()
    assert [layout.kind for layout in keys.layouts] == ["keys"]
    assert Key.objects.get().place == KeyPlace.OFFICE


@pytest.mark.usefixtures("book")
def test_visits_are_refused_by_their_name(tmp_path: Path, ada: User) -> None:
    with pytest.raises(MappingError, match="This is a list of visits"):
        ImportRun(exported(tmp_path, "visits", ada))
