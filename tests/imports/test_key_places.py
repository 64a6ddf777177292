"""Where imported keys are: what the file does not say is asked, not put at the office."""

from pathlib import Path

import pytest

from pawfile.access.models import Key, KeyPlace
from pawfile.imports.issues import Kind
from pawfile.imports.run import ImportRun

pytestmark = pytest.mark.django_db


def imported(folder: Path, key: str, place: str) -> ImportRun:
    path = folder / "keys.csv"
    path.write_text(f"Name/Code,Client,With,Client's Pets\n{key},Ann Lee,{place},\n")
    clients = folder / "clients.csv"
    clients.write_text("First Name,Last Name,Email\nAnn,Lee,ann@example.org\n")
    run = ImportRun([clients, path])
    run.run()
    return run


def test_a_key_without_a_place_is_at_no_place_that_is_known_and_is_named(tmp_path: Path) -> None:
    run = imported(tmp_path, "K-1", "")
    key = Key.objects.get()
    assert (key.place, str(key.location)) == (KeyPlace.LOCATION, "Place not known")
    assert [(each.kind, each.row) for each in run.issues] == [(Kind.KEY_PLACE, 2)]


def test_a_holder_who_is_no_sitter_is_named(tmp_path: Path) -> None:
    run = imported(tmp_path, "K-1", "Former Sitter")
    assert str(Key.objects.get().location) == "Former Sitter"
    assert [each.value for each in run.issues] == ["Former Sitter"]


def test_a_key_at_the_office_is_there_without_a_word(tmp_path: Path) -> None:
    run = imported(tmp_path, "K-1", "Office")
    assert Key.objects.get().place == KeyPlace.OFFICE
    assert list(run.issues) == []
