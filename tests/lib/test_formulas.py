"""Cells that a spreadsheet program would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.formulas import as_written, inert

RISKY = ["=1+1", "+1 614 555", "-2+3", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "-"]


@pytest.mark.parametrize("text", RISKY)
def test_what_could_run_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert as_written(inert(text)) == text


@pytest.mark.parametrize("text", ["", "Cleo", "-5", "-12.50", "1+1", "a=b", "'tis", "O'Neil", "'"])
def test_everything_else_stays(text: str) -> None:
    assert inert(text) == text
    assert as_written(text) == text


@given(st.text(alphabet="'=+-@ \t\n1a＝"))
def test_every_text_comes_back(text: str) -> None:
    assert as_written(inert(text)) == text
