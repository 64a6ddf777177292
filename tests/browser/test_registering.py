"""From a stranger on the phone to a client with a home and a pet; from an invite to a sitter."""

import re

import pytest
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, WIDE, Windows, overflow
from tests.invites.letters import links_in

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
PASSWORD = "three-quiet-words-9"


def path_of(link: str) -> str:
    """An address of a mail without its host, which is the test's."""
    return re.sub(r"^https?://[^/]+", "", link)


def newest_link(email: str, name: str) -> str:
    return path_of(links_in(Mail.objects.filter(to=email).latest("pk"))[name])


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@SIZES
def test_a_stranger_registers_proves_the_address_and_is_guided(
    window: Windows, ada: User, size: dict[str, object]
) -> None:
    page = window(None, **size)
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Register").click()
    for label, text in (
        ("First name", "Pat"), ("Last name", "Parker"), ("E-mail", "pat@example.com"),
        ("Phone", "(614) 555-0177"), ("Password", PASSWORD),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    assert overflow(page) == 0
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    page.goto(newest_link("pat@example.com", "confirm"))
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in(page, "pat@example.com")
    expect(page).to_have_url(re.compile("/start/"))
    assert overflow(page) == 0
    page.get_by_label("Work phone").fill("(614) 555-0188")
    page.get_by_role("button", name="Save and go on").click()
    page.locator("[name=street]").fill("9 Oak Street")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who lives here?")
    page.get_by_label("Name").fill("Biscuit")
    page.get_by_label("Animal").select_option("Dog")
    page.get_by_role("button", name="Save pet").click()
    expect(page.locator("[data-pet]")).to_have_text("Biscuit")
    client = Client.objects.get()
    assert (client.street, client.work_phone, client.status) == (
        "9 Oak Street", "(614) 555-0188", "Prospect",
    )  # fmt: skip
    assert [pet.name for pet in client.pets.all()] == ["Biscuit"]


def test_a_sitter_comes_from_an_invite_to_the_first_sign_in(window: Windows, ada: User) -> None:
    office = window(ada)
    office.goto("/users/invite/")
    office.get_by_label("Name").fill("Nadia New")
    office.get_by_label("E-mail").fill("nadia@example.com")
    office.get_by_role("button", name="Invite").click()
    expect(office.locator("tr", has_text="Nadia New")).to_contain_text("Open")
    page = window(None, **PHONE)
    page.goto(newest_link("nadia@example.com", "register"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my login").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nadia")
    assert User.objects.get_queryset().get(email="nadia@example.com").is_sitter
    office.goto("/users/")
    expect(office.locator("tr[data-user]", has_text="Nadia New")).to_contain_text("Sitter")
