"""Columns for which an import makes a field of the company's own, when it starts."""

import re
from datetime import date
from threading import Event

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.actions import add_field
from pawfile.fields.catalogue import catalogue
from pawfile.fields.models import CustomField
from pawfile.fields.registry import Access, Kind
from pawfile.imports.models import ClientExtra, ImportJob, ImportState, SavedMapping
from pawfile.imports.new_fields import guessed_kind, new_targets
from pawfile.jobs.worker import work
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client
from tests.imports.pages import begun, imported, page_of, planned

pytestmark = pytest.mark.django_db
CLIENTS = (
    "Client ID,First Name,Last Name,Tea,Vegan,Member since\n"
    "7,Bea,Adams,Assam,Yes,2019-03-04\n"
    "8,Cy,Baker,,no,2020-11-30\n"
)
PETS = "Pet ID,Owner ID,Name,Animal,Tea\n70,7,Rex,Dog,Chai\n"


def new(heading: str, word: str, subject: str = "client") -> str:
    (found,) = [each for each in new_targets(heading)[subject] if f"-{word}-" in each]
    return found


CHOSEN = {
    "c0-3": new("Tea", "text"), "c0-4": new("Vegan", "yesno"), "c0-5": new("Member since", "date"),
    "c1-4": new("Tea", "text", "pet"),
}  # fmt: skip


def field_called(label: str, subject: str = "client") -> CustomField:
    field: CustomField = CustomField.objects.of(subject).get(label=label)
    return field


def test_the_preview_shows_the_texts_and_makes_no_field(browser: Browser) -> None:
    job = planned(browser, CLIENTS, PETS, **CHOSEN)
    page = page_of(browser, f"/import/{job.pk}/")
    names = "Tea (Client), Vegan (Client), Member since (Client), Tea (Pet)"
    assert f"The import makes 4 fields of your own: {names}." in page
    assert "<p>Tea: Assam</p>" in page
    assert "<p>Vegan: No</p>" in page
    assert not CustomField.objects.exists()
    assert not Client.objects.exists()


def test_the_import_makes_the_fields_and_fills_them(browser: Browser, ada: User) -> None:
    imported(browser, CLIENTS, PETS, **CHOSEN)
    bea = Client.objects.get(first_name="Bea")
    tea, vegan, since = (field_called(label) for label in ("Tea", "Vegan", "Member since"))
    assert [tea.kind, vegan.kind, since.kind] == [Kind.TEXT, Kind.YES_NO, Kind.DATE]
    assert bea.field_value(tea.key) == "Assam"
    assert bea.field_value(vegan.key) is True
    assert bea.field_value(since.key) == date(2019, 3, 4)
    assert Pet.objects.get().field_value(field_called("Tea", "pet").key) == "Chai"
    assert not ClientExtra.objects.exists()


def test_only_the_office_sees_a_new_field(browser: Browser) -> None:
    imported(browser, CLIENTS, **{"c0-3": new("Tea", "text")})
    field = catalogue("client").fields[field_called("Tea").key]
    assert (field.manager, field.sitter, field.client) == (Access.SHOW, Access.HIDE, Access.HIDE)


def test_the_same_file_again_finds_the_field_and_changes_nothing(browser: Browser) -> None:
    imported(browser, CLIENTS, **{"c0-3": new("Tea", "text")})
    job = imported(browser, CLIENTS)
    assert set(job.rows.values_list("outcome", flat=True)) == {"unchanged"}
    assert CustomField.objects.count() == 1


def test_an_update_shows_what_is_added_to_a_client(browser: Browser) -> None:
    imported(browser, CLIENTS, **{"c0-3": "-"})
    job = planned(browser, CLIENTS, **{"c0-3": new("Tea", "text")})
    assert "<p>Tea: Assam</p>" in page_of(browser, f"/import/{job.pk}/?outcome=update")


def test_columns_of_one_heading_share_a_field(browser: Browser) -> None:
    more = CLIENTS.replace("7,Bea", "9,Dee").replace("8,Cy", "10,Eli")
    tea = new("Tea", "text")
    imported(browser, CLIENTS, more, **{"c0-3": tea, "c1-3": tea})
    key = field_called("Tea").key
    assert [each.field_value(key) for each in Client.objects.order_by("first_name")] == [
        "Assam", "", "Assam", "",
    ]  # fmt: skip


def answer_to(browser: Browser, *texts: str, **chosen: str) -> str:
    job = begun(browser, *texts)
    answer = browser.post(f"/import/{job.pk}/columns/", chosen)
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_name_that_exists_is_said(browser: Browser, ada: User) -> None:
    add_field(subject="client", values={"label": "tea", "kind": Kind.TEXT}, by=ada)
    page = answer_to(browser, CLIENTS, **{"c0-3": new("Tea", "long")})
    assert "Tea: There is a field “tea” already." in page
    assert f'<option value="{new("Tea", "long")}" selected>' in page


def test_two_kinds_for_one_name_are_refused(browser: Browser) -> None:
    chosen = {"c0-3": new("Tea", "text"), "c1-3": new("Tea", "long")}
    assert "Choose one kind." in answer_to(browser, CLIENTS, CLIENTS, **chosen)


