"""The door: wrong password, right password, out again, forgotten password."""

import re

from django.core import mail
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User


def sign_in_with(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_wrong_password_is_told_and_the_right_one_goes_where_one_wanted(
    page: Page, mona: User
) -> None:
    page.goto("/pets/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in_with(page, mona.email, "bones-and-balls")
    expect(page.get_by_role("alert")).to_contain_text("password")
    expect(page.get_by_label("E-mail")).to_have_value(mona.email)
    sign_in_with(page, mona.email, "paws-and-tails")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pet Profiles")


def test_who_signs_out_is_out(page: Page, mona: User) -> None:
    page.goto("/")
    sign_in_with(page, mona.email, "paws-and-tails")
    page.get_by_label("Your account: Mona Manager").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto("/clients/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(page: Page, cleo: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail").fill(cleo.email.upper())
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    (letter,) = mail.outbox
    assert letter.to == [cleo.email]
    link = re.search(r"https?://\S+", str(letter.body))
    assert link
    page.goto(link[0])
    page.get_by_label("New Password", exact=False).first.fill("walks-at-dawn-7")
    page.get_by_label("New Password (again)").fill("walks-at-dawn-7")
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Password saved")
    page.get_by_role("link", name="Sign in").click()
    sign_in_with(page, cleo.email, "paws-and-tails")
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in_with(page, cleo.email, "walks-at-dawn-7")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)
    page.goto(link[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
