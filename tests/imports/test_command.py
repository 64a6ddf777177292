"""``pawfile import``: its words, its last line, its exit codes, and files that are none."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core.management import call_command

from pawfile.cli import main
from pawfile.imports.models import ImportJob
from pawfile.profiles.models import Client, Pet
from tests.imports.files import PETS, all_rows, write

pytestmark = pytest.mark.django_db
ROW = "Ann,Lee,ann@example.com,Rex,Dog"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["import", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_last_line_counts_clients_and_pets(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS}\n{ROW}\nBob,,,Tom,Cat\n")
    first, second = run(path), run(path)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output.splitlines()[-1] == (
        "clients: created 1, updated 0, unchanged 0, problems 1; "
        "pets: created 1, updated 0, unchanged 0, problems 1"
    )
    assert second.output.splitlines()[-1] == (
        "clients: created 0, updated 0, unchanged 1, problems 1; "
        "pets: created 0, updated 0, unchanged 1, problems 1"
    )
    assert second.output.splitlines()[-2] == (
        "rows: 2, of which pets 1, clients without pets 0, repeated 0, blank or headings 0, "
        "problems 1"
    )


def test_a_dry_run_says_so_and_writes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS}\n{ROW}\n")
    before = all_rows()
    dry = run(path, "--dry-run").output.splitlines()
    assert all_rows() == before
    dry.remove("A dry run: nothing was written.")
    real = run(path).output.splitlines()
    real.remove(f"`pawfile undo-import {ImportJob.objects.get().pk}` takes this import back.")
    assert real == dry


def test_the_output_names_columns_problems_and_what_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS},Hobby,Password,Door Code\n{ROW},Chess,hush-hush,4711#\n")
    output = run(path).output
    assert "  First Name → client.first_name\n" in output
    assert "Refused, passwords are never read: Password\n" in output
    assert "Kept as imported extras: Hobby\n" in output
    assert "hush-hush" not in output
    assert "4711" not in output
    assert not any("hush-hush" in str(rows) for rows in all_rows().values())


def test_mappings_and_fixed_texts_are_taken(tmp_path: Path) -> None:
    path = write(tmp_path, "Vorname,Nachname,Tier\nAnn,Lee,Rex\n")
    result = run(
        path,
        *("--map", "Vorname=client.first_name", "--map", "Nachname=client.last_name"),
        *("--map", "Tier=pet.name", "--set", "pet.animal=Dog"),
    )
    assert result.exit_code == 0
    assert "  “Dog” → pet.animal\n" in result.output
    assert Pet.objects.get().client.name == "Ann Lee"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--map", "Emial=client.email"], "no column “Emial”. Near to it: “Email”"),
        (["--map", "Email=client.emial"], "no field “client.emial”. Near to it: “client.email”"),
        (["--map", "Email"], "“Email” is no mapping"),
        (["--map", "First Name="], "No column has client.first_name"),
        (["--map", "Animal="], "No column says what animal the pets are"),
        (["--set", "pet.sex=Purple"], "Write one of: Female, Male"),
    ],
)
def test_a_mapping_that_cannot_be_used_exits_with_2_and_writes_nothing(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = run(write(tmp_path, f"{PETS}\n{ROW}\n"), *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"First Name,Last Name\n",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00xl/workbook.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"%PDF-1.7 ...\n1 0 obj\n",
        b"First Name,Last Name\nAnn,L\x00ee\n",
        b'First Name,Last Name\nAnn,"Lee\nBob,Roe\n',
        b"Colour,Size\nred,9\n",
        bytes(range(256)) * 20,
    ],
    ids=["empty", "blank", "headings", "xlsx", "xls", "pdf", "nul", "quote", "strange", "bytes"],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    result = run(path)
    assert result.exit_code == 2
    assert "people.csv: " in result.output
    assert "Traceback" not in result.output
    assert not Client.objects.exists()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "none.csv", "does not exist"), (tmp_path, "is a directory")):
        result = run(path)
        assert result.exit_code == 2
        assert message in result.output


def test_the_report_file_has_every_remark(tmp_path: Path) -> None:
    rows = "".join(f"C{n},Lee,c{n}@example.com,,Dog\n" for n in range(60))
    path = write(tmp_path, f"{PETS}\n{rows}=1+1,,,,\n")
    table = tmp_path / "report.csv"
    output = run(path, "--report", table).output
    assert "Pets without a name: no pet was made (60)\n" in output
    assert output.count("A pet needs a name") == 50
    assert "  … and 10 more of this kind\n" in output
    with table.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["row", "column", "value", "severity", "kind", "message", "table"]
    assert len(lines) == 62
    assert ["61", "Pet Name", "", "problem", "pet name missing"] in [line[:5] for line in lines]


def test_cells_of_the_report_start_no_formula(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS}\nAnn,Lee,=cmd|' /C calc'!A0,,\n")
    table = tmp_path / "report.csv"
    run(path, "--report", table)
    assert "'=cmd|" in table.read_text(encoding="utf-8-sig")


def test_a_report_over_the_file_itself_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS}\n{ROW}\n")
    assert run(path, "--report", path).exit_code == 2
    assert path.read_text() == f"{PETS}\n{ROW}\n"


def test_a_report_that_cannot_be_written_is_found_out_before_the_import(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS}\n{ROW}\n")
    assert run(path, "--report", tmp_path / "none" / "report.csv").exit_code == 2
    assert not Client.objects.exists()


def test_nothing_in_the_output_steers_the_terminal(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS},\x1b[2JHa\nAnn,Lee,\x1b[31mred\x07,Rex,Dog,x\n")
    output = run(path).output
    assert all(line.isprintable() for line in output.splitlines())
    assert "[31mred" in output


def test_an_interrupted_import_says_what_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*unused: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pawfile.imports.writing.Writer._index", interrupt)
    result = run(write(tmp_path, f"{PETS}\n{ROW}\n"))
    assert result.exit_code == 130
    assert "Stopped. What is counted below is saved" in result.output
    assert result.output.splitlines()[-1].startswith("clients: created 0,")
    assert not Client.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_never_set_up_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS}\n{ROW}\n")
    call_command("migrate", "imports", "zero", verbosity=0)
    try:
        result = run(path, "--map", "Email=client.source_id")
    finally:
        call_command("migrate", "imports", verbosity=0)
    assert result.exit_code == 1
    assert "Start it once with `pawfile serve`" in result.output


def test_cells_that_an_export_made_inert_come_back_unchanged(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PETS},House notes\n{ROW},'=1+1\n'-Bob,'Lee,,Tom,Cat,'tis\n")
    assert run(path).exit_code == 0
    found = Client.objects.order_by("pk").values_list("first_name", "last_name", "house_notes")
    assert list(found) == [("Ann", "Lee", "=1+1"), ("-Bob", "'Lee", "'tis")]
