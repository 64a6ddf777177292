"""Headings find their fields, or what a person says does."""

from collections.abc import Sequence

import pytest

from pawfile.fields.models import FieldRule
from pawfile.imports.layout import SURE, Layout, MappingError
from pawfile.imports.mapping import check_names, lay_out
from pawfile.imports.surroundings import surroundings
from pawfile.imports.targets import targets

pytestmark = pytest.mark.django_db
NAMES = ["First Name", "Last Name"]


def laid_out(
    *headings: str, mapped: Sequence[str] = (), fixed: Sequence[str] = ("pet.animal=Dog",)
) -> Layout:
    columns = targets(surroundings())
    return lay_out([*NAMES, *headings], columns, mapped=mapped, fixed=fixed)


def target_of(heading: str, *others: str, mapped: Sequence[str] = ()) -> list[str]:
    layout = laid_out("Pet Name", heading, *others, mapped=mapped)
    return next(each.targets for each in layout.proposals if each.heading == heading)


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Cell phone", "client.cell_phone"),
        ("CELL PHONE", "client.cell_phone"),
        ("cell_phone", "client.cell_phone"),
        ("client.cell_phone", "client.cell_phone"),
        ("CellPhone", "client.cell_phone"),
        ("Mobile", "client.cell_phone"),
        ("E-mail", "client.email"),
        ("Owner's Email", "client.email"),
        ("ZIP Code", "client.zip_code"),
        ("Postcode", "client.zip_code"),
        ("Vet", "client.vet"),
        ("Pet's vet", "pet.pet_vet"),
        ("Born", "pet.born"),
        ("Pet Born", "pet.born"),
        ("Gender", "pet.sex"),
        ("Pet Color", "pet.color_markings"),
        ("AnimalGender", "pet.sex"),
        ("Notes", "client.sitter_notes"),
        ("Pet Notes", "pet.office_notes"),
        ("Office notes", "client.office_notes"),
        ("Wifi Password", "client.wifi_password"),
        ("Alarm password", "client.alarm_password"),
        ("Client ID", "client.source_id"),
        ("PetID", "pet.source_id"),
    ],
)
def test_a_heading_finds_its_field(heading: str, target: str) -> None:
    assert target_of(heading) == [target]


def test_possessive_headings_of_pets_find_the_pets_field() -> None:
    assert laid_out("Animal's Name").heading_of("pet.name") == "Animal's Name"


def test_a_bare_name_is_the_pets() -> None:
    assert laid_out("Name").heading_of("pet.name") == "Name"


def filled_alone(*headings: str, mapped: Sequence[str] = ()) -> dict[str, list[str]]:
    """Heading → what it fills, of a table with nothing else."""
    layout = lay_out(headings, targets(surroundings()), mapped=mapped)
    return {each.heading: each.targets for each in layout.proposals if each.is_used}


def test_in_a_list_of_people_a_bare_name_is_theirs() -> None:
    filled = filled_alone("NAME", "Email", "Phone")
    assert filled["NAME"] == ["client.full_name"]
    assert filled_alone("Name", "Email", "Breed")["Name"] == ["pet.name"]
    assert filled_alone("Name", "Owner ID", "Email")["Name"] == ["pet.name"]


def test_in_a_list_of_animals_without_owners_a_bare_status_is_no_clients() -> None:
    assert set(filled_alone("Name", "Breed", "Status")) == {"Name", "Breed"}
    for owner in ("Email", "Last Name", "Owner ID"):
        filled = filled_alone("Name", "Breed", "Status", owner)
        assert filled["Status"] == ["client.status"]
    assert filled_alone("Name", "Breed", "Client Status")["Client Status"] == ["client.status"]


def test_what_may_be_a_clients_is_proposed_and_waits_for_a_person() -> None:
    layout = lay_out(["Name", "Breed", "Status"], targets(surroundings()))
    (status,) = (each for each in layout.proposals if each.heading == "Status")
    assert (status.targets, status.is_used) == (["client.status"], False)
    assert 0 < status.confidence < SURE


@pytest.mark.parametrize("headings", [("Name", "Pet Name"), ("Pet Name", "Name")])
def test_of_two_headings_for_a_field_the_one_that_says_whose_it_is_has_it(
    headings: tuple[str, str],
) -> None:
    layout = laid_out(*headings)
    assert layout.heading_of("pet.name") == "Pet Name"
    assert layout.left_out == ["Name (pet.name is filled by “Pet Name”)"]


def test_a_renamed_field_goes_by_its_new_label_and_by_its_old_one() -> None:
    FieldRule.objects.create(subject="client", key="gate_code", label="Barrier digits")
    assert target_of("Barrier digits") == ["client.gate_code"]
    assert target_of("Gate code") == ["client.gate_code"]


def test_what_the_person_says_wins() -> None:
    layout = laid_out("Email", "Mail", mapped=["Mail=client.email"])
    assert layout.heading_of("client.email") == "Mail"
    assert layout.left_out == ["Email (client.email is filled by “Mail”)"]


