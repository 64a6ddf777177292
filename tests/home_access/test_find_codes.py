"""`pawfile find-codes`, and codes in the texts of an imported file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pawfile.access.actions.finds import move_into_vault
from pawfile.access.models import Find, FindState
from pawfile.accounts.models import User
from pawfile.cli import main
from pawfile.imports.run import ImportRun
from pawfile.profiles.models import Client, Pet
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
    assert ": Note to the sitter (1)" in said
    assert "Ann Archer: Note of a sitter (1)" in said
    assert "4 in texts" in said
    for code in ("7730", "4906", "0852", "3141"):
        assert code not in said
    assert Find.objects.filter(state=FindState.OPEN).count() == 4


def test_run_again_it_finds_the_same_and_asks_about_nothing_dismissed() -> None:
    make_client(entry_instructions="Alarm 7730#")
    Find.objects.update(state=FindState.DISMISSED)
    assert "0 in texts" in found()
    assert [find.state for find in Find.objects.all()] == [FindState.DISMISSED]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def codes_of(run: ImportRun) -> list[tuple[int | None, str, str]]:
    return [
        (issue.row, issue.column, issue.value)
        for issue in run.issues
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


def moved_from(file: Path, by: User) -> tuple[str, str]:
    """Imported, and both codes moved into the vault; what is left of both texts."""
    ImportRun(file).run()
    field = Client.subject.fields["garage_code"]
    for find in Find.objects.select_related("client", "pet"):
        move_into_vault(find=find, into=field, is_for_pet=False, by=by)
    return texts_now()


def texts_now() -> tuple[str, str]:
    home = Client.objects.get(first_name="Bob")
    return Pet.objects.get(name="Rex").feeding, home.entry_instructions


def counted(run: ImportRun) -> dict[str, int]:
    run.run()
    pets = {f"pet {key}": n for key, n in run.tally.pets.items() if n}
    return {**run.tally.clients, **pets}


@pytest.mark.parametrize("is_dry", [True, False])
def test_what_was_moved_does_not_come_back_with_the_same_file(
    file: Path, mona: User, is_dry: bool
) -> None:
    left = moved_from(file, mona)
    assert left == (
        "Garage code [Garage code: in the vault], then 2 cups",
        "Alarm [Garage code: in the vault]",
    )
    again = ImportRun(file, is_dry=is_dry)
    assert counted(again) == {"unchanged": 2, "pet unchanged": 2}
    assert codes_of(again) == []
    assert texts_now() == left
    assert {find.state for find in Find.objects.all()} == {FindState.MOVED}


def test_another_text_in_the_file_is_written_without_the_code(file: Path, mona: User) -> None:
    moved_from(file, mona)
    file.write_text(FILE.replace("2 cups", "3 cups"), encoding="utf-8")
    again = ImportRun(file)
    assert counted(again) == {"unchanged": 2, "pet updated": 1, "pet unchanged": 1}
    assert texts_now()[0] == "Garage code [Garage code: in the vault], then 3 cups"


def test_another_code_in_the_file_is_told_as_ever(file: Path, mona: User) -> None:
    moved_from(file, mona)
    file.write_text(FILE.replace("4906", "5170"), encoding="utf-8")
    again = ImportRun(file)
    again.run()
    assert codes_of(again) == [(2, "Feeding", "")]
