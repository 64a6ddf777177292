"""Undoing by the page, and "all or nothing"."""

from threading import Event
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.imports import tasks
from pawfile.imports.models import ImportJob, ImportState
from pawfile.jobs.worker import work
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from tests.imports.pages import CLIENTS, PETS, imported, page_of, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leased_and_alone")]


def pressed(browser: Browser, job: ImportJob, *, button: str, **ticks: str) -> str:
    """The page after the worker has done what the button asks for."""
    browser.post(f"/import/{job.pk}/{button}/", ticks)
    work(stop=Event(), once=True)
    job.refresh_from_db()
    return page_of(browser, f"/import/{job.pk}/")


def test_an_import_is_undone_and_its_page_says_so(browser: Browser, ada: User) -> None:
    job = imported(browser, CLIENTS, PETS)
    assert f"/import/{job.pk}/undo/" in page_of(browser, f"/import/{job.pk}/")
    assert "are deleted" in page_of(browser, f"/import/{job.pk}/undo/")
    assert "the book is as it was before" in pressed(browser, job, button="undo")
    assert job.state == ImportState.UNDONE
    assert not Client.objects.exists()
    assert not Pet.objects.exists()
    told = Activity.objects.filter(kind=ActivityKind.IMPORT).latest("pk")
    assert (told.by, told.new_text) == (ada, "Undone")


def test_the_page_names_what_was_left(browser: Browser, ada: User) -> None:
    job = imported(browser, CLIENTS)
    bea = Client.objects.get(first_name="Bea")
    update_client(bea, values={"city": "Derry"}, by=ada)
    page = pressed(browser, job, button="undo")
    assert "but for 1 record" in page
    assert f'<a href="/clients/{bea.pk}/">Bea Adams</a>' in page
    assert list(Client.objects.all()) == [bea]


def test_what_is_undone_cannot_be_undone_again(browser: Browser) -> None:
    job = imported(browser, CLIENTS)
    pressed(browser, job, button="undo")
    for answer in (browser.get(f"/import/{job.pk}/undo/"), browser.post(f"/import/{job.pk}/undo/")):
        assert answer.status_code == 302
    assert ImportJob.objects.get(pk=job.pk).state == ImportState.UNDONE


def test_a_preview_has_nothing_to_undo(browser: Browser) -> None:
    job = planned(browser, CLIENTS)
    assert "undo/" not in page_of(browser, f"/import/{job.pk}/")
    browser.post(f"/import/{job.pk}/undo/")
    assert ImportJob.objects.get(pk=job.pk).state == ImportState.PLANNED


def test_all_or_nothing_is_refused_while_a_row_has_a_problem(browser: Browser) -> None:
    job = planned(browser, CLIENTS)
    page = pressed(browser, job, button="start", is_whole="on")
    assert "1 row has a problem. Mend it in the file" in page
    assert job.state == ImportState.PLANNED
    assert not Client.objects.exists()


def test_all_or_nothing_takes_everything_back_when_a_row_fails_after_all(
    browser: Browser, ada: User
) -> None:
    whole = CLIENTS.replace("9,,Cole,cole@example.com,,\n", "")
    job = planned(browser, whole + "9,Di,Cole,di@example.com,,\n")
    rows = job.rows.count()
    # Meanwhile two clients come into the book that the last row could be.
    for street in ("1 Elm St", "2 Elm St"):
        values = {"first_name": "Di", "last_name": "Cole", "street": street}
        update_client(Client.objects.create(**values), values={"email": "di@example.com"}, by=ada)
    page = pressed(browser, job, button="start", is_whole="on")
    assert rows == 3
    assert job.state == ImportState.UNDONE
    assert "Row 4 could not be imported, so nothing was" in page
    assert set(Client.objects.values_list("first_name", flat=True)) == {"Di"}
    assert not Vet.objects.exists()
    assert not any(default_storage.exists(file.path) for file in job.files.all())
    assert set(job.rows.values_list("outcome", flat=True)) == {""}


def test_all_or_nothing_imports_all(browser: Browser) -> None:
    whole = CLIENTS.replace("9,,Cole,cole@example.com,,\n", "")
    job = planned(browser, whole, PETS)
    pressed(browser, job, button="start", is_whole="on")
    assert job.state == ImportState.DONE
    assert Client.objects.count() == 2


def test_somebody_else_is_at_it_already(browser: Browser) -> None:
    job = imported(browser, CLIENTS)
    browser.post(f"/import/{job.pk}/undo/")
    browser.post(f"/import/{job.pk}/undo/")
    work(stop=Event(), once=True)
    assert not Client.objects.exists()
    assert Activity.objects.filter(kind=ActivityKind.IMPORT, new_text="Undone").count() == 1


def test_an_undoing_that_broke_says_so_and_goes_on_when_asked_again(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = imported(browser, CLIENTS, PETS)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "undo_step", Mock(side_effect=RuntimeError("broken")))
        page = pressed(browser, job, button="undo")
    assert "Undoing stopped by an error." in page
    assert f"/import/{job.pk}/undo/" in page
    assert "the book is as it was before" in pressed(browser, job, button="undo")
    assert not Client.objects.exists()
