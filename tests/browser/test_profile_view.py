"""One client a page, a picker to move on, and the choice remembered."""

import re

from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.browser.windows import Windows, listed


def test_profile_view_is_kept_after_signing_out_and_in(
    window: Windows, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    page = window(mona)
    page.goto("/clients/")
    page.get_by_role("link", name="Profile", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(cleos_home.name)
    picker = page.get_by_role("combobox", name="Go to another client")
    picker.click()
    choices = page.get_by_role("listbox", name="Go to another client").get_by_role("option")
    expect(choices).to_have_count(2)
    picker.fill("coop")
    expect(choices).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(carls_home.name)

    page.get_by_label("Your account: Mona Manager").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail").fill(mona.email)
    page.get_by_label("Password").fill("paws-and-tails")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Client Profiles").click()
    expect(page).to_have_url(re.compile(r"/clients/\d+/$"))
    page.get_by_role("link", name="Table", exact=True).click()
    expect(listed(page)).to_have_text(["Carter, Cleo", "Cooper, Carl"])


def test_sections_fold_and_say_what_is_missing(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona)
    page.goto(f"/clients/{cleos_home.pk}/")
    contact = page.locator("#contact")
    expect(contact).to_contain_text("cleo@example.com")
    contact.get_by_text("not filled in").click()
    expect(contact).to_contain_text("Work phone")
    contact.get_by_role("heading", name="Contact").click()
    expect(contact.get_by_text("cleo@example.com")).to_be_hidden()
