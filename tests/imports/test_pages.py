"""An import by the pages: files, columns, preview, run and result, until it is forgotten."""

import re
from datetime import timedelta
from itertools import islice
from threading import Event

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.imports.actions import forget_imports
from pawfile.imports.models import ClientExtra, ImportedRow, ImportJob, ImportState
from pawfile.imports.tasks import account, import_rows, opened
from pawfile.jobs.models import Job
from pawfile.jobs.worker import work
from pawfile.profiles.models import Client, Pet
from tests.imports.pages import (
    CLIENTS,
    PETS,
    begun,
    imported,
    lines_of,
    page_of,
    planned,
    results,
    upload,
)


def test_a_file_is_kept_under_a_random_name(browser: Browser) -> None:
    job = begun(browser, CLIENTS)
    file = job.files.get()
    assert file.title == "file1.csv"
    assert default_storage.exists(file.path)
    assert "file1" not in file.path


def test_without_a_file_the_answer_says_what_fits(browser: Browser) -> None:
    answer = browser.post("/import/", {})
    assert answer.status_code == 422
    assert "CSV, XLSX" in answer.content.decode()


def test_a_file_that_cannot_be_read_is_named_and_not_kept(browser: Browser) -> None:
    answer = upload(browser, CLIENTS, "")
    assert answer.status_code == 422
    assert "file2.csv" in answer.content.decode()
    assert not ImportJob.objects.exists()
    assert not default_storage.exists("imports") or default_storage.listdir("imports")[1] == []


def test_columns_are_shown_with_confidence_and_cells_but_never_a_code(browser: Browser) -> None:
    job = begun(browser, CLIENTS)
    page = page_of(browser, f"/import/{job.pk}/columns/")
    assert "bea@example.com" in page
    assert re.search(r"\b(9\d|100) %", page)
    assert "Assam" in page
    assert "4711" not in page
    assert "4711" not in str(job.sheets)


def test_a_column_goes_where_the_person_says(browser: Browser) -> None:
    job = imported(browser, CLIENTS, **{"c0-5": "client.sitter_notes", "c0-3": "-"})
    bea = Client.objects.get(first_name="Bea")
    assert bea.sitter_notes == "Assam"
    assert bea.email == ""
    assert not ClientExtra.objects.exists()
    assert job.mapped == {job.sheets[0]["title"]: ["Email=-", "Favourite tea=client.sitter_notes"]}


def test_two_columns_for_one_field_are_refused_with_words(browser: Browser) -> None:
    job = begun(browser, CLIENTS)
    both = {"c0-5": "client.sitter_notes", "c0-4": "client.sitter_notes"}
    answer = browser.post(f"/import/{job.pk}/columns/", both)
    assert answer.status_code == 422
    assert "would both fill" in answer.content.decode()


def test_an_unknown_target_is_refused(browser: Browser) -> None:
    job = begun(browser, CLIENTS)
    answer = browser.post(f"/import/{job.pk}/columns/", {"c0-3": "client.password"})
    assert answer.status_code == 422
    assert "Email: choose one of the list." in answer.content.decode()


def test_clients_without_names_are_asked_for(browser: Browser) -> None:
    job = begun(browser, "Something,Else\n1,2\n")
    answer = browser.post(f"/import/{job.pk}/columns/", {})
    assert answer.status_code == 422
    assert "Clients need a first and a last name." in answer.content.decode()


def test_the_preview_tells_of_every_row_and_writes_nothing(browser: Browser) -> None:
    job = planned(browser, CLIENTS, PETS)
    assert not Client.objects.exists()
    plans = list(job.rows.order_by("sheet", "number").values_list("sheet", "number", "plan"))
    assert plans == [
        (0, 2, "create"), (0, 3, "create"), (0, 4, "problem"), (1, 2, "create"),
    ]  # fmt: skip
    page = page_of(browser, f"/import/{job.pk}/")
    assert "Bea Adams: Rex" in page
    assert "A client needs a first and a last name." in page
    assert "4711" not in page
    page = page_of(browser, f"/import/{job.pk}/?outcome=problem")
    assert "Row 4" in page
    assert "Bea Adams" not in page


def test_the_result_accounts_for_every_row_and_the_files_are_gone(browser: Browser) -> None:
    job = imported(browser, CLIENTS, PETS)
    assert results(job) == [
        (0, 2, "create"), (0, 3, "create"), (0, 4, "problem"), (1, 2, "create"),
    ]  # fmt: skip
    assert Pet.objects.get().client.first_name == "Bea"
    assert not any(default_storage.exists(file.path) for file in job.files.all())
    assert "4 rows, and what became of each." in page_of(browser, f"/import/{job.pk}/")


