"""What becomes of the cells: stored, understood, or named by row and column and left empty."""

from pathlib import Path
from typing import Any

import pytest
import time_machine

from pawfile.accounts.models import User
from pawfile.imports.issues import Issue, Kind
from pawfile.lib.columns import key_ring
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet, Tag
from pawfile.resources.models import Territory, Vet
from tests.imports.files import NAMES, PETS, import_text, kinds, remarks

pytestmark = pytest.mark.django_db


def import_client(folder: Path, heading: str, cell: str) -> tuple[Client, list[Issue]]:
    run = import_text(folder, f"{NAMES},{heading}", f'Ann,Lee,"{cell}"')
    return Client.objects.get(), list(run.issues)


def import_pet(folder: Path, heading: str, cell: str) -> tuple[Pet, list[Issue]]:
    run = import_text(folder, f"{PETS},{heading}", f'Ann,Lee,,Rex,Dog,"{cell}"')
    return Pet.objects.get(), list(run.issues)


@pytest.mark.parametrize(
    ("heading", "cell", "key", "value"),
    [
        ("City", " Denver ", "city", "Denver"),
        ("City", "São\nPaulo", "city", "São Paulo"),
        ("Directions", "left\r\nright", "directions", "left\nright"),
        ("Uses Keys", "N", "uses_keys", False),
        ("Has Alarm", "x", "has_alarm", True),
        ("Primary Phone", "work", "primary_phone", "Work"),
        ("Status", "Inactive", "status", "Inactive"),
        ("Fence", "none", "fence", "N/A"),
        ("Trash Days", "Fri / Mon", "trash_days", ["Monday", "Friday"]),
        ("Alternate Emails", "a@x.org; b@x.org", "alternate_emails", ["a@x.org", "b@x.org"]),
        ("Zip", "02134", "zip_code", "02134"),
        ("Zip", "98101-1234", "zip_code", "98101-1234"),
        ("Cell Phone", "(303) 555-0122", "cell_phone", "(303) 555-0122"),
        ("Office notes", "=1+1", "office_notes", "=1+1"),
        ("Office notes", "<script>x</script> 🐶", "office_notes", "<script>x</script> 🐶"),
        ("Email", "N/A", "email", ""),
        ("Cell Phone", "none", "cell_phone", ""),
        ("Vet", "N/A", "vet", None),
        ("Primary Sitter", "-", "primary_sitter", None),
    ],
)
def test_a_clients_cell_is_stored_without_a_word(
    tmp_path: Path, heading: str, cell: str, key: str, value: Any
) -> None:
    client, issues = import_client(tmp_path, heading, cell)
    assert getattr(client, key) == value
    assert issues == []


@pytest.mark.parametrize(
    ("heading", "cell", "key", "value"),
    [
        ("Sex", "M", "sex", "Male"),
        ("Sex", "f", "sex", "Female"),
        ("Fixed", "Y", "spayed_neutered", True),
        ("Pet Active", "no", "active", False),
        ("Microchip", "981025814268513", "microchip", "981025814268513"),
        ("Microchip", "0012", "microchip", "0012"),
        ("Allergies", "none", "allergies", "none"),
        ("Weight", "12 lb", "weight", "12 lb"),
    ],
)
def test_a_pets_cell_is_stored_without_a_word(
    tmp_path: Path, heading: str, cell: str, key: str, value: Any
) -> None:
    pet, issues = import_pet(tmp_path, heading, cell)
    assert getattr(pet, key) == value
    assert issues == []


