"""What the rows of a table are, by the columns it has; and the text of a column in a row."""

from datetime import date

import pytest

from pawfile.imports.asked import has_heading
from pawfile.imports.layout import Layout, Source
from pawfile.imports.mapping import lay_out
from pawfile.imports.surroundings import surroundings
from pawfile.imports.targets import targets

pytestmark = pytest.mark.django_db


def laid_out(mapped: list[str]) -> Layout:
    headings = [entry.partition("=")[0] for entry in mapped]
    return lay_out(headings, targets(surroundings()), mapped=mapped)


@pytest.mark.parametrize(
    ("mapped", "kind"),
    [
        (["A=client.last_name", "B=pet.name"], "clients"),
        (["A=pet.owner", "B=pet.name"], "pets"),
        (["A=key.client", "B=key.code"], "keys"),
        (["A=vet.name", "B=vet.phone"], "vets"),
        (["A=client.city"], "clients"),
    ],
)
def test_its_columns_say_what_its_rows_are(mapped: list[str], kind: str) -> None:
    assert laid_out(mapped).kind == kind


def test_an_id_names_clients_only_if_a_person_said_so_and_nothing_else_does() -> None:
    assert laid_out(["A=client.source_id"]).names_clients_by_id
    assert not laid_out(["A=client.source_id", "B=client.first_name"]).names_clients_by_id
    guessed = lay_out(["Client ID"], targets(surroundings()))
    assert guessed.has("client.source_id")
    assert not guessed.names_clients_by_id


def test_the_text_of_a_column() -> None:
    column = next(each for each in targets(surroundings()).values() if each.has_days)
    assert Source(column, "Since", 1).text_of(["a", "03/04/2020"]) == "03/04/2020"
    assert Source(column, "Since", 1).text_of(["a"]) == ""
    assert Source(column, "every row", None, "2020-04-03").text_of([]) == "2020-04-03"
    for is_day_first, day in ((True, date(2020, 4, 3)), (False, date(2020, 3, 4))):
        source = Source(column, "Since", 0, day_first=is_day_first)
        assert source.text_of(["03/04/2020"]) == day.isoformat()


def test_an_entry_is_about_the_heading_before_its_last_equals_sign() -> None:
    headings = ["First Name ", "a=b"]
    for entry in ("First Name=client.city", "first_name=-", "a=b=client.city"):
        assert has_heading(headings, entry)
    for entry in ("Last Name=client.city", "a=client.city"):
        assert not has_heading(headings, entry)
