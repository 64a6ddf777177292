"""Mappings of columns saved under a name and used with later files."""

from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.cli import main
from pawfile.imports.models import ClientExtra, ImportJob, ImportState, SavedMapping
from pawfile.jobs.worker import work
from pawfile.profiles.models import Client, Pet
from tests.imports.files import write
from tests.imports.pages import begun, imported, page_of

pytestmark = pytest.mark.django_db
CLIENTS = (
    "Client ID,First Name,Last Name,Login Password,Favourite tea,Shoe size\n"
    "7,Bea,Adams,hush-hush,Assam,38\n"
)
PETS = "Pet ID,Owner ID,Name,Animal,Born,Favourite tea\n70,7,Rex,Dog,03/04/2020,Chai\n"
CHOSEN = {
    "c0-4": "client.sitter_notes", "c0-5": "-", "c1-5": "pet.feeding", "d1-4": "day",
    "save_as": " Tea  parties ",
}  # fmt: skip


def saved(browser: Browser) -> SavedMapping:
    imported(browser, CLIENTS, PETS, **CHOSEN)
    return SavedMapping.objects.get()


def use(browser: Browser, mapping: SavedMapping, *texts: str) -> str:
    """The page of columns after the mapping was used."""
    job = begun(browser, *texts)
    url = f"/import/{job.pk}/columns/use/"
    answer = browser.post(url, {"mapping": mapping.pk}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_choices_are_saved_under_a_name_without_columns_of_passwords(
    browser: Browser, ada: User
) -> None:
    mapping = saved(browser)
    assert (mapping.name, mapping.made_by) == ("Tea parties", ada)
    clients, pets = mapping.tables
    assert clients["targets"] == {
        "Client ID": "client.source_id", "First Name": "client.first_name",
        "Last Name": "client.last_name", "Favourite tea": "client.sitter_notes", "Shoe size": "-",
    }  # fmt: skip
    assert pets["targets"]["Favourite tea"] == "pet.feeding"
    assert pets["days"] == {"Born": "day"}
    said = Activity.objects.filter(kind=ActivityKind.IMPORT, about="Tea parties")
    assert said.get().new_text == "Mapping saved"


def test_without_a_name_nothing_is_saved(browser: Browser) -> None:
    imported(browser, CLIENTS, save_as="  ")
    assert not SavedMapping.objects.exists()


def test_files_with_the_same_headings_are_offered_it_and_others_not(browser: Browser) -> None:
    saved(browser)
    offer = "Use the mapping “Tea parties”"
    for texts in ((CLIENTS, PETS), (PETS,), (CLIENTS.replace("Shoe size", "Shoe size,New"),)):
        assert offer in page_of(browser, f"/import/{begun(browser, *texts).pk}/columns/")
    other = begun(browser, "First Name,Last Name\nCy,Baker\n")
    assert offer not in page_of(browser, f"/import/{other.pk}/columns/")


def test_a_used_mapping_chooses_the_columns_and_the_order_of_days(browser: Browser) -> None:
    mapping = saved(browser)
    page = use(browser, mapping, PETS, CLIENTS)
    assert '<option value="client.sitter_notes" selected>' in page
    assert '<option value="pet.feeding" selected>' in page
    assert '<option value="day" selected>' in page
    job = ImportJob.objects.latest("pk")
    assert job.state == ImportState.COLUMNS
    Client.objects.all().delete()
    for address in ("columns", "start"):
        assert browser.post(f"/import/{job.pk}/{address}/").status_code == 302
        work(stop=Event(), once=True)
    assert (Client.objects.get().sitter_notes, Pet.objects.get().feeding) == ("Assam", "Chai")
    assert Pet.objects.get().born_month == 4


def test_a_field_that_is_gone_leaves_its_column_as_proposed(browser: Browser) -> None:
    mapping = saved(browser)
    mapping.tables[0]["targets"]["Favourite tea"] = "client.cf_4711"
    mapping.save()
    page = use(browser, mapping, CLIENTS)
    assert "cf_4711" not in page
    assert '<option value="-" selected>' in page


def test_a_name_that_is_taken_is_said_and_can_be_replaced(browser: Browser) -> None:
    saved(browser)
    job = begun(browser, CLIENTS)
    url = f"/import/{job.pk}/columns/"
    chosen = {"c0-4": "client.house_notes", "save_as": "tea parties"}
    answer = browser.post(url, chosen)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a mapping “Tea parties” already." in page
    assert '<option value="client.house_notes" selected>' in page
    assert 'value="tea parties"' in page
    assert browser.post(url, chosen | {"replace": "on"}).status_code == 302
    (table,) = SavedMapping.objects.get(name="Tea parties").tables
    assert table["targets"]["Favourite tea"] == "client.house_notes"


def test_a_mapping_that_is_gone_is_said(browser: Browser) -> None:
    job = begun(browser, CLIENTS)
    for pk in ("4711", "x", ""):
        answer = browser.post(f"/import/{job.pk}/columns/use/", {"mapping": pk}, follow=True)
        assert "no longer there to use" in answer.content.decode()


def test_the_list_names_them_and_deletes_one(browser: Browser) -> None:
    mapping = saved(browser)
    page = page_of(browser, "/import/mappings/")
    assert "11 columns" in page
    assert "Shoe size" in page
    answer = browser.post(f"/import/mappings/{mapping.pk}/delete/", follow=True)
    assert "The mapping “Tea parties” is deleted." in answer.content.decode()
    assert not SavedMapping.objects.exists()
    assert Client.objects.exists()
    assert Activity.objects.filter(new_text="Mapping deleted").exists()


def test_more_mappings_take_no_more_queries(browser: Browser) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/import/mappings/").status_code == 200
        return len(seen)

    mapping = saved(browser)
    browser.get("/import/mappings/")
    few = queries()
    for name in ("b", "c"):
        SavedMapping.objects.create(name=name, tables=mapping.tables, made_by=mapping.made_by)
    assert queries() == few


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["import", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_command_uses_it_by_its_name(browser: Browser, tmp_path: Path) -> None:
    mapping = saved(browser)
    Client.objects.all().delete()
    files = write(tmp_path, CLIENTS), write(tmp_path, PETS, "pets.csv")
    code, output = run(*files, "--mapping", mapping.name)
    assert code == 0, output
    assert Client.objects.get().sitter_notes == "Assam"
    pet = Pet.objects.get()
    assert (pet.feeding, pet.born_day, pet.born_month) == ("Chai", 3, 4)
    assert not ClientExtra.objects.exists()


def test_what_the_command_says_besides_goes_before_the_mapping(
    browser: Browser, tmp_path: Path
) -> None:
    mapping = saved(browser)
    Client.objects.all().delete()
    more = ("--map", "Favourite tea=client.house_notes")
    code, output = run(write(tmp_path, CLIENTS), "--mapping", mapping.name, *more)
    assert code == 0, output
    bea = Client.objects.get()
    assert (bea.sitter_notes, bea.house_notes) == ("", "Assam")


def test_the_command_names_mappings_that_are_there_and_files_that_do_not_fit(
    browser: Browser, tmp_path: Path
) -> None:
    saved(browser)
    code, output = run(write(tmp_path, CLIENTS), "--mapping", "Coffee")
    assert (code, "There are: “Tea parties”." in output) == (2, True)
    code, output = run(write(tmp_path, "First Name,Last Name\nCy,Baker\n"), "--mapping",
                       "Tea parties")  # fmt: skip
    assert (code, "No file has the headings" in output) == (2, True)