def test_a_field_of_pets_needs_pets(browser: Browser) -> None:
    page = answer_to(browser, CLIENTS, **{"c0-3": new("Tea", "text", "pet")})
    assert "Tea: rows of this table cannot fill Pet: new field (Text)." in page


def test_a_field_of_clients_is_not_filled_from_a_table_of_pets(browser: Browser) -> None:
    page = answer_to(browser, CLIENTS, PETS, **{"c1-4": new("Tea", "text")})
    assert "Tea: rows of this table cannot fill Client: new field (Text)." in page


def test_a_code_in_a_new_field_is_told_in_the_preview(browser: Browser) -> None:
    text = CLIENTS.replace("Assam", "Alarm code 4711#")
    job = planned(browser, text, **{"c0-3": new("Tea", "text")})
    assert "Looks like a code" in page_of(browser, f"/import/{job.pk}/")


def test_a_target_of_another_heading_is_refused(browser: Browser) -> None:
    page = answer_to(browser, CLIENTS, **{"c0-3": new("Vegan", "text")})
    assert "Tea: choose one of the list." in page


def test_a_name_taken_since_the_preview_stops_the_start_and_nothing_is_made(
    browser: Browser, ada: User
) -> None:
    job = planned(browser, CLIENTS, **CHOSEN)
    add_field(subject="client", values={"label": "Vegan", "kind": Kind.TEXT}, by=ada)
    answer = browser.post(f"/import/{job.pk}/start/", follow=True)
    assert "There is a field “Vegan” already." in answer.content.decode()
    work(stop=Event(), once=True)
    job.refresh_from_db()
    assert job.state == ImportState.PLANNED
    assert [field.label for field in CustomField.objects.all()] == ["Vegan"]
    assert not Client.objects.exists()


def test_a_saved_mapping_goes_to_the_field_once_it_is_there(browser: Browser) -> None:
    imported(browser, CLIENTS, save_as="Teas", **CHOSEN)
    job = begun(browser, CLIENTS)
    mapping = SavedMapping.objects.get()
    browser.post(f"/import/{job.pk}/columns/use/", {"mapping": mapping.pk})
    page = page_of(browser, f"/import/{job.pk}/columns/")
    assert f'<option value="client.{field_called("Tea").key}" selected>' in page


def test_the_kind_that_the_cells_look_like_is_offered_first(browser: Browser) -> None:
    job = begun(browser, CLIENTS)
    page = page_of(browser, f"/import/{job.pk}/columns/")
    first = re.findall(r'label="New field of the client"><option value="client\.new-(\w+)-', page)
    assert first == ["text", "text", "text", "text", "yesno", "date"]


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (["Yes", "n"], "yesno"),
        (["Yes", "sometimes"], "text"),
        (["31/12/2020", "01.02.2021"], "date"),
        (["2020-12-31", "soon"], "text"),
        (["one\ntwo"], "long"),
        (["a" * 81, "b"], "long"),
        ([], "text"),
        (["N/A", "-"], "text"),
    ],
)
def test_kinds_are_guessed_from_cells(cells: list[str], word: str) -> None:
    assert guessed_kind(cells) == word


def undone(browser: Browser, job: ImportJob) -> ImportJob:
    browser.post(f"/import/{job.pk}/undo/")
    work(stop=Event(), once=True)
    job.refresh_from_db()
    assert job.state == ImportState.UNDONE, job.reason
    return job


def own_labels() -> list[str]:
    return [str(each.label) for s in ("client", "pet") for each in catalogue(s).custom]


def test_undoing_puts_the_fields_away_that_the_import_made(browser: Browser, ada: User) -> None:
    add_field(subject="client", values={"label": "Own", "kind": "text"}, by=ada)
    before = catalogue("client").sections
    job = imported(browser, CLIENTS, PETS, **CHOSEN)
    assert own_labels() == ["Own", "Tea", "Vegan", "Member since", "Tea"]
    assert undone(browser, job).left == []
    assert own_labels() == ["Own"]
    assert catalogue("client").sections == before
    assert "the book is as it was before" in page_of(browser, f"/import/{job.pk}/")
    assert undone(browser, imported(browser, CLIENTS, PETS, **CHOSEN)).left == []


def test_a_field_that_is_filled_in_by_now_stays_and_is_named(browser: Browser, ada: User) -> None:
    job = imported(browser, CLIENTS, PETS, **CHOSEN)
    vegan = field_called("Vegan")
    update_client(make_client(last_name="Other"), values={vegan.key: True}, by=ada)
    left = {name: (url, why) for name, url, why in undone(browser, job).left}
    address = f"/options/clients/client/{vegan.key}/"
    assert left["Vegan"] == (address, "It is filled in by now.")
    assert "Vegan" in own_labels()
    assert f'href="{address}"' in page_of(browser, f"/import/{job.pk}/")


def test_a_field_stays_if_the_fields_were_changed_since(browser: Browser, ada: User) -> None:
    job = imported(browser, CLIENTS, PETS, **CHOSEN)
    add_field(subject="client", values={"label": "Own", "kind": "text"}, by=ada)
    left = [(name, why) for name, _url, why in undone(browser, job).left]
    assert left == [
        (name, "Fields were changed since.") for name in ("Member since", "Vegan", "Tea")
    ]
    assert own_labels() == ["Tea", "Vegan", "Member since", "Own"]
