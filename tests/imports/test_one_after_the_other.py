"""Tables imported one after the other: pets and keys of clients that are in the book by then."""

from pathlib import Path

import pytest

from pawfile.access.models import Key
from pawfile.imports.issues import Kind
from pawfile.imports.run import ImportRun
from pawfile.profiles.models import Client, Pet

pytestmark = pytest.mark.django_db

CLIENTS = (
    "Client ID,First Name,Last Name,Email,Address\n"
    "C1,Ann,Lee,ann@example.org,1 Elm St\n"
    "C2,Ann,Lee,lee@example.org,\n"
    "C3,Bob,Ray,bob@example.org,3 Oak St\n"
)


def done(folder: Path, name: str, text: str, *mapped: str) -> ImportRun:
    path = folder / name
    path.write_text(text)
    run = ImportRun(path, mapped=mapped)
    run.run()
    return run


def test_a_pet_of_one_of_two_clients_of_a_name_in_the_book_is_a_question(tmp_path: Path) -> None:
    done(tmp_path, "clients.csv", CLIENTS)
    pets = "Owner,Pet Name,Animal\nAnn Lee,Rex,Dog\nBob Ray,Mia,Cat\n"
    run = done(tmp_path, "pets.csv", pets, "Owner=pet.owner")
    assert list(Pet.objects.values_list("name", flat=True)) == ["Mia"]
    (question,) = run.issues
    assert (question.kind, question.row) == (Kind.AMBIGUOUS_CLIENT, 2)
    for said in ("Lee, Ann in the book, 1 Elm St", "Lee, Ann in the book, without a street"):
        assert said in question.message
    done(tmp_path, "pets.csv", pets.replace("Ann Lee", "C2"), "Owner=pet.owner")
    assert Pet.objects.get(name="Rex").client.email == "lee@example.org"


def test_keys_of_clients_of_the_book_come_in_whoever_else_was_asked_about(tmp_path: Path) -> None:
    done(tmp_path, "clients.csv", CLIENTS)
    run = done(
        tmp_path,
        "keys.csv",
        "Name/Code,Client,With,Client's Pets\n"
        "K-1,Ann Lee,Office,\n"
        "K-2,Bob Ray,Office,\n"
        "K-3,Ann Lee,Office,\n",
    )
    assert list(Key.objects.values_list("code", "client__last_name")) == [("K-2", "Ray")]
    assert [each.row for each in run.issues if each.kind == Kind.AMBIGUOUS_CLIENT] == [2, 4]


def test_a_pet_with_brackets_in_its_name_is_no_riddle(tmp_path: Path) -> None:
    done(tmp_path, "clients.csv", CLIENTS)
    done(
        tmp_path,
        "keys.csv",
        'Name/Code,Client,With,Client\'s Pets\nK-1,"Bob Ray (Luna, Hercules (Herc))",Office,\n',
    )
    assert Key.objects.get().client == Client.objects.get(first_name="Bob")
