"""The agreement: asked, kept in versions, readable for the office and for who agreed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.invites.actions import invite_client
from pawfile.invites.models import Agreement, Consent
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.invites.letters import SITE, code_to
from tests.invites.test_registering import PAT
from tests.profiles.pages import problems, read

SignIn = Callable[[User], Browser]


def ask(text: str) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(agreement_text=text)


def register(**typed: str) -> Any:
    return Browser().post("/register/", PAT | typed)


def test_the_text_can_be_read_on_the_page(db: None) -> None:
    ask("Be kind.\n\n<b>Pay</b> in time.")
    box = read(Browser().get("/register/")).one("div", cls="agreement-text")
    assert box.text == "Be kind. <b>Pay</b> in time."


def test_without_consent_nobody_registers(db: None) -> None:
    ask("Be kind.")
    answer = register()
    assert (answer.status_code, problems(read(answer))) == (
        422,
        ["I have read the agreement and agree: Read the agreement and tick the box."],
    )
    assert User.objects.count() == 0


def test_consent_is_kept_with_version_and_time(db: None) -> None:
    ask("Be kind.")
    before = timezone.now()
    assert register(agreement="on").status_code == 302
    consent = Consent.objects.get()
    assert (consent.agreement.number, consent.agreement.text, consent.name) == (
        1, "Be kind.", "Pat Parker",
    )  # fmt: skip
    assert consent.client == Client.objects.get()
    assert timedelta() <= consent.given_at - before < timedelta(minutes=1)


def test_another_text_is_another_version_and_the_same_is_not(db: None) -> None:
    for number, text in enumerate(["Be kind.", "Be kind. ", "Be kinder.", "Be kind."]):
        ask(text)
        register(agreement="on", email=f"pat{number}@example.com")
    assert list(Agreement.objects.order_by("number").values_list("number", "text")) == [
        (1, "Be kind."), (2, "Be kinder."), (3, "Be kind."),
    ]  # fmt: skip
    numbers = Consent.objects.order_by("pk").values_list("agreement__number", flat=True)
    assert list(numbers) == [1, 1, 2, 3]


def test_a_text_that_changed_while_the_page_was_open_is_read_again(db: None) -> None:
    ask("Be kind.")
    seen = read(Browser().get("/register/")).one("input", name="agreement_seen").attrs["value"]
    ask("Give us your house.")
    answer = register(agreement="on", agreement_seen=seen)
    page = read(answer)
    assert (answer.status_code, problems(page)) == (
        422,
        ["I have read the agreement and agree: The agreement was changed just now. Read it again."],
    )
    assert page.one("div", cls="agreement-text").text == "Give us your house."
    fresh = page.one("input", name="agreement_seen").attrs["value"]
    assert register(agreement="on", agreement_seen=fresh).status_code == 302


def test_without_a_text_nothing_is_asked_or_kept(db: None) -> None:
    ask("  \n ")
    assert read(Browser().get("/register/")).all("input", name="agreement") == []
    register()
    assert (Agreement.objects.count(), Consent.objects.count()) == (0, 0)


def test_invited_people_agree_too(mona: User) -> None:
    ask("Be kind.")
    home = make_client(email="pat@example.com")
    invite_client(client=home, email=home.email, words="", by=mona, site=SITE)
    code = code_to(home.email)
    assert register(code=code).status_code == 422
    assert register(code=code, agreement="on").headers["Location"] == "/start/"
    assert [consent.client for consent in Consent.objects.all()] == [home]


@pytest.fixture
def agreed(db: None) -> Client:
    ask("Be kind.")
    register(agreement="on")
    ask("Be kinder.")
    register(agreement="on", email="later@example.com", first_name="Lou")
    return Client.objects.get(first_name="Pat")


def panel(browser: Browser, client: Client) -> str:
    return read(browser.get(f"/clients/{client.pk}/registration/")).one("main").text


def test_the_office_and_the_client_read_what_was_agreed_to(
    signed_in: SignIn, agreed: Client, mona: User, ada: User
) -> None:
    for user in (mona, ada, agreed.logins.get()):
        browser = signed_in(user)
        page = read(browser.get(f"/clients/{agreed.pk}/registration/"))
        links = [a for a in page.one("main").all("a") if "Agreed to version 1" in a.text]
        assert len(links) == 1
        text = read(browser.get(links[0].attrs["href"])).one("main").text
        assert "Be kind." in text


def test_a_client_reads_only_the_own_version_the_office_every_one(
    signed_in: SignIn, agreed: Client, mona: User, sam: User
) -> None:
    urls = [
        f"/agreements/{pk}/"
        for pk in Agreement.objects.order_by("number").values_list("pk", flat=True)
    ]
    statuses = {
        name: [signed_in(user).get(url).status_code for url in urls]
        for name, user in {"pat": agreed.logins.get(), "mona": mona, "sam": sam}.items()
    }
    assert statuses == {"pat": [200, 404], "mona": [200, 200], "sam": [403, 403]}
