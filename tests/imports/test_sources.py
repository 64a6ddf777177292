"""Ids of other programs: rows are joined and found again by them."""

from pathlib import Path

import pytest

from pawfile.imports.issues import Kind
from pawfile.imports.models import PetExtra, SourceClient, SourcePet
from pawfile.imports.run import ImportRun
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_pet
from tests.imports.files import (
    NAMES,
    all_rows,
    counted,
    import_text,
    imported,
    kinds,
    remarks,
    write,
)

pytestmark = pytest.mark.django_db
HEADINGS = f"Client ID,{NAMES},City,Pet ID,Pet Name,Animal"


def test_rows_of_one_id_are_one_client(tmp_path: Path) -> None:
    run = import_text(tmp_path, HEADINGS, "7,Ann,Lee,,70,Rex,Dog", "7,Ann,Lee,,71,Tom,Cat")
    assert counted(run) == {"clients": {"created": 1}, "pets": {"created": 2}}
    assert SourceClient.objects.get().source_id == "7"
    assert set(SourcePet.objects.values_list("source_id", "pet__name")) == {
        ("70", "Rex"),
        ("71", "Tom"),
    }
    assert kinds(run) == []


def test_clients_of_one_name_and_two_ids_are_two(tmp_path: Path) -> None:
    lines = (HEADINGS, "7,Ann,Lee,Denver,,Rex,Dog", "8,Ann,Lee,Denver,,Tom,Cat")
    assert counted(import_text(tmp_path, *lines))["clients"] == {"created": 2}
    assert counted(import_text(tmp_path, *lines))["clients"] == {"unchanged": 2}


def test_what_is_known_by_its_id_is_found_under_another_name(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, "7,Ann,Lee,Denver,70,Rex,Dog")
    run = import_text(tmp_path, HEADINGS, "7,Anna,Leigh,Denver,70,Rexy,Dog")
    assert counted(run) == {"clients": {"updated": 1}, "pets": {"updated": 1}}
    assert Client.objects.get().name == "Anna Leigh"
    assert Pet.objects.get().name == "Rexy"


def test_ids_are_remembered_for_clients_that_were_there_before(tmp_path: Path) -> None:
    client = make_client(first_name="Ann", last_name="Lee", city="Denver")
    make_pet(client, name="Rex")
    lines = (HEADINGS, "7,Ann,Lee,Denver,70,Rex,Dog")
    run = import_text(tmp_path, *lines)
    assert counted(run) == {"clients": {"unchanged": 1}, "pets": {"unchanged": 1}}
    assert SourceClient.objects.get().client == client
    assert SourcePet.objects.count() == 1
    import_text(tmp_path, *lines)
    assert SourceClient.objects.count() == 1


def test_without_any_names_clients_are_called_by_their_id(tmp_path: Path) -> None:
    path = write(tmp_path, "License,Zip,Name,Animal\nS1,98101,Rex,Dog\nS2,98102,,Dog\n")
    run = imported(path, mapped=["License=client.source_id"])
    assert [client.name for client in Client.objects.all()] == ["Client S1", "Client S2"]
    assert remarks(run) == [
        (Kind.PET_NAME_MISSING, 3, "Name", ""),
        (Kind.NAMED_BY_ID, 2, "License", ""),
    ]
    assert "2 times" in list(run.issues)[1].message
    Client.objects.get(last_name="S1").delete()
    renamed = Client.objects.get()
    renamed.first_name, renamed.last_name = "Ida", "Roe"
    renamed.save()
    assert counted(imported(path, mapped=["License=client.source_id"]))["clients"] == {
        "created": 1,
        "unchanged": 1,
    }
    assert Client.objects.filter(last_name="Roe").exists()


def test_where_an_id_is_all_its_repetition_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "License,Zip,Name,Animal\n1,98101,Rex,Dog\n1,98101,Tom,Cat\n")
    run = imported(path, mapped=["License=client.source_id"])
    assert (Kind.REPEATED_ID, 3, "License", "1") in remarks(run)
    assert next(iter(run.issues)).message == "One client of rows 2 and 3."
    assert counted(run) == {"clients": {"created": 1}, "pets": {"created": 2}}


def test_a_row_without_its_id_is_a_problem_where_there_are_no_names(tmp_path: Path) -> None:
    path = write(tmp_path, "License,Name,Animal\n,Rex,Dog\n")
    run = imported(path, mapped=["License=client.source_id"])
    assert remarks(run) == [(Kind.CLIENT_NAME_MISSING, 2, "License", "")]


def test_an_id_without_a_name_is_a_problem_where_there_are_names(tmp_path: Path) -> None:
    run = import_text(tmp_path, HEADINGS, "7,,Lee,,,Rex,Dog")
    assert kinds(run) == [Kind.CLIENT_NAME_MISSING]
    assert not Client.objects.exists()


def test_an_id_that_is_too_long_is_a_problem(tmp_path: Path) -> None:
    run = import_text(tmp_path, HEADINGS, f"{'7' * 201},Ann,Lee,,,Rex,Dog")
    assert kinds(run) == [Kind.TOO_LONG_FOR_A_NAME]
    assert not Client.objects.exists()


def test_one_pet_id_for_pets_of_two_clients_is_a_problem_the_dry_run_sees_too(
    tmp_path: Path,
) -> None:
    lines = (HEADINGS, "7,Ann,Lee,,70,Rex,Dog", "8,Bob,Lee,,70,Tom,Cat")
    for is_dry in (True, False):
        run = import_text(tmp_path, *lines, is_dry=is_dry)
        assert counted(run) == {"clients": {"created": 2}, "pets": {"created": 1, "problems": 1}}
        assert remarks(run) == [(Kind.AMBIGUOUS_PET, 3, "Pet ID", "70")]


def test_a_pet_known_by_its_id_does_not_change_hands(tmp_path: Path) -> None:
    import_text(tmp_path, HEADINGS, "7,Ann,Lee,,70,Rex,Dog")
    run = import_text(tmp_path, HEADINGS, "8,Bob,Lee,,70,Rex,Dog")
    assert counted(run) == {"clients": {"created": 1}, "pets": {"problems": 1}}
    assert Pet.objects.get().client.first_name == "Ann"
    assert "Ann Lee" in next(iter(run.issues)).message


def test_texts_of_clients_in_a_table_of_pets_are_kept_as_extras_but_no_codes(
    tmp_path: Path,
) -> None:
    clients = write(tmp_path, "Client ID,First Name,Last Name\n7,Bea,Adams\n")
    lines = "Pet ID,Owner ID,Name,Animal,House notes,Door code\n70,7,Rex,Dog,Mind the step,4711#\n"
    run = ImportRun([clients, write(tmp_path, lines, "pets.csv")])
    run.run()
    assert PetExtra.objects.get().texts == {"House notes": "Mind the step"}
    assert Client.objects.get().house_notes == ""
    assert not any("4711" in str(rows) for rows in all_rows().values())
