"""Answers to the questions of an import are found again, whatever files and headings are called."""

from hypothesis import given
from hypothesis import strategies as st

from pawfile.imports.choices import (
    DAY,
    KEEP,
    MONTH,
    day_choice,
    day_orders,
    keeps_markup,
    markup_choice,
    owner_answers,
    owner_choice,
)

names = st.text(alphabet="ab|, .²")


@given(names, st.integers(min_value=1), names)
def test_to_whom_a_row_belongs(title: str, row: int, answer: str) -> None:
    assert owner_answers({owner_choice(title, row): answer}) == {(title, row): answer}


@given(names, names, st.booleans())
def test_which_comes_first_in_the_days_of_a_column(
    title: str, heading: str, is_day_first: bool
) -> None:
    choices = {day_choice(title, heading): DAY if is_day_first else MONTH}
    assert day_orders(choices, title)[heading] is is_day_first


def test_answers_about_one_table_say_nothing_of_another() -> None:
    choices = {
        day_choice("a.csv", "Born"): DAY,
        markup_choice("a.csv"): KEEP,
        owner_choice("a.csv", 7): "20",
    }
    assert (day_orders(choices, "a.csv"), day_orders(choices, "b.csv")) == ({"Born": True}, {})
    assert (keeps_markup(choices, "a.csv"), keeps_markup(choices, "b.csv")) == (True, False)
    assert owner_answers(choices) == {("a.csv", 7): "20"}


def test_what_is_no_row_is_no_answer() -> None:
    assert owner_answers({"owner|²|a.csv": "20", "owner||a.csv": "20", "owner": "20"}) == {}