@pytest.mark.parametrize(
    ("cell", "kind", "key", "value"),
    [
        (("Email", "ann(at)example.com"), Kind.EMAIL, "email", ""),
        (("Email", "x; ann@example.com"), Kind.EMAIL, "email", "ann@example.com"),
        (("Cell Phone", "555-0122"), Kind.PHONE, "cell_phone", "555-0122"),
        (("Zip", "2134"), Kind.ZIP, "zip_code", "02134"),
        (("Zip", "9810"), Kind.ZIP, "zip_code", "9810"),
        (("Zip", "98101.0"), Kind.ZIP, "zip_code", "98101"),
        (("Uses Keys", "sometimes"), Kind.YES_NO, "uses_keys", True),
        (("Pool", "In"), Kind.CHOICE, "pool", ""),
        (("Trash Days", "Monday, Someday"), Kind.CHOICE, "trash_days", ["Monday"]),
        (("Status", "VIP"), Kind.CHOICE, "status", "Prospect"),
        (("City", "x" * 501), Kind.TOO_LONG, "city", ""),
        (("House notes", "x" * 20_001), Kind.TOO_LONG, "house_notes", ""),
        (("City", "Den\x07ver"), Kind.CONTROL, "city", "Denver"),
        (("Primary Sitter", "Nobody Known"), Kind.NO_SUCH_SITTER, "primary_sitter", None),
        (("Territory", "North"), Kind.NO_SUCH_TERRITORY, "territory", None),
    ],
)
def test_a_clients_cell_that_cannot_be_read_is_named(
    tmp_path: Path, cell: tuple[str, str], kind: Kind, key: str, value: Any
) -> None:
    client, issues = import_client(tmp_path, *cell)
    assert getattr(client, key) == value
    assert [(issue.kind, issue.row, issue.column) for issue in issues] == [(kind, 2, cell[0])]


@time_machine.travel("2026-11-22 12:00:00Z")
@pytest.mark.parametrize(
    ("cell", "born", "problems"),
    [
        ("2019", "2019", 0),
        ("2023-03", "2023-03", 0),
        ("2016-11-02", "2016-11-02", 0),
        ("2 years", "2024", 0),
        ("unknown", "", 0),
        ("03/04/2020", "", 1),
        ("2030", "", 1),
        ("31.4.2020", "", 1),
        ("soon", "", 1),
    ],
)
def test_birthdays(tmp_path: Path, cell: str, born: str, problems: int) -> None:
    pet, issues = import_pet(tmp_path, "Born", cell)
    assert pet.born.iso() == born
    assert [(issue.kind, issue.row, issue.column) for issue in issues] == [
        (Kind.BORN, 2, "Born")
    ] * problems


def test_a_secret_is_sealed_whole_and_never_said(tmp_path: Path) -> None:
    run = import_text(
        tmp_path,
        f"{PETS},Door Code,Gate Code",
        "Ann,Lee,a@x.org,Rex,Dog,0852#,n/a",
        "Ann,Lee,a@x.org,Tom,Cat,4711#,",
    )
    client = Client.objects.get()
    assert key_ring().unseal(client.door_code) == "0852#"
    assert not client.gate_code
    assert remarks(run) == [(Kind.ROWS_DISAGREE, 3, "Door Code", "(hidden)")]
    assert not any("4711" in str(issue) for issue in run.issues)


def test_a_code_of_the_alarm_says_that_there_is_an_alarm(tmp_path: Path) -> None:
    lines = (f"{NAMES},Email,Alarm Code", "Ann,Lee,a@x.org,1234", "Bob,Lee,b@x.org,")
    run = import_text(tmp_path, *lines)
    assert list(Client.objects.order_by("first_name").values_list("has_alarm", flat=True)) == [
        True,
        None,
    ]
    assert remarks(run) == [(Kind.INFERRED, 2, "", "Home alarm system")]
    client = Client.objects.get(first_name="Ann")
    client.has_alarm = False
    client.save()
    assert kinds(import_text(tmp_path, *lines)) == []
    client.refresh_from_db()
    assert client.has_alarm is False


def test_the_company_list_spells_the_animals_and_others_stay_as_written(tmp_path: Path) -> None:
    options = SiteOptions.load()
    options.animals = ["Dog", "Guinea pig"]
    options.save()
    run = import_text(
        tmp_path,
        PETS,
        "Ann,Lee,a@x.org,Rex,DOG",
        "Ann,Lee,a@x.org,Gus,guinea Pig",
        "Ann,Lee,a@x.org,Bea,Goat",
        "Bob,Lee,b@x.org,Ben,Goat",
    )
    assert list(Pet.objects.order_by("pk").values_list("animal", flat=True)) == [
        "Dog",
        "Guinea pig",
        "Goat",
        "Goat",
    ]
    assert remarks(run) == [(Kind.NEW_ANIMAL, 4, "Animal", "Goat")]


