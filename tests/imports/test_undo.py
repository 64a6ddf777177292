"""Undoing an import: the book is as before, but for what somebody has touched since."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps

from pawfile.access.actions.rotation import reseal_everything
from pawfile.access.models import Key, KeyLocation
from pawfile.accounts.models import User
from pawfile.cli import main
from pawfile.history.models import Seen
from pawfile.imports.models import ImportJob, ImportState, SourceClient
from pawfile.imports.undoing import ALONG, LISTS
from pawfile.lib.columns import key_ring
from pawfile.lib.stored_rows import as_row
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, ClientWord, Pet, Tag
from pawfile.profiles.models.client import ClientSeen
from pawfile.resources.models import Vet
from tests.factories import make_service, make_visit
from tests.imports.files import write

pytestmark = pytest.mark.django_db

HEADINGS = (
    "Client ID,First Name,Last Name,Email,Street,Tags,Vet,Vet Phone,Alarm Codes,Allergies,"
    "Favourite tea,Pet ID,Pet Name,Animal"
)
BEFORE = f"""{HEADINGS}
1,Ann,Lee,ann@example.com,1 Elm St,gold,Dr. Ray,,4711,none,Assam,10,Rex,Dog
2,Bob,Kay,bob@example.com,2 Oak St,,,,,,,20,Tom,Cat
"""
AFTER = f"""{HEADINGS}
1,Ann,Lee,ann@example.com,9 Elm St,silver,Dr. Ray,555 0100,0815,nuts,Darjeeling,10,Rexy,Dog
1,Ann,Lee,ann@example.com,9 Elm St,silver,Dr. Ray,555 0100,0815,nuts,Darjeeling,11,Ace,Dog
2,Bob,Kay,bob@example.com,2 Oak St,,,,,,,20,Tom,Cat
3,Cy,Dow,cy@example.com,3 Fir St,bronze,Dr. New,,1234,the gate code is 5678,Earl Grey,30,Kit,Cat
"""
KEYS = "Client,Key Location,Key #1\nAnn Lee,Safe,A17\nCy Dow,,B18\n"
#: What an import and its undoing write down, what is made anew, and what the tests' database has.
BESIDE = {
    "activity.Activity", "auth.Permission", "contenttypes.ContentType", "imports.ImportFile",
    "imports.ImportJob", "jobs.Job", "jobs.PeriodicWork", "options.SiteOptions",
    "search.Vocabulary",
}  # fmt: skip


def pawfile(*arguments: str | Path) -> Any:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def do_import(folder: Path, *texts: str) -> ImportJob:
    paths = [write(folder, text, f"file{n}.csv") for n, text in enumerate(texts)]
    done = pawfile("import", *paths)
    assert done.exit_code == 0, done.output
    return ImportJob.objects.latest("pk")


def undo(job: ImportJob) -> str:
    done = pawfile("undo-import", str(job.pk))
    assert done.exit_code == 0, done.output
    job.refresh_from_db()
    assert job.state == ImportState.UNDONE
    assert not job.steps.exists()
    return str(done.output)


def book() -> set[str]:
    """Every row, without numbers that only count: a version, and those of words."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in BESIDE:
            continue
        left_out = ("version", "id") if model is ClientWord else ("version",)
        for row in map(as_row, model._base_manager.all()):
            values = {column: row[column] for column in row if column not in left_out}
            found.add(f"{model._meta.label}: {values}")
    return found


def test_the_database_is_equal_to_before(tmp_path: Path) -> None:
    do_import(tmp_path, BEFORE)
    before = book()
    job = do_import(tmp_path, AFTER, KEYS)
    assert Client.objects.count() == 3
    assert Pet.objects.count() == 4
    assert Key.objects.count() == 2
    assert len(book() ^ before) > 20
    undo(job)
    assert book() ^ before == set()


def test_nothing_is_left_of_an_import_into_an_empty_book(tmp_path: Path) -> None:
    before = book()
    job = do_import(tmp_path, AFTER, KEYS)
    assert Vet.objects.count() == 2
    assert [each.name for each in KeyLocation.objects.all()] == ["Place not known", "Safe"]
    assert Tag.objects.exists()
    assert undo(job).strip() == "Taken back."
    assert book() ^ before == set()


def test_two_imports_are_undone_one_after_the_other(tmp_path: Path) -> None:
    before = book()
    first = do_import(tmp_path, BEFORE)
    second = do_import(tmp_path, AFTER, KEYS)
    undo(second)
    undo(first)
    assert book() ^ before == set()


def test_the_first_of_two_imports_leaves_what_the_second_has_changed(tmp_path: Path) -> None:
    first = do_import(tmp_path, BEFORE)
    do_import(tmp_path, AFTER)
    assert "Ann Lee: It was edited since." in undo(first)
    assert set(Client.objects.values_list("first_name", flat=True)) == {"Ann", "Cy"}
    assert Vet.objects.get(name="Dr. Ray").phone


