"""Files of other programs are known by their headings: invented rows under each one's headings."""

from pathlib import Path

import pytest

from pawfile.access.models import Key
from pawfile.imports.models import ClientExtra
from pawfile.imports.run import ImportRun
from pawfile.profiles.models import Client, Pet

pytestmark = pytest.mark.django_db


def imported(folder: Path, *tables: str) -> ImportRun:
    paths = []
    for place, text in enumerate(tables):
        path = folder / f"{place}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    run = ImportRun(paths)
    run.run()
    return run


def test_gingr_s_owners_and_animals_come_in_and_immunizations_are_kept(tmp_path: Path) -> None:
    run = imported(
        tmp_path,
        "firstName,lastName,email,cellPhone,animalName,species,breed,immunizations\n"
        "Ann,Lee,ann@example.org,303-555-0122,Rex,Dog,Beagle,Rabies 2027\n",
    )
    assert run.layouts[0].preset == "Gingr"
    client = Client.objects.get()
    assert (client.name, client.email, client.cell_phone) == (
        "Ann Lee", "ann@example.org", "303-555-0122",
    )  # fmt: skip
    assert (Pet.objects.get().name, Pet.objects.get().breed) == ("Rex", "Beagle")
    assert ClientExtra.objects.get().texts == {"immunizations": "Rabies 2027"}


def test_a_key_list_has_several_keys_of_a_client_in_a_row(tmp_path: Path) -> None:
    run = imported(
        tmp_path,
        "First Name,Last Name,Email\nAnn,Lee,ann@example.org\nBob,Ray,bob@example.org\n",
        "Client,Key Location,Key #1,Key #2,Key #3\n"
        '"Lee, Ann",Office,K-1,K-2,\nBob Ray,Office,K-3,n/a,\nNobody Here,Office,K-9,,\n',
    )
    assert [layout.preset for layout in run.layouts] == ["", "Key list"]
    keys = Key.objects.order_by("code").values_list("code", "client__first_name", "place")
    assert list(keys) == [("K-1", "Ann", "office"), ("K-2", "Ann", "office"),
                          ("K-3", "Bob", "office")]  # fmt: skip
    assert (run.tally.rows["keys"], run.tally.rows["problems"]) == (2, 1)


def test_a_key_list_may_have_a_row_for_each_key(tmp_path: Path) -> None:
    run = imported(
        tmp_path,
        "First Name,Last Name,Email\nAnn,Lee,ann@example.org\n",
        'Key Code,Client,Key Location\nK-1,"Lee, Ann",Office\nK-2,"Lee, Ann",Office\n',
    )
    assert [layout.preset for layout in run.layouts] == ["", "Key list"]
    assert list(Key.objects.values_list("code", "place")) == [("K-1", "office"), ("K-2", "office")]


def test_rows_of_one_owner_s_pets_are_one_client(tmp_path: Path) -> None:
    run = imported(
        tmp_path,
        "name,email,phone,address_1,zip,pet_name,pet_type,pet_sex,pet_birthday\n"
        "Ann Lee,ann@example.org,303-555-0122,1 Elm St,02134,Rex,Dog,Male - Neutered,2019-04-12\n"
        "Ann Lee,ann@example.org,303-555-0122,1 Elm St,02134,Mia,Cat,Female,2020-01-02\n",
    )
    assert run.layouts[0].preset == "One row per pet"
    client = Client.objects.get()
    assert (client.street, client.zip_code) == ("1 Elm St", "02134")
    pets = Pet.objects.order_by("name").values_list("name", "sex", "spayed_neutered")
    assert list(pets) == [("Mia", "Female", None), ("Rex", "Male", True)]
