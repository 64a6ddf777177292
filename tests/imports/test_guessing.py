"""How sure a guess at a heading is: exact, nearly the words, or nothing."""

import pytest

from pawfile.imports.guessing import by_the_others, confidence_of, guessed, sorted_by_fit
from pawfile.imports.layout import SURE
from pawfile.imports.surroundings import surroundings
from pawfile.imports.targets import targets

pytestmark = pytest.mark.django_db


def guess_of(heading: str) -> tuple[int, str] | None:
    """(confidence, target)"""
    found = guessed([heading], targets(surroundings()), skipping=set())[heading]
    return (confidence_of(found[0]), found[1]) if found else None


def test_the_surer_the_nearer_to_the_fields_own_name() -> None:
    exact, owned, label, alias, alike = (
        guess_of(heading)
        for heading in ("client.city", "Client City", "City", "Zip", "Emergancy contact phone")
    )
    assert (exact, owned) == ((100, "client.city"), (97, "client.city"))
    assert (label, alias) == ((98, "client.city"), (95, "client.zip_code"))
    assert alike is not None
    assert SURE <= alike[0] < 95


@pytest.mark.parametrize("heading", ["Zp", "Citty", "Loyalty points", "", "#", "Last Activity"])
def test_what_is_short_or_far_from_every_name_is_nothing(heading: str) -> None:
    assert guess_of(heading) is None


def test_what_is_taken_apart_comes_after_columns_of_their_own() -> None:
    guesses = guessed(["Address", "Street", "Hobby"], targets(surroundings()), skipping=set())
    order = [heading for heading, _guess in sorted_by_fit(guesses)]
    assert order.index("Street") < order.index("Address")


def test_what_a_person_filled_counts_for_what_the_table_is_about() -> None:
    guesses = guessed(["Name", "Email"], targets(surroundings()), skipping=set())
    people = by_the_others(guesses, filled=[])["Name"]
    pets = by_the_others(guesses, filled=["pet.animal"])["Name"]
    assert [found[1] for found in (people, pets) if found] == ["client.full_name", "pet.name"]