def test_one_heading_can_fill_two_fields() -> None:
    mapped = ["Vet=client.vet", "vet = pet.pet_vet"]
    assert target_of("Vet", mapped=mapped) == ["client.vet", "pet.pet_vet"]


def test_a_mapping_without_a_field_leaves_the_column_out() -> None:
    layout = laid_out("Email", mapped=["Email="])
    assert "client.email" not in layout.sources
    assert layout.left_out == ["Email"]


def test_a_heading_with_an_equals_sign_can_be_mapped() -> None:
    assert target_of("a=b", mapped=["a=b=client.city"]) == ["client.city"]


@pytest.mark.parametrize(
    ("mapped", "message"),
    [
        ("Emial=client.email", "The file has no column “Emial”. Near to it: “Email”."),
        ("Email=client.emial", "There is no field “client.emial”. Near to it: “client.email”"),
        ("Email", "“Email” is no mapping. Write 'Heading=client.last_name'."),
        ("Last Name=client.first_name=", "The file has no column “Last Name=client.first_name”"),
    ],
)
def test_a_mapping_that_cannot_be_names_what_is_near(mapped: str, message: str) -> None:
    with pytest.raises(MappingError) as error:
        laid_out("Email", mapped=[mapped])
    assert message in str(error.value)


def test_two_headings_mapped_to_one_field_are_refused() -> None:
    with pytest.raises(MappingError, match=r"“A” and “B” would both fill client\.city"):
        laid_out("A", "B", mapped=["A=client.city", "B=client.city"])


@pytest.mark.parametrize(
    "heading", ["Password", "password", "Login Password", "Pwd", "Passwort", "UserPassword"]
)
def test_columns_of_passwords_are_refused_by_name(heading: str) -> None:
    assert laid_out(heading).refused == [heading]
    with pytest.raises(MappingError, match="column of passwords"):
        laid_out(heading, mapped=[f"{heading}=client.office_notes"])


def test_a_password_of_the_house_may_go_to_the_vault() -> None:
    assert target_of("Pwd", mapped=["Pwd=client.wifi_password"]) == ["client.wifi_password"]


def test_unknown_headings_are_listed() -> None:
    assert laid_out("Hobby", "Email", "Client Since").left_out == ["Hobby", "Client Since"]


def test_the_columns_of_pets_without_names_are_left_out() -> None:
    layout = laid_out("Breed", "Vet Address")
    assert layout.of("pet") == []
    assert layout.left_out == ["Breed", "Vet Address"]


def test_a_vets_phone_and_address_go_with_the_vet() -> None:
    layout = laid_out("Vet", "Vet Phone", "Veterinarian Address")
    assert list(layout.sources)[-3:] == ["client.vet", "client.vet_phone", "client.vet_address"]


def test_without_a_column_for_the_clients_names_the_file_is_refused() -> None:
    columns = targets(surroundings())
    with pytest.raises(MappingError, match=r"No column has client\.last_name"):
        check_names(lay_out(["First Name"], columns))
    layout = lay_out(["License"], columns, mapped=["License=client.source_id"])
    assert layout.names_clients_by_id


def test_an_id_that_was_only_guessed_is_no_name() -> None:
    with pytest.raises(MappingError, match=r"No column has client\.first_name"):
        check_names(lay_out(["ClientID", "Prename [Main Contact]"], targets(surroundings())))


def test_without_a_column_for_the_animal_the_file_is_refused() -> None:
    with pytest.raises(MappingError, match=r"--set 'pet.animal=Dog'"):
        check_names(laid_out("Pet Name", fixed=[]))


@pytest.mark.parametrize("fixed", ["pet.animal", "pet.animal=", "pet.anmal=Dog", "pet.sex=Purple"])
def test_what_is_set_for_all_rows_must_be_possible(fixed: str) -> None:
    with pytest.raises(MappingError):
        laid_out("Pet Name", "Animal", fixed=[fixed])


def test_every_label_and_key_leads_to_its_own_field() -> None:
    columns = targets(surroundings())
    needed = ["client.first_name", "client.last_name", "pet.name", "pet.animal"]
    fixed = [f"{target}=x" for target in needed]
    strayed = []
    for target, column in columns.items():
        if column.field is None or target in needed:
            continue
        for name in (column.field.key, str(column.field.label)):
            layout = lay_out([f"{column.subject} {name}"], columns, fixed=fixed)
            if target not in layout.sources:
                strayed.append((target, name))
    assert strayed == []


def test_a_column_of_passwords_is_no_extra_though_a_person_says_so() -> None:
    layout = laid_out("Password", "Alarm password", mapped=["Password=", "Alarm password="])
    assert layout.refused == ["Password"]
    assert layout.left_out == ["Alarm password"]
    assert layout.extras == [3]
