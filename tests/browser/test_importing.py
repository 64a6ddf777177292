"""From the file of another program to clients in the book, on a desk and on a phone."""

from threading import Event

import pytest
from playwright.sync_api import FilePayload, expect
from pytest_django.fixtures import Settings

from pawfile.accounts.models import User
from pawfile.jobs.worker import work
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, WIDE, Windows, overflow

CLIENTS = (
    "Client ID,First Name,Last Name,Email,Favourite tea\n"
    "7,Bea,Adams,bea@example.com,Assam\n"
    "9,,Cole,cole@example.com,\n"
)
PETS = "Pet ID,Owner ID,Name,Animal\n70,7,Rex,Dog\n"


def sheet(name: str, text: str) -> FilePayload:
    return {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}


@pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
def test_files_are_looked_at_previewed_and_imported(
    window: Windows, ada: User, settings: Settings, width: dict[str, object]
) -> None:
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}
    page = window(ada, **width)
    page.goto("/import/")
    page.get_by_label("Files").set_input_files([sheet("clients", CLIENTS), sheet("pets", PETS)])
    page.get_by_role("button", name="Look at the files").click()
    expect(page.get_by_role("heading", name="What each column is", level=1)).to_be_visible()
    expect(page.get_by_role("combobox", name="Email goes to")).to_have_value("client.email")
    assert overflow(page) == 0
    page.get_by_role("combobox", name="Favourite tea goes to").select_option("client.house_notes")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("The files are read")).to_be_visible()
    work(stop=Event(), once=True)
    expect(page.get_by_role("link", name="To create 2")).to_be_visible()
    expect(page.get_by_text("A client needs a first and a last name.")).to_be_visible()
    assert overflow(page) == 0
    assert not Client.objects.exists()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Rows are imported")).to_be_visible()
    work(stop=Event(), once=True)
    expect(page.get_by_role("link", name="Created 2")).to_be_visible()
    bea = Client.objects.get()
    assert (bea.house_notes, Pet.objects.get().client) == ("Assam", bea)
    with page.expect_download() as download:
        page.get_by_role("link", name="1 row of clients.csv").click()
    assert download.value.suggested_filename == "clients problems.csv"


def test_a_saved_mapping_makes_a_field_and_is_deleted(
    window: Windows, ada: User, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}
    page = window(ada, **PHONE)
    for _time in range(2):
        page.goto("/import/")
        page.get_by_label("Files").set_input_files([sheet("clients", CLIENTS)])
        page.get_by_role("button", name="Look at the files").click()
        tea = page.get_by_role("combobox", name="Favourite tea goes to")
        expect(tea).to_be_visible()
        use = page.get_by_role("button", name="Use the mapping “Teas”")
        if _time:
            use.click()
            expect(tea.locator("option:checked")).to_have_text("Client: new field (Text)")
        else:
            expect(use).to_have_count(0)
            tea.select_option(label="New field: Text (as its cells look)")
            page.get_by_label("Save this mapping as").fill("Teas")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_text("The files are read")).to_be_visible()
        work(stop=Event(), once=True)
        expect(page.get_by_text("The import makes a field of your own")).to_be_visible()
        assert overflow(page) == 0
    page.goto("/import/mappings/")
    page.locator("summary", has_text="Delete").click()
    page.get_by_role("button", name="Delete “Teas”").click()
    expect(page.get_by_text("No saved mappings")).to_be_visible()
