"""Pets: made inside a client and from the list, dates, and the switch that hides one."""

import re

from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, Windows, listed
from tests.factories import make_client


def save(page: Page) -> None:
    page.get_by_role("button", name="Save pet").click()


def test_a_pet_made_inside_a_client_has_its_owner(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona)
    page.goto(f"/clients/{cleos_home.pk}/")
    page.get_by_role("link", name="New pet").click()
    expect(page.locator("[data-picker-shown]")).to_have_text("Carter, Cleo")
    page.locator("#id_name").fill("Tiger")
    page.locator("#id_animal").select_option("Cat")
    page.get_by_label("Year").fill("2020")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cleo Carter")
    expect(page.get_by_role("complementary")).to_contain_text("Tiger")
    expect(page.get_by_role("complementary")).to_contain_text(
        re.compile("Cat · about [0-9]+ years")
    )


def test_a_pet_made_from_the_list_finds_its_owner_by_keyboard(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    make_client(first_name="Bea", last_name="Baker")
    page = window(mona)
    page.goto("/pets/")
    page.get_by_role("link", name="New pet").first.click()
    save(page)
    box = page.get_by_role("alert")
    expect(box.get_by_role("link")).to_have_text(["Owner", "Name", "Animal"])
    box.get_by_role("link", name="Owner").press("Enter")
    finder = page.get_by_role("combobox", name="Find the owner")
    expect(finder).to_be_focused()
    page.keyboard.type("614 555 0123")
    choices = page.get_by_role("listbox", name="Find the owner").get_by_role("option")
    expect(choices).to_have_text([re.compile("Carter, Cleo")])
    page.keyboard.press("Enter")
    expect(page.locator("[data-picker-shown]")).to_have_text("Carter, Cleo")
    page.keyboard.press("Tab")
    page.keyboard.type("Kiwi")
    page.keyboard.press("Tab")
    page.keyboard.type("Bird")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cleo Carter")
    assert Pet.objects.get().name == "Kiwi"


def test_an_impossible_birth_date_is_told_at_its_part(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona)
    page.goto(f"/pets/new/?client={cleos_home.pk}")
    page.locator("#id_name").fill("Tiger")
    page.locator("#id_animal").select_option("Cat")
    page.get_by_label("Feeding").fill("Half a can")
    year, month, day = (page.get_by_label(part) for part in ("Year", "Month", "Day"))
    born = page.get_by_role("group", name="Born")
    for typed, wrong in (
        (("2020", "", "31"), month),
        (("2020", "April", "31"), day),
        (("2199", "", ""), year),
    ):
        year.fill(typed[0])
        month.select_option(typed[1])
        day.fill(typed[2])
        save(page)
        expect(page.get_by_role("alert").get_by_role("link", name="Born")).to_be_visible()
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(born.locator("[aria-invalid]")).to_have_count(1)
        expect(born.locator(".field-error")).to_have_count(1)
        expect(day).to_have_value(typed[2])
    expect(page.get_by_label("Feeding")).to_have_value("Half a can")


def test_an_inactive_pet_is_hidden_until_an_administrator_brings_it_back(
    window: Windows, ada: User, mona: User, sam: User, cleo: User, rex: Pet
) -> None:
    office = window(ada)
    office.goto(f"/pets/{rex.pk}/edit/")
    office.get_by_role("group", name="Active").get_by_text("No", exact=True).click()
    save(office)
    expect(office.get_by_role("heading", level=1)).to_contain_text("Inactive")
    others = [window(mona), window(sam, **PHONE), window(cleo, **PHONE)]
    for page in others:
        page.goto(f"/clients/{rex.client_id}/")
        expect(page.get_by_role("heading", name="No pets yet")).to_be_visible()
        assert "Rex" not in page.content()
        page.goto(f"/pets/{rex.pk}/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing at this address")
    office.goto("/pets/")
    expect(listed(office)).to_have_count(0)
    office.get_by_label("Active").select_option("Inactive pets")
    listed(office).get_by_text("Rex").click()
    office.get_by_role("link", name="Edit").last.click()
    office.get_by_role("group", name="Active").get_by_text("Yes").click()
    save(office)
    expect(office.get_by_role("heading", level=1)).to_have_text("Rex")
    others[1].goto(f"/clients/{rex.client_id}/")
    expect(others[1].get_by_role("link", name="Rex")).to_be_visible()
