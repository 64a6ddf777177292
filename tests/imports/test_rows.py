"""Which rows are one client, and which pets are one pet."""

from pathlib import Path

import pytest

from pawfile.imports.issues import Kind
from pawfile.profiles.models import Client, Pet
from tests.imports.files import NAMES, counted, import_text, kinds, remarks

pytestmark = pytest.mark.django_db
HEADINGS = f"{NAMES},Email,Cell Phone,Street,Zip,Pet Name,Animal,Breed"


def test_rows_that_repeat_their_client_are_one_client(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        HEADINGS,
        "Ann,Lee,ann@example.com,303-555-0122,1 Elm,98101,Rex,Dog,",
        "Bob,Lee,bob@example.com,303-555-0123,1 Elm,98101,Tom,Cat,",
        "ANN,Lee,Ann@Example.com,(303) 555-0122,1 elm,98101,Ida,Dog,",
    )
    assert counted(run) == {"clients": {"created": 2}, "pets": {"created": 3}}
    assert {pet.name for pet in Pet.objects.filter(client__first_name="Ann")} == {"Rex", "Ida"}
    assert kinds(run) == []


def test_households_of_one_name_stay_two(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        HEADINGS,
        "Ann,Lee,ann@example.com,303-555-0122,1 Elm,98101,Rex,Dog,",
        "Ann,Lee,lee@example.com,303-555-0199,9 Oak,98102,Tom,Cat,",
    )
    assert counted(run)["clients"] == {"created": 2}
    assert kinds(run) == []


@pytest.mark.parametrize(
    "second",
    [
        "Ann,Lee,ann@example.com,303-555-0199,1 Elm,98101,Tom,Cat,",
        "Ann,Lee,ann@example.com,,,,Tom,Cat,",
        "Ann,Lee,,303-555-0122,9 Oak,98102,Tom,Cat,",
        "Ann,Lee,,,1 Elm,98101-1234,Tom,Cat,",
        "Ann,Lee,,,,,Tom,Cat,",
    ],
)
def test_a_client_is_known_by_what_is_the_same(tmp_path: Path, second: str) -> None:
    first = "Ann,Lee,ann@example.com,303-555-0122,1 Elm,98101,Rex,Dog,"
    run = import_text(tmp_path, HEADINGS, first, second)
    assert counted(run) == {"clients": {"created": 1}, "pets": {"created": 2}}


def test_father_and_son_at_one_address_are_two(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        HEADINGS,
        "Al,Lee,al@example.com,303-555-0122,1 Elm,98101,Rex,Dog,",
        "Al,Lee,junior@example.com,303-555-0199,1 Elm,98101,Tom,Cat,",
    )
    assert counted(run)["clients"] == {"created": 2}


def test_where_rows_of_a_client_disagree_the_first_is_kept_and_the_cell_named(
    tmp_path: Path,
) -> None:
    run = import_text(
        tmp_path,
        f"{HEADINGS},City,Door Code",
        "Ann,Lee,ann@example.com,,,,Rex,Dog,,Denver,1234",
        "Ann,Lee,ann@example.com,,,,Tom,Cat,,Boulder,9876",
        "Ann,Lee,ann@example.com,,,,Ida,Cat,,,",
    )
    assert Client.objects.get().city == "Denver"
    assert remarks(run) == [
        (Kind.ROWS_DISAGREE, 3, "City", "Boulder"),
        (Kind.ROWS_DISAGREE, 3, "Door Code", "(hidden)"),
    ]
    assert next(iter(run.issues)).message.startswith("Different in row 2")


def test_a_later_row_fills_what_the_first_leaves_blank(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        f"{HEADINGS},City",
        "Ann,Lee,ann@example.com,,,,Rex,Dog,,",
        "Ann,Lee,ann@example.com,,,,Tom,Cat,,Denver",
    )
    assert Client.objects.get().city == "Denver"
    assert kinds(run) == []


def test_a_bare_name_that_two_clients_have_is_a_question(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        HEADINGS,
        "Ann,Lee,,,,,Rex,Dog,",
        "Ann,Lee,ann@example.com,,,,Tom,Cat,",
        "Ann,Lee,lee@example.com,,,,Ida,Cat,",
    )
    assert counted(run) == {
        "clients": {"created": 2, "problems": 1},
        "pets": {"created": 2, "problems": 1},
    }
    assert remarks(run) == [(Kind.AMBIGUOUS_CLIENT, 2, "Last Name", "Ann Lee")]


