"""Pets: made inside a client and from the list, dates, and the switch that hides one."""

import re

import pytest
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, Windows, listed


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
    window: Windows, ada: User, request: pytest.FixtureRequest, rex: Pet
) -> None:
    mona, sam, cleo = (request.getfixturevalue(name) for name in ("mona", "sam", "cleo"))
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