def test_a_second_import_of_the_same_files_changes_nothing(browser: Browser) -> None:
    imported(browser, CLIENTS, PETS)
    versions = list(Client.objects.order_by("pk").values_list("pk", "version"))
    job = imported(browser, CLIENTS, PETS)
    assert {outcome for _sheet, _row, outcome in results(job)} == {"unchanged", "problem"}
    assert list(Client.objects.order_by("pk").values_list("pk", "version")) == versions


def test_what_is_said_of_rows_is_a_file_to_go_through(browser: Browser) -> None:
    job = planned(browser, CLIENTS.replace("bea@example.com", "=no mail"))
    lines = lines_of(browser, f"/import/{job.pk}/remarks.csv")
    assert lines[0] == "Table,Row,Who,Weight,Column,Text,What"
    assert lines[1].startswith("file1.csv,4,")
    assert "A client needs a first and a last name." in lines[1]
    (mail,) = [line for line in lines if "no mail" in line]
    assert ",Email,'=no mail," in mail
    assert "4711" not in "".join(lines)


def test_differences_of_an_update_are_shown(browser: Browser) -> None:
    imported(browser, CLIENTS)
    job = planned(browser, CLIENTS.replace("bea@", "bea.adams@"))
    page = page_of(browser, f"/import/{job.pk}/?outcome=update")
    assert "<del>bea@example.com</del> → bea.adams@example.com" in page


def test_a_run_that_was_cut_off_goes_on_and_accounts_for_all(browser: Browser) -> None:
    many = "First Name,Last Name,Email\n" + "".join(
        f"Ann,Name{n:04},a{n}@example.com\n" for n in range(700)
    )
    job = planned(browser, many)
    browser.post(f"/import/{job.pk}/start/")
    run, places = opened(job)
    list(islice(run.run_rows(lambda rows: account(job, places, rows)), 1))
    assert Client.objects.count() == 500
    import_rows.call(job.pk)
    assert Client.objects.count() == 700
    assert set(job.rows.values_list("outcome", flat=True)) == {"create"}


def test_no_two_workers_are_at_one_import(browser: Browser) -> None:
    job = planned(browser, CLIENTS)
    browser.post(f"/import/{job.pk}/start/")
    ImportJob.objects.update(beat_at=timezone.now())
    with pytest.raises(RuntimeError, match="Another worker"):
        import_rows.call(job.pk)
    assert not Client.objects.exists()


def test_import_pressed_twice_runs_once(browser: Browser) -> None:
    job = planned(browser, CLIENTS)
    for _press in range(2):
        assert browser.post(f"/import/{job.pk}/start/").status_code == 302
    assert Job.objects.filter(task__endswith="import_rows").count() == 1


def test_files_that_vanished_are_said(browser: Browser) -> None:
    job = planned(browser, CLIENTS)
    default_storage.delete(job.files.get().path)
    browser.post(f"/import/{job.pk}/start/")
    work(stop=Event(), once=True)
    job.refresh_from_db()
    assert job.state == ImportState.FAILED
    assert job.reason in page_of(browser, f"/import/{job.pk}/")


def test_the_activity_log_says_who_imported_what(browser: Browser, ada: User) -> None:
    imported(browser, CLIENTS)
    entry = Activity.objects.get(kind=ActivityKind.IMPORT)
    assert (entry.by, entry.about) == (ada, "file1.csv")
    assert entry.new_text.startswith("2 rows to create")


def test_after_a_week_an_import_is_forgotten_with_its_files(
    browser: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = planned(browser, CLIENTS)
    path = job.files.get().path
    forget_imports()
    assert ImportJob.objects.exists()
    ImportJob.objects.update(made_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        forget_imports()
    assert not ImportJob.objects.exists()
    assert not ImportedRow.objects.exists()
    assert not default_storage.exists(path)


def test_a_discarded_import_is_gone_with_its_files(
    browser: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = begun(browser, CLIENTS)
    path = job.files.get().path
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/import/{job.pk}/discard/")
    assert not ImportJob.objects.exists()
    assert not default_storage.exists(path)


def queries(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def test_more_rows_and_imports_take_no_more_queries(browser: Browser) -> None:
    one = planned(browser, "First Name,Last Name\nBea,Adams\n")
    browser.get("/import/")
    few = queries(browser, "/import/"), queries(browser, f"/import/{one.pk}/")
    three = planned(browser, CLIENTS)
    begun(browser, CLIENTS, PETS)
    assert (queries(browser, "/import/"), queries(browser, f"/import/{three.pk}/")) == few


def test_two_columns_for_one_field_are_refused_by_their_names(browser: Browser) -> None:
    job = begun(browser, "Client ID,First Name,Last Name,Town,Region\n7,Bea,Adams,Boston,North\n")
    city = {"c0-4": "client.city"}
    answer = browser.post(f"/import/{job.pk}/columns/", {"c0-3": "client.city", **city})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“Town” and “Region” would both fill Client: City" in page.replace("&quot;", '"')
    assert browser.post(f"/import/{job.pk}/columns/", {"c0-3": "", **city}).status_code == 302
