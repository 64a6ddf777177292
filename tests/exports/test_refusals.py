"""What is no export, or not this one's: refused by name, with nothing written."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pawfile.accounts.models import Role, User
from pawfile.cli import main
from pawfile.exports.sealing import under_passphrase
from pawfile.exports.writing import write_company
from pawfile.profiles.models import Client
from tests.exports.companies import PASSPHRASE, doctored, manifest_of
from tests.factories import make_client, make_user

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = "tables/profiles.Client.jsonl"


@pytest.fixture
def path(tmp_path: Path, transactional_db: None) -> Path:
    """An export of a small company, and the database empty again."""
    make_user(Role.ADMINISTRATOR, "Ada")
    make_client(first_name="Cleo", door_code="4711#")
    file = BytesIO()
    write_company(file, seal=under_passphrase(PASSPHRASE))
    Client.objects.all().delete()
    User.objects.get_queryset().delete()
    found = tmp_path / "company.zip"
    found.write_bytes(file.getvalue())
    return found


def restored(path: Path, passphrase: str = PASSPHRASE) -> Result:
    environment = {"PAWFILE_PASSPHRASE": passphrase}
    answer = CliRunner().invoke(main, ["restore", str(path)], env=environment)
    assert not isinstance(answer.exception, Exception) or isinstance(answer.exception, SystemExit)
    return answer


def with_manifest(path: Path, to: Path, **changes: Any) -> Path:
    changed = json.dumps(manifest_of(path) | changes).encode()
    return doctored(path, to, **{"manifest.json": changed})


def test_what_is_refused_below_is_restored_as_it_is(path: Path) -> None:
    answer = restored(path)
    assert answer.exit_code == 0, answer.stderr
    assert [client.first_name for client in Client.objects.all()] == ["Cleo"]


def test_a_wrong_passphrase(path: Path) -> None:
    answer = restored(path, "other little words")
    assert answer.exit_code == 2
    assert answer.stderr == "The passphrase is not the one this file was made with.\n"
    assert not Client.objects.exists()


def test_a_newer_schema(path: Path, tmp_path: Path) -> None:
    schema = manifest_of(path)["schema"] | {"profiles": "0999_wings"}
    answer = restored(with_manifest(path, tmp_path / "newer.zip", schema=schema))
    assert answer.exit_code == 2
    said = "A newer Pawfile made this file (profiles 0999_wings). Update this one first.\n"
    assert answer.stderr == said


def test_a_newer_format(path: Path, tmp_path: Path) -> None:
    answer = restored(with_manifest(path, tmp_path / "newer.zip", version=2))
    assert answer.exit_code == 2
    assert answer.stderr.startswith("This file has version 2 of the format")


@pytest.mark.parametrize("tables", [[{"table": "profiles.Client"}], [{}]])
def test_a_manifest_that_does_not_say_all(path: Path, tmp_path: Path, tables: list[Any]) -> None:
    answer = restored(with_manifest(path, tmp_path / "less.zip", tables=tables))
    assert answer.exit_code == 2
    assert answer.stderr == "The manifest of this file does not say all that it has to.\n"


def test_an_entry_that_was_changed(path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        changed = file.read(CLIENTS).replace(b"Cleo", b"Carl")
    answer = restored(doctored(path, tmp_path / "changed.zip", **{CLIENTS: changed}))
    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"{CLIENTS} is not as it was written")
    assert not Client.objects.exists()


def test_an_entry_that_is_gone_or_new(path: Path, tmp_path: Path) -> None:
    gone = restored(doctored(path, tmp_path / "gone.zip", **{CLIENTS: None}))
    assert (gone.exit_code, gone.stderr) == (2, f"{CLIENTS} is missing in the file.\n")
    new = restored(doctored(path, tmp_path / "new.zip", **{"files/../evil.py": b"x"}))
    assert new.exit_code == 2
    assert new.stderr == "files/../evil.py was added to the file later.\n"


def test_a_byte_that_tipped_over(path: Path, tmp_path: Path) -> None:
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        data[file.getinfo(CLIENTS).header_offset + 120] ^= 0xFF
    broken = tmp_path / "broken.zip"
    broken.write_bytes(data)
    answer = restored(broken)
    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"{CLIENTS} is not as it was written")


@pytest.mark.parametrize("name", ["files/../evil.py", "files//etc/passwd", "files/"])
def test_a_file_that_would_lie_outside(path: Path, tmp_path: Path, name: str) -> None:
    manifest = manifest_of(path)
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    entries = manifest["entries"] | {name: {"bytes": 1, "sha256": digest}}
    evil = doctored(path, tmp_path / "evil.zip", **{name: b"x"})
    answer = restored(with_manifest(evil, tmp_path / "evil2.zip", entries=entries))
    assert answer.exit_code == 2
    assert answer.stderr == f"{name} is no name of a file in a company's folder.\n"
    assert not User.objects.get_queryset().exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"first,last\n", b"%PDF-1.7"])
def test_another_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(data)
    answer = restored(path)
    assert answer.exit_code == 2
    assert answer.stderr == "other.zip is no export of Pawfile, or it is cut off.\n"


def test_a_file_that_was_cut_off(path: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(path.read_bytes()[:-2000])
    answer = restored(cut)
    assert answer.exit_code == 2
    assert answer.stderr == "cut.zip is no export of Pawfile, or it is cut off.\n"


def test_a_row_that_does_not_fit_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    import hashlib

    with zipfile.ZipFile(path) as file:
        changed = file.read(CLIENTS).replace(b'"version": 1', b'"version": "x"')
    manifest = manifest_of(path)
    entries = manifest["entries"] | {
        CLIENTS: {"bytes": len(changed), "sha256": hashlib.sha256(changed).hexdigest()}
    }
    strange = doctored(path, tmp_path / "strange.zip", **{CLIENTS: changed})
    answer = restored(with_manifest(strange, tmp_path / "strange2.zip", entries=entries))
    assert answer.exit_code == 2
    assert answer.stderr.startswith("profiles.Client cannot be stored")
    assert not User.objects.get_queryset().exists()


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    answer = CliRunner().invoke(
        main, ["export", str(tmp_path / "x.zip")], env={"PAWFILE_PASSPHRASE": "short"}
    )
    assert answer.exit_code == 2
    assert answer.stderr.startswith("A passphrase has at least 12 characters.")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(path: Path) -> None:
    before = path.read_bytes()
    answer = CliRunner().invoke(main, ["export", str(path)], env={"PAWFILE_PASSPHRASE": PASSPHRASE})
    assert (answer.exit_code, path.read_bytes()) == (2, before)
