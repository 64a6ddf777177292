"""What several rows of a file say of one record, put together."""

import pytest

from pawfile.imports.drafts import Texts, add_text, estimated, pet_name
from pawfile.lib.dates import PartialDate


def test_each_different_text_of_a_heading_is_kept_once() -> None:
    extras: Texts = {}
    for text in ("Shy", "Barks", "Shy", "Shy\nBarks"):
        add_text(extras, "Mood", text)
    add_text(extras, "Toy", "Ball")
    assert extras == {"Mood": "Shy\nBarks", "Toy": "Ball"}


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (PartialDate(2019, 1, 1), PartialDate(2019)),
        (PartialDate(2019, 4, 12), PartialDate(2019, 4)),
        (PartialDate(2019, 1, 2), PartialDate(2019, 1)),
        (PartialDate(2019), PartialDate(2019)),
    ],
)
def test_of_an_estimated_day_no_day_is_believed(said: PartialDate, known: PartialDate) -> None:
    assert estimated(said) == known


def test_pets_are_compared_by_name_and_animal_however_typed() -> None:
    one, other = {"name": "Zoë ", "animal": "DOG"}, {"name": "zoe", "animal": "Dog"}
    assert pet_name(one) == pet_name(other)
    assert pet_name(one) != pet_name({"name": "Zoë", "animal": "Cat"})
