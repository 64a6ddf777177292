"""The rule for likeness, and the search through the whole book."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pawfile.doubles.finding import MOST_SHARING, search_book
from pawfile.doubles.models import BookSearch, Pair
from pawfile.invites.models import Answer, LikelyDouble
from pawfile.profiles.likeness import WORTH_ASKING, Reason, alike, alike_in_book
from pawfile.profiles.models import Client
from tests.factories import make_client, make_pet

HOME = {"first_name": "Ann", "last_name": "Lee", "street": "1 Elm Street", "zip_code": "43085"}


def pairs() -> list[tuple[int, int, list[str]]]:
    search_book.call()
    return list(Pair.objects.open().values_list("one_id", "other_id", "reasons"))


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({"first_name": "Al", "last_name": "Fox", "email": "a@example.com"}, ["email"]),
        ({"first_name": "Al", "last_name": "Fox", "work_phone": "614 555 0123"}, ["phone"]),
        ({"first_name": "Bo", "last_name": "LEE", "street": "1 elm street."}, ["street"]),
        ({"first_name": "ann", "last_name": "Lee", "zip_code": "43085-1111"}, ["name", "zip"]),
        ({"first_name": "Al", "last_name": "Fox", "partner_first_name": "Ann",
          "partner_last_name": "Lee", "zip_code": "43085"}, ["partner"]),
        ({"first_name": "Bo", "last_name": "Lee", "zip_code": "43085"}, []),
        ({"first_name": "Ann", "last_name": "Lee", "zip_code": "10001"}, []),
        ({"first_name": "Al", "last_name": "Fox", "street": "1 Elm Street"}, []),
    ],
)  # fmt: skip
def test_the_book_is_searched_for_what_two_have_in_common(
    db: None, other: dict[str, Any], reasons: list[str]
) -> None:
    one = make_client(**HOME, email="A@example.com", cell_phone="(614) 555-0123")
    two = make_client(**other)
    assert pairs() == ([(one.pk, two.pk, reasons)] if reasons else [])


@pytest.mark.parametrize(
    ("pet", "zip_code", "is_found"),
    [
        ({"name": "REX", "breed": "pug"}, "43085", True),
        ({"name": "Rex", "breed": "Pug"}, "10001", False),
        ({"name": "Rex", "breed": "Beagle"}, "43085", False),
        ({"name": "Rex", "breed": "Pug", "active": False}, "43085", False),
    ],
)
def test_a_pet_of_the_same_name_and_breed_next_door(
    db: None, pet: dict[str, Any], zip_code: str, is_found: bool
) -> None:
    one, two = make_client(zip_code="43085"), make_client(zip_code=zip_code)
    make_pet(one, name="Rex", breed="Pug")
    make_pet(two, **pet)
    assert pairs() == ([(one.pk, two.pk, ["pet"])] if is_found else [])
    assert [each.known for each in alike(two, reasons=WORTH_ASKING)] == [one] * is_found


def test_what_everybody_shares_says_nothing(db: None) -> None:
    for _ in range(MOST_SHARING + 1):
        make_client(work_phone="(614) 555-0100")
    assert pairs() == []


def test_pairs_no_longer_alike_are_forgotten_and_answers_kept(db: None) -> None:
    one, two, three = (make_client(email="a@example.com") for _ in range(3))
    LikelyDouble.objects.create(client=three, known=one, reasons=["email"], answer=Answer.APART)
    assert [pair[:2] for pair in pairs()] == [(one.pk, two.pk), (two.pk, three.pk)]
    Client._base_manager.filter(pk=three.pk).update(email="")
    assert [pair[:2] for pair in pairs()] == [(one.pk, two.pk)]
    assert BookSearch.objects.filter(done_at=None).count() == 0


def test_a_new_client_is_compared_in_few_queries(db: None) -> None:
    known = [make_client(**HOME) for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        found = alike(Client(**HOME), reasons=WORTH_ASKING)
    assert [(each.known, list(each.reasons)) for each in found] == [
        (each, [Reason.NAME, Reason.STREET, Reason.ZIP]) for each in known
    ]
    assert len(queries) <= 4


def test_a_file_of_new_clients_is_compared_at_once(db: None) -> None:
    ann = make_client(**HOME, email="a@example.com")
    bob = make_client(first_name="Bob", last_name="Fox")
    new = [
        Client(first_name="X", last_name="Y", email="A@EXAMPLE.com"),
        Client(first_name="bob", last_name="fox"),
        Client(first_name="Zoe", last_name="Lee", zip_code="43085"),
    ]
    with CaptureQueriesContext(connection) as queries:
        found = alike_in_book(new)
    assert [[each.known for each in own] for own in found] == [[ann], [bob], []]
    assert [each.reasons for own in found for each in own] == [(Reason.EMAIL,), (Reason.NAME,)]
    assert len(queries) <= 4
