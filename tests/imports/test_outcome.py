"""A preview tells of each row what becomes of it, field by field, and never a code."""

from decimal import Decimal
from pathlib import Path

import pytest

from pawfile.imports.issues import HIDDEN
from pawfile.imports.outcome import Outcome, RowOutcome, text_of
from pawfile.imports.run import ImportRun
from pawfile.lib.dates import PartialDate
from tests.imports.files import PETS, import_text, write

pytestmark = pytest.mark.django_db


def previewed(folder: Path, *lines: str) -> list[RowOutcome]:
    return sorted(
        ImportRun(write(folder, "\n".join(lines) + "\n"), is_dry=True).plan_rows(),
        key=lambda row: row.number,
    )


def told(row: RowOutcome) -> dict[str, tuple[str, str]]:
    return {each.label: (each.old, each.new) for each in row.differences}


def test_new_rows_of_a_household_tell_the_client_once_and_each_its_pet(tmp_path: Path) -> None:
    first, second = previewed(
        tmp_path, f"{PETS},Door Code,Hobby", "Ann,Lee,a@x.org,Rex,Dog,4711,Golf", "Ann,Lee,,Tom,Cat"
    )
    assert [first.outcome, second.outcome] == [Outcome.CREATE, Outcome.CREATE]
    assert (first.name, second.name) == ("Ann Lee: Rex", "Ann Lee: Tom")
    assert told(first)["Hobby (imported extra)"] == ("", "Golf")
    assert told(first)["Door code"] == ("", str(HIDDEN))
    assert "4711" not in str(first.differences)
    assert "First name" not in told(second)
    assert told(second)["Animal"] == ("", "Cat")


def test_what_is_in_the_book_is_unchanged_or_told_with_its_old_answer(tmp_path: Path) -> None:
    import_text(tmp_path, PETS, "Ann,Lee,a@x.org,Rex,Dog", "Bob,Ray,b@x.org,,")
    ann, bob = previewed(
        tmp_path, f"{PETS},City", "Ann,Lee,a@x.org,Rex,Dog,", "Bob,Ray,b@x.org,,,Troy"
    )
    assert (ann.outcome, ann.differences) == (Outcome.UNCHANGED, [])
    assert (bob.outcome, told(bob)) == (Outcome.UPDATE, {"City": ("", "Troy")})


def test_a_pet_that_cannot_be_is_the_problem_of_its_own_row(tmp_path: Path) -> None:
    good, bad = previewed(tmp_path, PETS, "Ann,Lee,a@x.org,Rex,Dog", "Ann,Lee,a@x.org,,Cat")
    assert (good.outcome, bad.outcome) == (Outcome.CREATE, Outcome.PROBLEM)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "Yes"),
        (False, "No"),
        (PartialDate(2019), "2019"),
        (["Mon", "Tue"], "Mon, Tue"),
        (Decimal("1E+2"), "100"),
        (7, "7"),
    ],
)
def test_values_in_words(value: object, text: str) -> None:
    assert text_of(value) == text
