"""The rows with problems as a file: mended and imported alone, nothing is doubled."""

import csv
from datetime import timedelta
from threading import Event

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.imports.models import ClientExtra, ImportedRow, ImportJob
from pawfile.jobs.worker import work
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_visit
from tests.imports.pages import imported, lines_of, page_of, planned

pytestmark = pytest.mark.django_db
CLIENTS = (
    "Client ID,First Name,Last Name,Door Code,Login Password,Shoe size,Tea\n"
    "7,Bea,Adams,4711#,hush-hush,38,Assam\n"
    "8,,Baker,0852#,hush-hush,41,=cmd|' /C calc'!A0\n"
    '9,Cy,,,,,"two\nlines, ""quoted"""\n'
)
PETS = "Pet ID,Owner ID,Name,Animal\n70,7,,Dog\n71,7,Tom,Cat\n72,99,Rex,Dog\n"
NAMELESS = "A client needs a first and a last name. Fill them in."


def problems(browser: Browser, job: ImportJob, place: int = 0) -> list[list[str]]:
    """The file as a spreadsheet program has it."""
    text = "\n".join(lines_of(browser, f"/import/{job.pk}/problems/{place}.csv"))
    return list(csv.reader(text.split("\n")))


def raw(browser: Browser, job: ImportJob, place: int = 0) -> str:
    return "\n".join(lines_of(browser, f"/import/{job.pk}/problems/{place}.csv")) + "\n"


def test_rows_are_there_as_they_came_with_what_is_wrong(browser: Browser) -> None:
    job = planned(browser, CLIENTS, **{"c0-5": "-"})
    headings, baker = problems(browser, job)[:2]
    assert headings == [*CLIENTS.split("\n", maxsplit=1)[0].split(","), "Remark (Pawfile)"]
    assert baker == ["8", "", "Baker", "", "", "", "'=cmd|' /C calc'!A0", f"First Name: {NAMELESS}"]
    assert '"two\nlines, ""quoted"""' in raw(browser, job)
    assert "Adams" not in raw(browser, job)


def test_codes_passwords_and_what_was_left_out_are_kept_nowhere(browser: Browser) -> None:
    job = planned(browser, CLIENTS, **{"c0-5": "-"})
    kept = str(list(ImportedRow.objects.values_list("cells", flat=True)))
    assert "Baker" in kept
    for text in ("0852", "hush-hush", "41"):
        assert text not in kept
    page = page_of(browser, f"/import/{job.pk}/")
    assert "Cells of codes and passwords are empty in it" in page
    assert ImportedRow.objects.get(number=2).cells == []


def test_each_table_has_a_file_of_its_own(browser: Browser) -> None:
    job = imported(browser, CLIENTS, PETS)
    page = page_of(browser, f"/import/{job.pk}/")
    assert f'href="/import/{job.pk}/problems/0.csv"' in page
    assert "2 rows of file1.csv" in page
    assert "2 rows of file2.csv" in page
    _headings, nameless, lost = problems(browser, job, 1)
    assert nameless[:4] == ["70", "7", "", "Dog"]
    assert lost[:4] == ["72", "99", "Rex", "Dog"]
    assert "No client of this name or id" in lost[4]
    answer = browser.get(f"/import/{job.pk}/problems/1.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="file2 problems.csv"'
    assert answer["Cache-Control"] == "no-store"


def test_without_problems_there_is_no_file(browser: Browser) -> None:
    job = planned(browser, "First Name,Last Name\nBea,Adams\n")
    assert "Download the rows with problems" not in page_of(browser, f"/import/{job.pk}/")
    assert browser.get(f"/import/{job.pk}/problems/1.csv").status_code == 404


def test_mended_rows_come_in_alone_and_nothing_is_doubled(browser: Browser) -> None:
    job = imported(browser, CLIENTS)
    mended = raw(browser, job).replace("8,,Baker", "8,Bo,Baker").replace("9,Cy,", "9,Cy,Cole")
    imported(browser, mended)
    names = sorted(Client.objects.values_list("first_name", "last_name"))
    assert names == [("Bea", "Adams"), ("Bo", "Baker"), ("Cy", "Cole")]
    bo, cy = (ClientExtra.objects.get(client__first_name=name).texts for name in ("Bo", "Cy"))
    assert bo == {"Shoe size": "41", "Tea": "=cmd|' /C calc'!A0"}
    assert cy == {"Tea": 'two\nlines, "quoted"'}
    imported(browser, mended.replace("Bo,", "Bob,"))
    assert Client.objects.count() == 3


def test_mended_pets_find_their_clients_by_id(browser: Browser) -> None:
    job = imported(browser, CLIENTS, PETS)
    imported(browser, raw(browser, job, 1).replace("70,7,,Dog", "70,7,Fido,Dog"))
    assert sorted(Pet.objects.values_list("name", "client__first_name")) == [
        ("Fido", "Bea"), ("Tom", "Bea"),
    ]  # fmt: skip
    assert Client.objects.count() == 1


def test_the_column_of_remarks_does_not_pile_up(browser: Browser) -> None:
    first = planned(browser, CLIENTS)
    again = planned(browser, raw(browser, first))
    assert raw(browser, again) == raw(browser, first)


def test_a_person_can_keep_the_remarks(browser: Browser) -> None:
    text = "First Name,Last Name,Remark (Pawfile)\nBea,Adams,Fine\nCy,Baker,\n"
    imported(browser, text, **{"c0-2": ""})
    assert ClientExtra.objects.get().texts == {"Remark (Pawfile)": "Fine"}


def test_a_row_refused_only_by_the_run_is_among_them(browser: Browser, sam: User) -> None:
    bea = make_client(first_name="Bea", last_name="Adams")
    job = planned(browser, f"First Name,Last Name,Blocked sitters\nBea,Adams,{sam.name}\n")
    assert problems(browser, job)[1:] == []
    make_visit(bea, sitter=sam, visit_on=timezone.localdate() + timedelta(days=3))
    browser.post(f"/import/{job.pk}/start/")
    work(stop=Event(), once=True)
    job.refresh_from_db()
    (row,) = problems(browser, job)[1:]
    assert row[:3] == ["Bea", "Adams", sam.name]