def test_namesakes_of_whom_nothing_else_is_known_are_a_question(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        f"{NAMES},City",
        "Ann,Lee,Denver",
        "Ann,Lee,Boulder",
        "Ann,Lee,denver",
    )
    assert counted(run)["clients"] == {"created": 1, "problems": 1}
    assert remarks(run) == [(Kind.AMBIGUOUS_CLIENT, 3, "Last Name", "Ann Lee")]


def test_pets_of_one_name_and_different_animals_are_two(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        HEADINGS,
        "Ann,Lee,ann@example.com,,,,Bailey,Dog,",
        "Ann,Lee,ann@example.com,,,,Bailey,Goat,",
    )
    assert counted(run)["pets"] == {"created": 2}


def test_pets_of_one_name_and_animal_are_two_if_a_telling_field_differs(tmp_path: Path) -> None:
    lines = (
        HEADINGS,
        "Ann,Lee,ann@example.com,,,,Bailey,Dog,Poodle",
        "Ann,Lee,ann@example.com,,,,Bailey,Dog,Beagle",
    )
    assert counted(import_text(tmp_path, *lines))["pets"] == {"created": 2}
    assert counted(import_text(tmp_path, *lines))["pets"] == {"unchanged": 2}


def test_the_same_row_once_more_is_nothing_new(tmp_path: Path) -> None:
    row = "Ann,Lee,ann@example.com,,,,Bailey,Dog,Poodle"
    run = import_text(tmp_path, HEADINGS, row, row)
    assert counted(run)["pets"] == {"created": 1}
    assert run.tally.rows == {"pets": 1, "repeated": 1, "blank": 0, "problems": 0}
    assert remarks(run) == [(Kind.REPEATED_PET, 3, "", "Bailey")]


def test_a_row_without_pet_makes_a_client_alone(tmp_path: Path) -> None:
    run = import_text(tmp_path, HEADINGS, "Ann,Lee,ann@example.com,,,,,,")
    assert counted(run) == {"clients": {"created": 1}, "pets": {}}
    assert run.tally.rows["clients only"] == 1


def test_blank_rows_and_repeated_headings_are_no_clients_but_counted(tmp_path: Path) -> None:
    run = import_text(
        tmp_path, HEADINGS, "Ann,Lee,,,,,Rex,Dog,", "", ",,,", HEADINGS, "Bob,Lee,,,,,Tom,Cat,"
    )
    assert counted(run)["clients"] == {"created": 2}
    assert run.tally.rows["blank"] == 3
    assert run.tally.rows.total() == 5
    assert remarks(run) == [(Kind.NOT_A_ROW, 5, "", "")]


@pytest.mark.parametrize(
    ("row", "column"), [(",Lee", "First Name"), ("Ann,", "Last Name"), (" , ", "First Name")]
)
def test_a_row_without_a_name_is_a_problem_and_makes_nothing(
    tmp_path: Path, row: str, column: str
) -> None:
    run = import_text(tmp_path, HEADINGS, f"{row},a@example.com,,,,Rex,Dog,")
    assert not Client.objects.exists()
    assert remarks(run) == [(Kind.CLIENT_NAME_MISSING, 2, column, "")]
    assert counted(run) == {"clients": {"problems": 1}, "pets": {"problems": 1}}


def test_a_pet_without_name_or_animal_is_a_problem_and_its_client_is_made(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        HEADINGS,
        "Ann,Lee,ann@example.com,,,,,Dog,",
        "Ann,Lee,ann@example.com,,,,Rex,,",
        "Ann,Lee,ann@example.com,,,,Tom,Cat,",
    )
    assert counted(run) == {"clients": {"created": 1}, "pets": {"created": 1, "problems": 2}}
    assert remarks(run) == [
        (Kind.PET_NAME_MISSING, 2, "Pet Name", ""),
        (Kind.ANIMAL_MISSING, 3, "Animal", "Rex"),
    ]
    assert run.tally.rows["problems"] == 2