def test_a_vet_is_made_once_with_the_phone(tmp_path: Path) -> None:
    import_text(
        tmp_path,
        f"{NAMES},Email,Vet,Vet Phone,Vet Address",
        "Ann,Lee,a@x.org,Elm Vets,303-555-0122,1 Elm",
        "Bob,Lee,b@x.org,elm  vets,(303) 555-0122,",
        "Cyd,Lee,c@x.org,Elm Vets,,",
        "Dan,Lee,d@x.org,Elm Vets,303-555-0199,",
    )
    ann, bob, cyd, dan = Client.objects.order_by("first_name")
    assert ann.vet == bob.vet == cyd.vet != dan.vet
    assert list(Vet.objects.order_by("pk").values_list("name", "phone", "address")) == [
        ("Elm Vets", "303-555-0122", "1 Elm"),
        ("Elm Vets", "303-555-0199", ""),
    ]


def test_a_vet_that_is_there_is_taken_and_learns_its_phone(tmp_path: Path) -> None:
    elm = Vet.objects.create(name="Dr. Elm", clinic="Elm Vets")
    lines = (f"{NAMES},Vet,Vet Phone", "Ann,Lee,ELM VETS,303-555-0122")
    import_text(tmp_path, *lines)
    import_text(tmp_path, *lines)
    assert Client.objects.get().vet == elm
    assert Vet.objects.get().phone == "303-555-0122"


def test_vets_that_cannot_be_told_apart_are_a_question(tmp_path: Path) -> None:
    Vet.objects.create(name="Elm Vets", phone="303-555-0122")
    Vet.objects.create(name="Elm Vets", phone="303-555-0199")
    client, issues = import_client(tmp_path, "Vet", "Elm Vets")
    assert client.vet is None
    assert [(issue.kind, issue.value) for issue in issues] == [(Kind.VET, "Elm Vets")]


def test_sitters_are_found_by_name_and_the_unknown_named_once(
    tmp_path: Path, sam: User, stan: User
) -> None:
    run = import_text(
        tmp_path,
        f"{NAMES},Email,Primary Sitter,Secondary Sitter,Blocked Sitters",
        f"Ann,Lee,a@x.org,sam sitter,Una Known,{stan.email}",
        "Bob,Lee,b@x.org,Una Known,Sam Sitter,",
    )
    ann, bob = Client.objects.order_by("first_name")
    assert (ann.primary_sitter, ann.secondary_sitter) == (sam, None)
    assert (bob.primary_sitter, bob.secondary_sitter) == (None, sam)
    assert list(ann.blocked_sitters.all()) == [stan]
    assert [(issue.kind, issue.row) for issue in run.issues] == [(Kind.NO_SUCH_SITTER, 2)]
    assert "2 times" in next(iter(run.issues)).message


def test_territories_and_tags(tmp_path: Path) -> None:
    north = Territory.objects.create(name="North")
    Tag.objects.create(name="VIP")
    import_text(
        tmp_path,
        f"{NAMES},Email,Territory,Tags",
        'Ann,Lee,a@x.org,NORTH,"vip, Long stays"',
        "Bob,Lee,b@x.org,,long stays; n/a",
    )
    ann, bob = Client.objects.order_by("first_name")
    assert ann.territory == north
    assert {str(tag) for tag in ann.tags.all()} == {"VIP", "Long stays"}
    assert {str(tag) for tag in bob.tags.all()} == {"Long stays"}
    assert Tag.objects.count() == 2


def test_names_that_are_too_long_make_no_record(tmp_path: Path) -> None:
    run = import_text(
        tmp_path, PETS, f"{'A' * 501},Lee,a@x.org,Rex,Dog", f"Bob,Lee,b@x.org,{'R' * 501},Dog"
    )
    assert [client.first_name for client in Client.objects.all()] == ["Bob"]
    assert not Pet.objects.exists()
    assert kinds(run) == [
        Kind.TOO_LONG,
        Kind.TOO_LONG,
        Kind.PET_NAME_MISSING,
        Kind.TOO_LONG_FOR_A_NAME,
    ]


def test_ragged_rows_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    run = import_text(tmp_path, PETS, "Ann,Lee", "Bob,Lee,b@x.org,Rex,Dog,extra,cells")
    assert Client.objects.count() == 2
    assert Pet.objects.get().name == "Rex"
    assert remarks(run) == [(Kind.EXTRA_CELLS, 3, "", "")]


def test_a_zip_of_another_country_is_not_damaged(tmp_path: Path) -> None:
    SiteOptions.objects.create(pk=1, phone_region="AT")
    client, issues = import_client(tmp_path, "Zip", "1010")
    assert client.zip_code == "1010"
    assert issues == []
