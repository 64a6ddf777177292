"""Administrators and people: somebody leaves, and a look through a client's eyes."""

import re

import pytest
from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from tests.browser.windows import PHONE, WIDE, Windows, overflow
from tests.factories import make_client

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])


@SIZES
def test_staff_are_invited_and_the_invite_is_revoked(
    window: Windows, ada: User, size: dict[str, object]
) -> None:
    page = window(ada, **size)
    page.goto("/users/")
    page.get_by_role("link", name="Invite staff").click()
    page.get_by_label("Name").fill("Nadia New")
    page.get_by_label("E-mail").fill("nadia@example.com")
    page.get_by_role("button", name="Invite").click()
    row = page.locator("tr", has_text="Nadia New")
    expect(row).to_contain_text("Open")
    assert overflow(page) == 0
    row.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The invite is revoked")).to_be_visible()
    expect(row).to_have_count(0)


@SIZES
def test_a_sitter_leaves_and_another_takes_over(
    window: Windows, ada: User, stan: User, cleos_home: Client, size: dict[str, object]
) -> None:
    sam = cleos_home.primary_sitter
    assert sam
    sams = window(sam)
    sams.goto("/clients/")
    page = window(ada, **size)
    page.goto(f"/users/{sam.pk}/")
    page.get_by_role("link", name="Deactivate").click()
    expect(page.get_by_text("1 client names Sam Sitter as sitter.")).to_be_visible()
    assert overflow(page) == 0
    page.get_by_label("All clients").select_option("Stan Stranger")
    page.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("Sam Sitter can no longer sign in.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inactive")
    cleos_home.refresh_from_db()
    assert cleos_home.primary_sitter == stan
    sams.reload()
    expect(sams).to_have_url(re.compile("/accounts/login/"))


@SIZES
def test_an_administrator_views_as_client_and_comes_back(
    window: Windows, ada: User, cleo: User, rex: Pet, size: dict[str, object]
) -> None:
    page = window(ada, **size)
    page.goto(f"/clients/{rex.client_id}/")
    page.get_by_role("button", name="View as client").click()
    bar = page.get_by_role("complementary", name="View as client")
    expect(bar).to_contain_text("You see what Cleo Carter sees.")
    page.goto("/my-info/")
    page.mouse.wheel(0, 900)
    expect(bar).to_be_in_viewport()
    assert overflow(page) == 0
    bar.get_by_role("button", name="Back to your own view").click()
    expect(bar).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/logins/{cleo.pk}/"))


def test_a_login_gets_a_second_home_by_the_picker(
    window: Windows, ada: User, cleo: User, cleos_home: Client
) -> None:
    make_client(first_name="Beach", last_name="House")
    page = window(ada)
    page.goto(f"/logins/{cleo.pk}/")
    page.get_by_role("combobox", name="Find the client").fill("beach")
    offered = page.locator("#attach-client-options").get_by_role("option")
    expect(offered).to_have_text([re.compile("House, Beach")])
    page.keyboard.press("Enter")
    expect(page.locator("[data-picker-shown]")).to_have_text("House, Beach")
    page.get_by_role("button", name="Attach").click()
    expect(page.locator("#homes li")).to_have_text(
        [re.compile("Carter, Cleo"), re.compile("House, Beach")]
    )
