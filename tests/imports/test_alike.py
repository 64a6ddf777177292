"""New clients of a file that look like one in the book: told, and made all the same."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.imports.issues import Kind
from pawfile.imports.run import ImportRun
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.imports.files import imported, remarks, write
from tests.imports.pages import imported as imported_by_pages
from tests.imports.pages import lines_of, page_of, planned

pytestmark = pytest.mark.django_db
FILE = (
    "First Name,Last Name,Cell Phone,Email\n"
    "Beatrice,Adams-Hill,(303) 555-0147,\n"
    "Cy,Baker,303-555-0199,cy@example.com\n"
)


def bea() -> Client:
    return make_client(first_name="Bea", last_name="Adams", cell_phone="303 555 0147")


def test_the_preview_names_and_links_whom_a_new_client_looks_like(browser: Browser) -> None:
    known = bea()
    job = planned(browser, FILE)
    page = page_of(browser, f"/import/{job.pk}/")
    said = "Looks like Bea Adams in the book: same phone."
    assert f'<a href="/clients/{known.pk}/">{said}</a>' in page
    assert page.count("Looks like") == 1


def test_rows_like_one_in_the_book_can_be_had_alone(browser: Browser) -> None:
    bea()
    job = planned(browser, FILE)
    page = page_of(browser, f"/import/{job.pk}/?outcome=alike")
    assert "Like one in the book 1" in page
    assert "Beatrice" in page
    assert "Cy Baker" not in page


def test_after_the_import_they_are_still_told(browser: Browser) -> None:
    known = bea()
    job = imported_by_pages(browser, FILE)
    assert Client.objects.count() == 3
    assert f"/clients/{known.pk}/" in page_of(browser, f"/import/{job.pk}/?outcome=alike")


def test_the_remarks_as_a_file_have_them_too(browser: Browser) -> None:
    bea()
    job = planned(browser, FILE)
    (line,) = lines_of(browser, f"/import/{job.pk}/remarks.csv")[1:]
    assert line.startswith("file1.csv,2,Beatrice Adams-Hill,warning,")
    assert "Looks like Bea Adams in the book: same phone." in line


def test_a_client_that_is_found_again_looks_like_nobody(tmp_path: Path) -> None:
    path = write(tmp_path, FILE)
    imported(path)
    assert remarks(imported(path, is_dry=True)) == []


def test_a_dry_run_of_the_command_says_it(tmp_path: Path) -> None:
    bea()
    run = imported(write(tmp_path, FILE), is_dry=True)
    assert remarks(run) == [(Kind.ALIKE, 2, "", "")]
    (issue,) = run.issues
    assert issue.message == "Looks like Bea Adams in the book: same phone."


def queries_of(path: Path) -> int:
    run = ImportRun(path)
    with CaptureQueriesContext(connection) as seen:
        list(run.plan_rows())
    return len(seen)


def test_more_new_clients_take_no_more_queries(tmp_path: Path) -> None:
    bea()
    one = write(tmp_path, "\n".join(FILE.splitlines()[:2]), "one.csv")
    more = "".join(f"Dee,Drew{n},303-555-01{n},d{n}@example.com\n" for n in range(10, 40))
    assert queries_of(one) == queries_of(write(tmp_path, FILE + more, "many.csv"))
