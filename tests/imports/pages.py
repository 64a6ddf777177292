"""Imports by the pages, as far as a test needs them to be."""

from threading import Event
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from pawfile.imports.models import ImportJob, ImportState
from pawfile.jobs.worker import work

CLIENTS = (
    "Client ID,First Name,Last Name,Email,Gate Code,Favourite tea\n"
    "7,Bea,Adams,bea@example.com,4711,Assam\n"
    "8,Cy,Baker,cy@example.com,,\n"
    "9,,Cole,cole@example.com,,\n"
)
PETS = "Pet ID,Owner ID,Name,Animal\n70,7,Rex,Dog\n"


def upload(browser: Browser, *texts: str) -> Any:
    files = [SimpleUploadedFile(f"file{n}.csv", text.encode()) for n, text in enumerate(texts, 1)]
    return browser.post("/import/", {"files_to_import": files})


def begun(browser: Browser, *texts: str) -> ImportJob:
    assert upload(browser, *texts).status_code == 302
    return ImportJob.objects.latest("pk")


def planned(browser: Browser, *texts: str, **chosen: str) -> ImportJob:
    job = begun(browser, *texts)
    assert browser.post(f"/import/{job.pk}/columns/", chosen).status_code == 302
    work(stop=Event(), once=True)
    job.refresh_from_db()
    assert job.state == ImportState.PLANNED, job.reason
    return job


def imported(browser: Browser, *texts: str, **chosen: str) -> ImportJob:
    job = planned(browser, *texts, **chosen)
    browser.post(f"/import/{job.pk}/start/")
    work(stop=Event(), once=True)
    job.refresh_from_db()
    assert job.state == ImportState.DONE, job.reason
    return job


def results(job: ImportJob) -> list[tuple[int, int, str]]:
    return list(job.rows.order_by("sheet", "number").values_list("sheet", "number", "outcome"))


def page_of(browser: Browser, url: str) -> str:
    return browser.get(url).content.decode()


def lines_of(browser: Browser, url: str) -> list[str]:
    """The lines of a CSV file."""
    answer: Any = browser.get(url)
    assert answer.status_code == 200
    text: str = b"".join(answer.streaming_content).decode("utf-8-sig")
    return text.splitlines()
