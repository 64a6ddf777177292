"""Deleting asks for the name and offers something better."""

import pytest
from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import Windows


@pytest.mark.parametrize("noun", ["client", "pet"])
def test_deleting_asks_for_the_name(window: Windows, ada: User, rex: Pet, noun: str) -> None:
    record = rex.client if noun == "client" else rex
    page = window(ada)
    page.goto(f"/{noun}s/{record.pk}/")
    page.get_by_text("Actions").click()
    page.get_by_role("link", name="Delete").click()
    name = page.get_by_label(f"Type “{record.name}” to delete")
    name.fill("rex carter")
    page.get_by_role("button", name=f"Delete {noun}").click()
    expect(page.get_by_text(f"Type the name exactly: {record.name}")).to_be_visible()
    expect(name).to_have_value("rex carter")
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill(record.name)
    page.get_by_role("button", name=f"Delete {noun}").click()
    expect(page.get_by_text(f"{record.name} was deleted.")).to_be_visible()
    assert not Pet.objects.exists()
    assert Client.objects.exists() is (noun == "pet")


def test_a_client_can_be_made_inactive_instead_and_come_back(
    window: Windows, ada: User, cleos_home: Client
) -> None:
    page = window(ada)
    page.goto(f"/clients/{cleos_home.pk}/delete/")
    page.get_by_role("button", name="Make inactive").click()
    expect(page.get_by_text("Nothing was deleted.")).to_be_visible()
    page.goto("/clients/")
    expect(page.get_by_role("heading", name="No clients yet")).to_be_visible()
    page.goto("/clients/?status=Inactive")
    page.get_by_role("link", name="Carter, Cleo").click()
    page.get_by_role("link", name="Edit").last.click()
    page.get_by_role("combobox", name="Status").select_option("Active")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Active")
