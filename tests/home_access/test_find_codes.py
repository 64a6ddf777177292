"""`pawfile find-codes`, and codes in the texts of an imported file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pawfile.access.models import Find, FindState
from pawfile.cli import main
from pawfile.imports.run import ImportRun
from pawfile.schedule.models import SitterNote
from tests.factories import make_client, make_pet, make_visit

pytestmark = pytest.mark.django_db

FILE = (
    "First name,Last name,Pet,Animal,Entry instructions,Feeding\n"
    'Ann,Archer,Rex,Dog,"Ring twice","Garage code 4906, then 2 cups"\n'
    'Bob,Baker,Tom,Cat,"Alarm 7730#","1 can"\n'
)


def found() -> str:
    answer = CliRunner().invoke(main, ["find-codes"])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_everything_stored_is_read_and_no_code_is_said() -> None:
    home = make_client(first_name="Ann", last_name="Archer", entry_instructions="Alarm 7730#")
    make_pet(home, name="Rex", feeding="Garage code 4906")
    make_visit(home, note="Lockbox: 0852")
    SitterNote.objects.create(client=home, text="the gate code is 3141")
    Find.objects.all().delete()
    said = found()
    assert "Ann Archer: How to get in (1)" in said
    assert "Rex: Feeding (1)" in said
    assert "visit of" in said
    assert "Ann Archer: note of a sitter" in said
    assert "2 in profiles" in said
    assert "2 in notes" in said
    for code in ("7730", "4906", "0852", "3141"):
        assert code not in said
    assert Find.objects.filter(state=FindState.OPEN).count() == 2


def test_run_again_it_finds_the_same_and_asks_about_nothing_dismissed() -> None:
    make_client(entry_instructions="Alarm 7730#")
    Find.objects.update(state=FindState.DISMISSED)
    assert "0 in profiles" in found()
    assert [find.state for find in Find.objects.all()] == [FindState.DISMISSED]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def codes_of(run: ImportRun) -> list[tuple[int | None, str, str]]:
    return [
        (issue.row, issue.column, issue.value)
        for issue in run.issues.all()
        if issue.kind == "looks like a code"
    ]


@pytest.mark.parametrize("is_dry", [True, False])
def test_an_import_names_row_and_column_never_the_text(file: Path, is_dry: bool) -> None:
    run = ImportRun(file, is_dry=is_dry)
    run.run()
    assert codes_of(run) == [(2, "Feeding", ""), (3, "Entry instructions", "")]
    assert Find.objects.count() == (0 if is_dry else 2)


def test_what_an_import_brings_waits_for_the_office(file: Path) -> None:
    ImportRun(file).run()
    assert {(find.client.name, find.key) for find in Find.objects.all()} == {
        ("Ann Archer", "feeding"),
        ("Bob Baker", "entry_instructions"),
    }


def test_imported_again_nothing_is_said_twice(file: Path) -> None:
    ImportRun(file).run()
    again = ImportRun(file)
    again.run()
    assert codes_of(again) == []
    assert Find.objects.count() == 2