def test_what_somebody_edited_since_is_left_and_named(tmp_path: Path, ada: User) -> None:
    do_import(tmp_path, BEFORE)
    job = do_import(tmp_path, AFTER)
    ann, cy = Client.objects.get(first_name="Ann"), Client.objects.get(first_name="Cy")
    update_client(ann, values={"city": "Derry"}, by=ada)
    kit = Pet.objects.get(name="Kit")
    update_pet(kit, values={"breed": "Manx"}, by=ada)
    said = undo(job)
    assert "Ann Lee: It was edited since." in said
    assert "Cy Dow: It was edited since." in said
    ann.refresh_from_db()
    assert (ann.street, ann.city) == ("9 Elm St", "Derry")
    assert Pet.objects.filter(pk=kit.pk, client=cy).exists()
    assert not Pet.objects.filter(name="Ace").exists(), "a pet it made for a stored client goes"
    assert Pet.objects.filter(name="Rex").exists(), "a pet nobody edited is as it was"
    assert SourceClient.objects.filter(client=cy).exists()


def test_a_client_that_has_a_visit_by_now_stays(tmp_path: Path) -> None:
    job = do_import(tmp_path, AFTER)
    cy = Client.objects.get(first_name="Cy")
    make_visit(client=cy, service=make_service())
    job.refresh_from_db()
    said = undo(job)
    assert "Cy Dow: There is more of it by now: visits." in said
    assert [client.first_name for client in Client.objects.all()] == ["Cy"]
    assert Pet.objects.get().name == "Kit"
    assert [each[0] for each in job.left] == ["Cy Dow", "Dr. New"]


def test_a_key_that_went_from_hand_to_hand_keeps_its_client(tmp_path: Path, ada: User) -> None:
    from pawfile.access.actions.keys import report_lost

    job = do_import(tmp_path, AFTER, KEYS)
    report_lost(key=Key.objects.get(code="B18"), by=ada)
    assert "Cy Dow: It was edited since." in undo(job)
    assert Key.objects.get().code == "B18"


def test_a_change_that_was_read_comes_back_as_a_change(tmp_path: Path, ada: User) -> None:
    do_import(tmp_path, BEFORE)
    job = do_import(tmp_path, AFTER)
    ann = Client.objects.get(first_name="Ann")
    changed = ann.changes_of("street").get()
    seen: Seen = ClientSeen(record=ann, reader=ada, key="street", change_id=changed.pk)
    seen.save()
    undo(job)
    ann.refresh_from_db()
    assert ann.street == "1 Elm St"
    told = [(each.old_text, each.new_text) for each in ann.changes_of("street")]
    assert told == [("9 Elm St", "1 Elm St"), ("1 Elm St", "9 Elm St")]
    assert [tag.name for tag in ann.tags.all()] == ["gold"]
    assert len(ann.changes_of("tags")) == 2
    assert not Pet.objects.get(name="Rex").changes_of("name").exists(), "nobody read of the pet"


def test_a_code_comes_back_after_the_keys_were_rotated(tmp_path: Path) -> None:
    do_import(tmp_path, BEFORE)
    job = do_import(tmp_path, AFTER)
    reseal_everything()
    undo(job)
    ann = Client.objects.get(first_name="Ann")
    assert key_ring().matches(ann.alarm_code, "4711")
    assert not ann.changes_of("alarm_code").exists()


def test_a_code_that_was_imported_is_open_in_no_journal(tmp_path: Path) -> None:
    # Digits alone could stand in a time by chance.
    do_import(tmp_path, BEFORE.replace("4711", "Zebra 4711"))
    job = do_import(tmp_path, AFTER.replace("0815", "Otter 0815"))
    assert key_ring().matches(Client.objects.get(first_name="Ann").alarm_code, "Otter 0815")
    entries = str(list(job.steps.values_list("entries", flat=True)))
    assert "updated_at" in entries
    assert not any(code in entries for code in ("Zebra", "Otter"))


def test_every_table_that_goes_along_is_one(db: None) -> None:
    tables = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(LISTS) <= tables
    assert tables >= ALONG


def test_all_or_nothing_takes_the_good_rows_back(tmp_path: Path) -> None:
    before = book()
    path = write(tmp_path, f"{AFTER}4,,Nameless,,,,,,,,,,,\n")
    done = pawfile("import", "--all-or-nothing", path)
    assert done.exit_code == 1
    assert "all or nothing" in done.output
    assert book() ^ before == set()
    path = write(tmp_path, AFTER)
    assert pawfile("import", "--all-or-nothing", path).exit_code == 0
    assert Client.objects.count() == 3


def test_imports_are_listed_and_others_refused(tmp_path: Path) -> None:
    assert "No import can be undone." in pawfile("undo-import").output
    job = do_import(tmp_path, BEFORE)
    listed = pawfile("undo-import").output
    assert f"{job.pk}  " in listed
    assert "file0.csv" in listed
    answer = pawfile("undo-import", str(job.pk + 1))
    assert answer.exit_code == 2
    assert f"no import {job.pk + 1}" in answer.output
    undo(job)
    assert pawfile("undo-import", str(job.pk)).exit_code == 2


def test_an_import_that_changes_nothing_leaves_none_to_undo(tmp_path: Path) -> None:
    do_import(tmp_path, BEFORE)
    do_import(tmp_path, BEFORE)
    assert ImportJob.objects.count() == 1


def test_a_file_that_cannot_be_used_leaves_no_import_behind(tmp_path: Path) -> None:
    assert pawfile("import", write(tmp_path, "Colour,Size\nred,7\n")).exit_code == 2
    assert not ImportJob.objects.exists()


def test_all_or_nothing_of_nothing_good_fails(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADINGS}\n4,,Nameless,,,,,,,,,,,\n")
    assert pawfile("import", "--all-or-nothing", path).exit_code == 1
    assert not ImportJob.objects.exists()
