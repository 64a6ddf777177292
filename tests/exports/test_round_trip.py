"""A company moves to another database, and is the same there."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pawfile.exports.left_out import LEFT_OUT
from tests.exports.companies import Company, manifest_of, opened, postgres_database

pytestmark = pytest.mark.own_database


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The demo company on SQLite, with something in every table."""
    company = Company(tmp_path_factory.mktemp("old"))
    company.done("demo")
    assert company.done(module="tests.exports.fill") == ""
    return company


@pytest.fixture(scope="module")
def first(old: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return old.exported(tmp_path_factory.mktemp("first") / "first.zip")


@pytest.fixture(scope="module")
def new(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    company = Company(tmp_path_factory.mktemp("new"))
    company.done("restore", str(first))
    return company


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Company]:
    with postgres_database() as database:
        yield Company(tmp_path / "on-postgres", database)


def test_every_table_has_rows_to_compare(first: Path) -> None:
    tables = manifest_of(first)["tables"]
    assert [said["table"] for said in tables if not said["rows"]] == []


def test_a_restored_company_is_equal(first: Path, new: Company, tmp_path: Path) -> None:
    assert opened(new.exported(tmp_path / "again.zip")) == opened(first)


@pytest.mark.postgres
def test_it_is_equal_on_the_other_database_and_back_again(
    first: Path, on_postgres: Company, tmp_path: Path
) -> None:
    on_postgres.done("restore", str(first))
    there = on_postgres.exported(tmp_path / "there.zip")
    assert opened(there) == opened(first)
    back = Company(tmp_path / "back")
    back.done("restore", str(there))
    assert opened(back.exported(tmp_path / "back.zip")) == opened(first)


def test_words_to_search_by_are_made_anew(old: Company, new: Company) -> None:
    def words(company: Company) -> list[tuple[object, ...]]:
        with sqlite3.connect(company.folder / "pawfile.sqlite3") as database:
            return database.execute(
                "SELECT word, key, record_id, is_for_administrators FROM profiles_clientword"
                " ORDER BY 1, 2, 3"
            ).fetchall()

    assert words(new) == words(old)
    assert len(words(new)) > 500
    assert "profiles.ClientWord" in LEFT_OUT


def test_the_id_of_a_deleted_row_does_not_come_again(first: Path, new: Company) -> None:
    (said,) = [t for t in manifest_of(first)["tables"] if t["table"] == "profiles.Tag"]
    with sqlite3.connect(new.folder / "pawfile.sqlite3") as database:
        made = database.execute("INSERT INTO profiles_tag (name) VALUES ('Next')").lastrowid
    assert made == said["last_id"] + 1
    assert said["last_id"] > said["rows"]


def test_a_company_that_is_there_is_not_written_over(first: Path, new: Company) -> None:
    answer = new.run("restore", str(first))
    assert answer.returncode == 2
    assert answer.stderr.startswith("There is a company here already")


def test_an_older_file_comes_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "older.zip"
    (tmp_path / "older").mkdir()
    Company(tmp_path / "older").done(str(path), module="tests.exports.older")
    company = Company(tmp_path / "today")
    company.done("restore", str(path))
    today = manifest_of(company.exported(tmp_path / "today.zip"))
    assert today["schema"] != manifest_of(path)["schema"]
    (cleo,) = opened(tmp_path / "today.zip")["tables"]["profiles.Client"]
    assert (cleo["first_name"], cleo["sort_name"]) == ("Cleo", "")
    again = company.run("restore", str(path))
    assert again.returncode == 2
    assert again.stderr.startswith("An older Pawfile made this file")
