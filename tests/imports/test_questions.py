"""A row that may be of several clients is a question of the preview, with the answers to choose."""

from threading import Event

import pytest
from django.test import Client as Browser

from pawfile.imports.models import ImportJob, ImportState
from pawfile.jobs.worker import work
from pawfile.profiles.models import Client, Pet
from tests.imports.pages import imported, page_of, planned

pytestmark = pytest.mark.django_db
CLIENTS = (
    "Client ID,First Name,Last Name,Email,Address\n"
    "C1,Ann,Lee,ann@example.org,1 Elm St\n"
    "C2,Ann,Lee,lee@example.org,2 Oak St\n"
)
PETS = "Pet ID,Owner,Name,Animal\nP1,Ann Lee,Rex,Dog\nP2,Ann Lee,Mia,Cat\n"
OWNER = {"c0-1": "pet.owner"}


def answered(browser: Browser, job: ImportJob, **answers: str) -> ImportJob:
    assert browser.post(f"/import/{job.pk}/answers/", answers).status_code == 302
    work(stop=Event(), once=True)
    job.refresh_from_db()
    return job


def plans(job: ImportJob) -> list[tuple[int, str]]:
    last = job.rows.filter(sheet=job.rows.latest("sheet").sheet)
    return list(last.order_by("number").values_list("number", "plan"))


def begin(browser: Browser, job: ImportJob) -> None:
    browser.post(f"/import/{job.pk}/start/")
    work(stop=Event(), once=True)


def test_a_client_of_the_same_files_is_chosen(browser: Browser) -> None:
    job = planned(browser, CLIENTS, PETS, **{"c1-1": "pet.owner"})
    page = page_of(browser, f"/import/{job.pk}/?outcome=asked")
    assert "row 3 (lee@example.org)" in page
    assert plans(job) == [(2, "problem"), (3, "problem")]
    answered(browser, job, **{"o1-2": "3"})
    assert plans(job) == [(2, "create"), (3, "problem")]
    begin(browser, job)
    assert Pet.objects.get().client.email == "lee@example.org"


def test_a_client_of_the_book_is_chosen_and_the_answer_taken_back(browser: Browser) -> None:
    imported(browser, CLIENTS)
    second = Client.objects.get(email="lee@example.org")
    job = planned(browser, PETS, **OWNER)
    assert "Lee, Ann in the book, 2 Oak St" in page_of(browser, f"/import/{job.pk}/")
    answered(browser, job, **{"o0-2": f"client:{second.pk}", "o0-3": f"client:{second.pk}"})
    assert plans(job) == [(2, "create"), (3, "create")]
    answered(browser, job, again="1")
    assert plans(job) == [(2, "problem"), (3, "problem")]
    answered(browser, job, **{"o0-2": f"client:{second.pk}"})
    begin(browser, job)
    assert list(second.pets.values_list("name", flat=True)) == ["Rex"]


@pytest.mark.parametrize("answer", ["", "client:0", "client:x", "99", "nonsense"])
def test_an_answer_that_was_not_offered_changes_nothing(browser: Browser, answer: str) -> None:
    imported(browser, CLIENTS)
    job = planned(browser, PETS, **OWNER)
    job = answered(browser, job, **{"o0-2": answer})
    assert (job.state, job.choices) == (ImportState.PLANNED, {})
    assert "Choose a client for one of the rows first." in page_of(browser, f"/import/{job.pk}/")
