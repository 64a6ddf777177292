"""`pawfile backup`, and the rehearsal that it can be restored."""

from pathlib import Path

import pytest

from tests.exports.companies import Company, doctored, manifest_of

pytestmark = pytest.mark.own_database


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    found = Company(tmp_path_factory.mktemp("company"))
    found.done("demo")
    return found


def backup_of(company: Company, folder: Path, *more: str) -> Path:
    before = set(folder.glob("*.zip"))
    company.done("backup", str(folder), *more)
    (path,) = set(folder.glob("*.zip")) - before
    return path


def test_a_backup_is_whole_and_comes_back_with_its_keys(company: Company, tmp_path: Path) -> None:
    keys, folder = tmp_path / "elsewhere", tmp_path / "backups"
    path = backup_of(company, folder, "--keys", str(keys))
    assert path.stat().st_mode & 0o777 == 0o600
    (kept,) = keys.glob("*-vault.keys")
    assert kept.read_bytes() == (company.folder / "keys" / "vault.keys").read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert manifest_of(path)["vault"]["secrets"] == "keys"

    good = company.done("restore", str(path), "--check")
    assert good.endswith("The file is good: it was restored in a temporary place, and removed.\n")

    stranger = Company(tmp_path / "stranger")
    refused = stranger.run("restore", str(path))
    assert refused.returncode == 2
    assert refused.stderr.startswith("The secrets of this file need the keys ")
    stranger.done("restore", str(path), "--keys", str(kept))
    again = manifest_of(backup_of(stranger, tmp_path / "again"))
    rows = {said["table"]: said["rows"] for said in manifest_of(path)["tables"]}
    assert {said["table"]: said["rows"] for said in again["tables"]} == rows


def test_a_damaged_backup_fails_the_rehearsal(company: Company, tmp_path: Path) -> None:
    path = backup_of(company, tmp_path)
    bad = doctored(path, tmp_path / "bad.zip", **{"tables/profiles.Pet.jsonl": b"{}\n"})
    answer = company.run("restore", str(bad), "--check")
    assert answer.returncode == 2
    assert answer.stderr.startswith("tables/profiles.Pet.jsonl is not as it was written")
    assert "good" not in answer.stdout


def test_only_the_newest_are_kept_and_other_files_stay(company: Company, tmp_path: Path) -> None:
    for name in ("pawfile-2026-01-01-000000.zip", "pawfile-2026-01-02-000000.zip", "mine.zip"):
        (tmp_path / name).write_bytes(b"")
    path = backup_of(company, tmp_path, "--keep", "2")
    kept = {"mine.zip", "pawfile-2026-01-02-000000.zip", path.name}
    assert {each.name for each in tmp_path.iterdir()} == kept


def test_keys_are_not_laid_beside_the_backup(company: Company, tmp_path: Path) -> None:
    answer = company.run("backup", str(tmp_path), "--keys", str(tmp_path))
    assert answer.returncode == 2
    assert answer.stderr.startswith("Keep the keys apart from the backups")
    assert list(tmp_path.iterdir()) == []
