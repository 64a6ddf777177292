"""Remarks of a run: kept for its report, or handed on with the rows; in memory or on disk."""

from pathlib import Path

import pytest

from pawfile.imports import issue_list, run
from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind
from pawfile.imports.run import ImportRun


@pytest.mark.parametrize("held", [0, 2, 100])
def test_what_was_taken_is_not_kept_and_what_is_said_once_is_not_said_again(
    held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue_list, "HELD", held)
    issues = Issues()
    issues.add(Kind.EMAIL, "No address.", row=2, table="a.csv", options=(("1", "row 1"),), client=7)
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=2, table="a.csv", value="Yak")
    issues.add(Kind.HTML, "Of the table.", table="a.csv")
    issues.add(Kind.EMAIL, "Of another row.", row=3, table="a.csv")
    both = issues.take([("a.csv", 2), ("b.csv", 2)])["a.csv", 2]
    assert [(each.kind, each.row, each.options, each.client) for each in both] == [
        (Kind.EMAIL, 2, (("1", "row 1"),), 7),
        (Kind.NEW_ANIMAL, 2, (), None),
    ]
    assert issues.take([("a.csv", 2)]) == {}
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=3, value="Yak")
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=3, value="Emu")
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=4, value="Emu")
    assert [(each.row, each.message) for each in issues] == [
        (None, "Of the table."),
        (3, "Of another row."),
        (3, "New. (2 times)"),
    ]
    assert issues.take([("a.csv", None)])["a.csv", None][0].message == "Of the table."


@pytest.mark.django_db
@pytest.mark.parametrize("held", [0, 100])
def test_a_remark_made_while_the_file_is_read_stays_with_its_row(
    held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 2)
    monkeypatch.setattr(issue_list, "HELD", held)
    path = tmp_path / "clients.csv"
    rows = [f"Ann,Lee{number},The cafÃ© is next door" for number in range(7)]
    path.write_text("\n".join(["First Name,Last Name,Notes", *rows]))
    planned = [
        (row.number, [each.kind for each in row.issues]) for row in ImportRun(path).plan_rows()
    ]
    assert planned == [(number, [Kind.DOUBLED]) for number in range(2, 9)]
