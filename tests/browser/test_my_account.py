"""My Account in the browser: passkeys with a virtual device, app, codes, sessions, address."""

import re

import pytest
from django.core import mail
from playwright.sync_api import CDPSession, Page, expect

from pawfile.accounts.models import User
from tests.accounts.people import PASSWORD, add_app, link_in, shown_by_app
from tests.browser.windows import PHONE, Windows

FACTORS = "/account/factors/"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page: Page, **more: bool | str) -> CDPSession:
    """A device in this window that makes and shows passkeys, finger held on it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **more}})
    return tools


def type_password(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def add_passkey(page: Page, name: str = "My phone", *, is_alone: bool = True) -> None:
    page.goto(FACTORS)
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Sign in with it alone").set_checked(is_alone)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator("#recovery-codes code")).to_have_count(10)


def sign_out(page: Page) -> None:
    page.locator(".user-name, summary .avatar").first.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def is_home(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"^http://[^/]+/$"))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_a_passkey_is_added_signs_in_alone_and_is_removed(
    window: Windows, sam: User, options: dict[str, object]
) -> None:
    page = window(**options)
    give_device(page)
    type_password(page, sam)
    add_passkey(page)
    sign_out(page)
    page.goto("/accounts/login/?next=/vets/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vets")
    page.goto(FACTORS)
    expect(page.locator("[data-passkey-row]")).to_contain_text("My phone")
    page.get_by_role("link", name="Rename My phone").click()
    prove(page)
    page.get_by_label("Name").fill("Old phone")
    page.get_by_role("button", name="Save name").click()
    page.get_by_role("link", name="Remove Old phone").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_have_count(0)
    expect(page.locator("[data-passkey-row]")).to_have_count(0)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[role=alert], .toast").filter(has_text="does not fit")).to_be_visible()
    assert [letter.subject for letter in mail.outbox] == ["Passkey added", "Passkey removed"]


def test_a_security_key_is_asked_for_after_the_password(page: Page, sam: User) -> None:
    give_device(page, hasUserVerification=False, isUserVerified=False, transport="usb")
    type_password(page, sam)
    add_passkey(page, "Key on my ring", is_alone=False)
    sign_out(page)
    type_password(page, sam)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use the passkey").click()
    is_home(page)


def test_a_passkey_leads_to_no_other_site_and_lets_in_nobody_who_is_switched_off(
    page: Page, sam: User
) -> None:
    give_device(page)
    type_password(page, sam)
    add_passkey(page)
    sign_out(page)
    planted = {c["name"]: c["value"] for c in page.context.cookies()}.get("sessionid")
    page.goto("/accounts/login/?next=https://evil.example/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_home(page)
    assert {c["name"]: c["value"] for c in page.context.cookies()}["sessionid"] != planted
    User.objects.get_queryset().filter(pk=sam.pk).update(is_active=False)
    page.goto("/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This login is switched off")


def test_a_device_that_says_no_is_told_in_words(page: Page, sam: User) -> None:
    give_device(page, isUserVerified=False)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Nothing was chosen. Try again when you have it at hand."
    )


def test_a_passkey_proves_that_it_is_oneself(page: Page, sam: User) -> None:
    give_device(page)
    type_password(page, sam)
    add_passkey(page)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_home(page)
    page.goto("/account/email/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E-mail address")


def test_an_app_is_set_up_by_its_key_and_asked_for(page: Page, cleo: User) -> None:
    type_password(page, cleo)
    page.goto(FACTORS)
    page.get_by_role("link", name="Set up the app").click()
    prove(page)
    expect(page.locator("svg.qr")).to_be_visible()
    secret = page.locator("#totp-key").inner_text()
    page.get_by_label("Six digits").fill(shown_by_app(secret))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    code, *_rest = download.value.path().read_text().split()
    sign_out(page)
    type_password(page, cleo)
    page.get_by_label("Code of your app").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    is_home(page)
    sign_out(page)
    type_password(page, cleo)
    page.get_by_label("Code of your app").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("That does not fit.")).to_be_visible()


def test_the_code_of_this_half_minute_signs_in(page: Page, mona: User) -> None:
    secret = add_app(mona)
    type_password(page, mona)
    page.get_by_label("Code of your app").fill(shown_by_app(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    is_home(page)


def test_one_signs_out_there_and_stays_here(window: Windows, sam: User) -> None:
    here, there = window(), window(**PHONE)
    type_password(here, sam)
    type_password(there, sam)
    is_home(there)
    here.goto("/account/sessions/")
    here.get_by_role("button", name="Sign out there").click()
    expect(here.get_by_role("button", name="Sign out there")).to_have_count(0)
    there.goto("/pets/")
    expect(there.get_by_role("heading", level=1)).to_have_text("Sign in")
    here.goto("/pets/")
    expect(here.get_by_role("heading", level=1)).to_have_text("Pet Profiles")


def test_a_new_address_is_proven_by_mail(page: Page, cleo: User) -> None:
    type_password(page, cleo)
    page.goto("/account/")
    page.get_by_role("link", name="Change e-mail address").click()
    prove(page)
    page.get_by_label("New address").fill("cleo.moved@example.com")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Waiting for its proof")).to_be_visible()
    page.goto(link_in(mail.outbox[0], "/accounts/email/confirm/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My Account")
    expect(page.get_by_role("main")).to_contain_text("cleo.moved@example.com")
    assert mail.outbox[-1].to == [cleo.email]
    cleo.email = "cleo.moved@example.com"
    sign_out(page)
    type_password(page, cleo)
    is_home(page)
