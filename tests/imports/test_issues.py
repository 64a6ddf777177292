"""Remarks of a run: kept for its report, or handed on with the rows."""

from pawfile.imports.issues import Issues, Kind


def test_what_was_taken_is_not_kept_and_what_is_said_once_is_not_said_again() -> None:
    issues = Issues()
    issues.add(Kind.EMAIL, "No address.", row=2)
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=2, value="Yak")
    assert [issue.row for issue in issues.take()] == [2, 2]
    assert issues.take() == []
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=3, value="Yak")
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=3, value="Emu")
    issues.add_once(Kind.NEW_ANIMAL, "New.", row=4, value="Emu")
    (emu,) = issues.all()
    assert (emu.row, emu.message) == (3, "New. (2 times)")
