"""Cells are mended before they are read, and what was mended is said."""

from collections.abc import Sequence

from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind
from pawfile.imports.layout import Layout, Proposal
from pawfile.imports.tidy import Tidy


def tidied(*cells: str, has_html: bool = True) -> tuple[Sequence[str], list[tuple[Kind, str]]]:
    layout = Layout(["Notes", "Password"], title="a.csv", has_html=has_html)
    layout.proposals = [Proposal("Notes", 0), Proposal("Password", 1, is_refused=True)]
    issues = Issues()
    row = Tidy(layout, issues).row(2, cells)
    return row, [(issue.kind, issue.column) for issue in issues]


def test_a_password_is_never_read() -> None:
    assert tidied("x", "hunter2") == (["x", ""], [])


def test_html_becomes_text_where_a_program_wrote_it() -> None:
    assert tidied("One<br>two") == (["One\ntwo"], [(Kind.HTML, "Notes")])
    assert tidied("One<br>two", has_html=False) == (["One<br>two"], [])


def test_accents_encoded_twice_are_mended_and_said() -> None:
    assert tidied("GarcÃ\xada") == (["García"], [(Kind.DOUBLED, "Notes")])
    assert tidied("García") == (["García"], [])


def test_the_apostrophe_that_made_a_formula_inert_is_no_text() -> None:
    assert tidied("'=1+1", has_html=False)[0] == ["=1+1"]
    assert tidied("'tis", has_html=False)[0] == ["'tis"]


def test_html_is_said_once_a_column_and_cells_without_a_heading_are_mended_too() -> None:
    layout, issues = Layout(["Notes"], has_html=True), Issues()
    tidy = Tidy(layout, issues)
    assert [tidy.row(number, ["a<br>b", "c<br>d"]) for number in (2, 3)] == [["a\nb", "c\nd"]] * 2
    assert [(issue.row, issue.column) for issue in issues] == [(2, "Notes"), (2, "")]
