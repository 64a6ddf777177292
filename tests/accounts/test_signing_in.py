"""Sign-in, sign-out, forgotten passwords, through the pages."""

import re

import pytest
from django.core import mail
from django.test import Client as Browser

from pawfile.accounts.models import User

PASSWORD = "paws-and-tails"
LOGIN = "/accounts/login/"


def sign_in(browser: Browser, user: User, password: str = PASSWORD, **more: str) -> int:
    sent = {"login": user.email, "password": password, **more}
    return browser.post(LOGIN, sent).status_code


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/").status_code == 200


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_everybody_signs_in_and_out(who: str, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(who)
    browser = Browser()
    assert not is_signed_in(browser)
    assert sign_in(browser, user) == 302
    assert is_signed_in(browser)
    browser.post("/accounts/logout/")
    assert not is_signed_in(browser)


def test_capitals_in_the_address_do_not_matter(ada: User) -> None:
    browser = Browser()
    ada.email = ada.email.upper()
    assert sign_in(browser, ada) == 302
    assert is_signed_in(browser)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ada: User) -> None:
    answers = []
    for login in (ada.email, "nobody@example.com"):
        page = Browser().post(LOGIN, {"login": login, "password": "wrong-wrong"})
        text = page.content.decode().replace(login, "ADDRESS")
        answers.append((page.status_code, re.sub(r"[A-Za-z0-9]{64}", "TOKEN", text)))
    assert answers[0] == answers[1]


def test_inactive_people_cannot_sign_in(sam: User) -> None:
    sam.is_active = False
    sam.save()
    browser = Browser()
    sign_in(browser, sam)
    assert not is_signed_in(browser)


def test_an_open_session_ends_when_somebody_is_made_inactive(sam: User) -> None:
    browser = Browser()
    sign_in(browser, sam)
    assert is_signed_in(browser)
    sam.is_active = False
    sam.save()
    assert not is_signed_in(browser)


def test_a_part_of_a_page_ends_an_open_session_too(sam: User) -> None:
    browser = Browser()
    sign_in(browser, sam)
    sam.is_active = False
    sam.save()
    answer = browser.get("/clients/", headers={"HX-Request": "true"})
    assert (answer.content, answer.headers["HX-Redirect"][:16]) == (b"", "/accounts/login/")


def test_the_session_gets_a_new_key_at_sign_in(ada: User) -> None:
    browser = Browser()
    browser.get(LOGIN)
    session = browser.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    sign_in(browser, ada)
    assert browser.session.session_key != planted


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_sign_in_leads_to_no_other_site(ada: User, target: str) -> None:
    page = Browser().post(LOGIN, {"login": ada.email, "password": PASSWORD, "next": target})
    assert page.headers["Location"] == "/"


def test_sign_in_leads_back_to_the_page_one_wanted(ada: User) -> None:
    page = Browser().post(LOGIN, {"login": ada.email, "password": PASSWORD, "next": "/vets/"})
    assert page.headers["Location"] == "/vets/"


@pytest.mark.django_db
def test_strangers_cannot_make_accounts() -> None:
    browser = Browser()
    sent = {"email": "new@example.com", "password1": "long-and-strange-9"}
    browser.post("/accounts/signup/", sent)
    assert not User.objects.get_queryset().exists()


def test_a_forgotten_password_is_made_anew_by_mail(cleo: User) -> None:
    browser = Browser()
    assert browser.post("/accounts/reset/", {"email": cleo.email}).status_code == 302
    (sent,) = mail.outbox
    assert sent.to == [cleo.email]
    link = re.search(r"http://testserver(/accounts/reset/\S+)", str(sent.body))
    assert link is not None
    form = browser.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    fresh = "a-fresh-bone-77"
    done = browser.post(address, {"password1": fresh, "password2": fresh})
    assert done.status_code == 302
    assert sign_in(Browser(), cleo, fresh) == 302
    assert sign_in(Browser(), cleo) != 302
    assert "reset/done" not in browser.get(link[1], follow=True).request["PATH_INFO"]


def test_a_reset_for_an_unknown_address_looks_the_same(cleo: User) -> None:
    known = Browser().post("/accounts/reset/", {"email": cleo.email})
    unknown = Browser().post("/accounts/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


@pytest.mark.parametrize("weak", ["12345678", "password", "short"])
def test_a_weak_new_password_is_refused(ada: User, weak: str) -> None:
    browser = Browser()
    sign_in(browser, ada)
    sent = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    browser.post("/accounts/password/", sent)
    assert sign_in(Browser(), ada) == 302
