"""To whom a row belongs that only names its client: one is certain, several are a question."""

import pytest

from pawfile.imports.models import SourceClient
from pawfile.imports.owners import Owners, Reference, pet_names
from pawfile.imports.spool import Spool, place_of
from tests.factories import make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def spool() -> Spool:
    """Two Ann Lees, told apart by street and pets, and Bob Ray with an id."""
    spool = Spool()
    people = [
        ("ann", "lee", "", "1 elm", "43085", "rex, tom"),
        ("ann", "lee", "", "2 oak", "43085", "zoe"),
        ("bob", "ray", "7", "3 fir", "", ""),
    ]
    for number, (first, last, source_id, street, zip_code, pets) in enumerate(people, 2):
        spool.add_household(
            {
                "place": place_of(0, number), "first": first, "last": last, "street": street,
                "source_id": source_id, "zip_code": zip_code, "pets": pets,
            }
        )  # fmt: skip
    return spool


def meant(spool: Spool, reference: Reference) -> list[int]:
    return [each["id"] for each in Owners(spool).of(reference)]


@pytest.mark.parametrize(
    ("reference", "ids"),
    [
        (Reference("7"), [3]),
        (Reference("Ray, Bob"), [3]),
        (Reference("Bob Ray"), [3]),
        (Reference("Lee, Ann"), [1, 2]),
        (Reference("Lee, Ann", pet="Zoe"), [2]),
        (Reference("Ann Lee (Rex, Tom)"), [1]),
        (Reference("Ann Lee", street="2 oak"), [2]),
        (Reference("Ann Lee", street="2 oak", zip_code="99999"), [1, 2]),
        (Reference("Ann Lee", pet="Nobody"), [1, 2]),
        (Reference(""), []),
        (Reference("Ann"), []),
        (Reference("Lee, Zoe"), []),
    ],
)
def test_who_is_meant(spool: Spool, reference: Reference, ids: list[int]) -> None:
    assert meant(spool, reference) == ids


def test_clients_of_the_book_are_found_once_by_id_and_name(spool: Spool) -> None:
    client = make_client(first_name="Cleo", last_name="Fox")
    SourceClient.objects.create(source_id="55", client=client)
    by_id, by_name = meant(spool, Reference("55")), meant(spool, Reference("Fox, Cleo"))
    assert by_id == by_name == [4]
    found = spool.get(4)
    assert found is not None
    assert found["client_pk"] == client.pk


@pytest.mark.parametrize(("number", "pk"), [("2", 1), ("4", 3)])
def test_a_person_names_a_client_by_its_row(spool: Spool, number: str, pk: int) -> None:
    found = Owners(spool).of_row(number)
    assert found is not None
    assert found["id"] == pk


@pytest.mark.parametrize("number", ["9", "", "x", "²", "-2", "9" * 30])
def test_a_number_that_is_no_row_names_nobody(spool: Spool, number: str) -> None:
    assert Owners(spool).of_row(number) is None


def test_names_of_pets_in_a_list() -> None:
    assert pet_names("rex,  tom , ,") == {"rex", "tom"}
