"""Ticking rows of the client table and inviting them, at a desk, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.invites.models import Invite
from tests.browser.windows import PHONE, Windows, overflow
from tests.factories import make_client


@pytest.fixture(autouse=True)
def _three_homes(db: None) -> None:
    for number, name in enumerate(("Adams", "Baker", "Cole")):
        make_client(first_name="Bea", last_name=name, email=f"c{number}@example.com")


def test_ticked_rows_are_invited_with_own_words(window: Windows, mona: User) -> None:
    page = window(mona)
    page.goto("/clients/")
    invite = page.get_by_role("button", name="Invite", exact=True)
    expect(invite).to_be_hidden()
    page.get_by_label("Tick Adams, Bea").check()
    page.get_by_label("Tick Cole, Bea").check()
    expect(page.get_by_text("2 ticked")).to_be_visible()
    assert overflow(page) == 0
    invite.click()
    expect(page.get_by_role("heading", name="2 clients get an invite each")).to_be_visible()
    page.get_by_label("Your own words").fill("Welcome to our book.")
    page.get_by_role("button", name="Send 2 invites").click()
    expect(page.get_by_text("2 invites are on their way.")).to_be_visible()
    assert sorted(Invite.objects.values_list("email", "words")) == [
        ("c0@example.com", "Welcome to our book."),
        ("c2@example.com", "Welcome to our book."),
    ]


def test_the_box_on_top_ticks_all_by_keyboard_and_stays_true_after_a_search(
    window: Windows, mona: User
) -> None:
    page = window(mona)
    page.goto("/clients/")
    every = page.get_by_role("table").get_by_label("Tick all of this page")
    every.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("3 ticked")).to_be_visible()
    page.get_by_label("Tick Baker, Bea").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("2 ticked")).to_be_visible()
    assert every.evaluate("box => box.indeterminate") is True
    page.get_by_label("Search clients", exact=True).fill("cole")
    expect(page.get_by_label("Tick Adams, Bea")).to_have_count(0)
    expect(page.get_by_role("button", name="Invite", exact=True)).to_be_hidden()
    page.get_by_label("Tick Cole, Bea").check()
    expect(page.get_by_text("1 ticked")).to_be_visible()


def test_ticks_are_there_again_after_going_back(window: Windows, mona: User) -> None:
    page = window(mona)
    page.goto("/clients/")
    page.get_by_label("Tick Adams, Bea").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    page.wait_for_url(re.compile("/invites/new/"))
    page.go_back()
    expect(page.get_by_label("Tick Adams, Bea")).to_be_checked()
    expect(page.get_by_text("1 ticked")).to_be_visible()


def test_a_thumb_ticks_cards_and_all_of_them(window: Windows, mona: User) -> None:
    page = window(mona, **PHONE)
    page.goto("/clients/")
    page.get_by_label("Tick Adams, Bea").tap()
    expect(page.get_by_text("1 ticked")).to_be_visible()
    page.locator("label.tick-all").tap()
    expect(page.get_by_text("3 ticked")).to_be_visible()
    assert overflow(page) == 0
    page.get_by_role("button", name="Invite", exact=True).tap()
    page.get_by_role("button", name="Send 3 invites").tap()
    expect(page.get_by_text("3 invites are on their way.")).to_be_visible()
    assert overflow(page) == 0


def test_without_script_the_bar_is_there(window: Windows, mona: User) -> None:
    page = window(mona, java_script_enabled=False)
    page.goto("/clients/")
    expect(page.locator("[data-tick-all]").first).to_be_hidden()
    page.get_by_label("Tick Baker, Bea").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_role("button", name="Send 1 invite").click()
    expect(page.get_by_text("1 invite is on its way.")).to_be_visible()


def test_the_profile_says_who_is_invited_and_sends_again(window: Windows, mona: User) -> None:
    page = window(mona)
    page.goto("/clients/")
    page.get_by_role("link", name="Adams, Bea", exact=True).click()
    doors = page.get_by_role("region", name="Logins and invites")
    doors.get_by_role("link", name="Invite", exact=True).click()
    page.get_by_role("button", name="Send invite").click()
    expect(doors).to_contain_text("c0@example.com Open until")
    doors.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("A new invite is on its way; the old code is cut.")).to_be_visible()
    doors.get_by_role("button", name="Revoke").click()
    expect(doors).to_contain_text("Revoked")
