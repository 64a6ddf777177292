"""With scripts switched off everything still works, a page at a time."""

import re

import pytest
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import Windows, listed
from tests.factories import make_client


@pytest.fixture
def plain(window: Windows, mona: User) -> Page:
    return window(mona, java_script_enabled=False)


def test_signing_in_and_finding_a_client(window: Windows, mona: User, cleos_home: Client) -> None:
    make_client(first_name="Bea", last_name="Baker", status="Active")
    page = window(java_script_enabled=False)
    page.goto("/clients/")
    page.get_by_label("E-mail").fill(mona.email)
    page.get_by_label("Password").fill("paws-and-tails")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(listed(page)).to_have_text(["Baker, Bea", "Carter, Cleo"])
    page.get_by_label("Search clients", exact=True).fill("carter")
    page.keyboard.press("Enter")
    expect(listed(page)).to_have_text(["Carter, Cleo"])
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("combobox", name="Status").select_option("Active")
    page.get_by_role("button", name="Apply").click()
    expect(listed(page)).to_have_text(["Baker, Bea"])
    page.get_by_role("button", name="Show Baker, Bea here").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bea Baker")


def test_a_client_and_a_pet_can_be_made(plain: Page) -> None:
    plain.goto("/clients/new/")
    plain.get_by_role("button", name="Save client").click()
    expect(plain.get_by_role("alert").get_by_role("link")).to_have_text(["First name", "Last name"])
    plain.locator("#id_first_name").fill("Bea")
    plain.locator("#id_last_name").fill("Baker")
    plain.locator("#id_alarm_company").fill("Safe & Sound")
    plain.get_by_role("group", name="Home alarm system").get_by_text("Yes").click()
    plain.get_by_role("button", name="Save client").click()
    expect(plain.get_by_text("Safe & Sound")).to_be_visible()
    plain.goto("/pets/new/")
    plain.get_by_label("Owner*", exact=True).select_option("Baker, Bea")
    plain.locator("#id_name").fill("Kiwi")
    plain.locator("#id_animal").select_option("Bird")
    plain.get_by_role("button", name="Save pet").click()
    expect(plain.get_by_role("complementary")).to_contain_text("Kiwi")
    assert Pet.objects.get().client.name == "Bea Baker"


def test_a_change_mark_is_a_page(plain: Page, ada: User, cleos_home: Client) -> None:
    update_client(cleos_home, values={"city": "Dublin"}, by=ada)
    plain.goto(f"/clients/{cleos_home.pk}/")
    mark = plain.locator("[data-field=city]")
    expect(mark).to_have_class(re.compile("unseen"))
    mark.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("City")
    expect(plain.locator("main ins")).to_have_text("Dublin")
    plain.get_by_role("link", name="Cleo Carter").click()
    expect(mark).not_to_have_class(re.compile("unseen"))
