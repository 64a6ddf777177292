"""A new e-mail address counts from the moment it is proven; the old one is told."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client as Browser

from pawfile.accounts.models import User
from tests.accounts.people import PASSWORD, come_in, is_in, letters, link_in, sure

URL, CONFIRM = "/account/email/", "/accounts/email/confirm/"


def ask(browser: Browser, email: str) -> int:
    return browser.post(URL, {"email": email, "action_add": ""}).status_code


def test_a_new_address_is_proven_by_its_link_and_the_old_one_is_told(cleo: User) -> None:
    old = cleo.email
    browser = sure(cleo)
    assert ask(browser, "Cleo.New@Example.com") == 302
    assert "cleo.new@example.com" in browser.get(URL).content.decode()
    assert User.objects.get(pk=cleo.pk).email == old
    (letter,) = mail.outbox
    assert letter.to == ["cleo.new@example.com"]
    mail.outbox.clear()
    answer = browser.post(link_in(letter, CONFIRM))
    assert answer.headers["Location"] == "/account/"
    cleo.refresh_from_db()
    assert cleo.email == "cleo.new@example.com"
    rows = EmailAddress.objects.filter(user=cleo)
    assert [(r.email, r.primary, r.verified) for r in rows] == [(cleo.email, True, True)]
    assert letters() == [([old], "Your e-mail address was changed")]
    assert is_in(come_in(cleo))
    assert not is_in(come_in(User(email=old)))


def test_the_link_works_once(cleo: User) -> None:
    browser = sure(cleo)
    ask(browser, "new@example.com")
    link = link_in(mail.outbox[0], CONFIRM)
    browser.post(link)
    assert "used up" in browser.get(link).content.decode()
    assert browser.post(link).status_code == 404


def test_a_later_wish_replaces_the_earlier(cleo: User) -> None:
    browser = sure(cleo)
    ask(browser, "first@example.com")
    ask(browser, "second@example.com")
    first, second = (link_in(letter, CONFIRM) for letter in mail.outbox)
    assert browser.post(first).status_code == 404
    browser.post(second)
    cleo.refresh_from_db()
    assert cleo.email == "second@example.com"


def test_a_change_is_taken_back(cleo: User) -> None:
    browser = sure(cleo)
    ask(browser, "new@example.com")
    browser.post(URL, {"email": "new@example.com", "action_remove": ""})
    assert browser.post(link_in(mail.outbox[0], CONFIRM)).status_code == 404
    cleo.refresh_from_db()
    assert EmailAddress.objects.get(user=cleo).email == cleo.email


def test_an_address_of_another_login_looks_like_any_other(cleo: User, ada: User) -> None:
    answers = []
    for email in (ada.email, "free@example.com"):
        browser = sure(cleo)
        status = ask(browser, email)
        text = browser.get(URL).content.decode()
        answers.append((status, f"A link is on its way to {email}." in text))
    assert answers == [(302, True), (302, True)]
    assert [to for to, _subject in letters()] == [[ada.email], ["free@example.com"]]


def test_whoever_owns_the_address_gives_it_to_nobody_by_following_the_link(
    cleo: User, ada: User
) -> None:
    ask(sure(cleo), ada.email)
    (letter,) = mail.outbox
    adas = come_in(ada)
    assert "used up" in adas.get(link_in(letter, CONFIRM)).content.decode()
    adas.post(link_in(letter, CONFIRM))
    emails = User.objects.get_queryset().order_by("pk").values_list("email", flat=True)
    assert sorted(emails) == sorted([cleo.email, ada.email])
    assert is_in(come_in(ada))


def test_an_address_that_was_taken_meanwhile_stays_with_its_login(cleo: User) -> None:
    browser = sure(cleo)
    ask(browser, "wanted@example.com")
    link = link_in(mail.outbox[0], CONFIRM)
    User.objects.create_user("wanted@example.com", "x", is_email_verified=False, name="Wanda")
    before = cleo.email
    answer = browser.post(link, follow=True)
    assert "cannot be confirmed: another login has it." in answer.content.decode()
    cleo.refresh_from_db()
    assert cleo.email == before


@pytest.mark.parametrize(
    "typed",
    ["", "nonsense", "a@b", "eve@example.com\nBcc: all@example.com", f"{'x' * 250}@a.com"],
    ids=["nothing", "word", "no domain", "two lines", "too long"],
)
def test_what_is_no_address_is_named(cleo: User, typed: str) -> None:
    browser = sure(cleo)
    answer = browser.post(URL, {"email": typed, "action_add": ""})
    assert "field-error" in answer.content.decode()
    assert mail.outbox == []


def test_ones_own_address_is_none_to_change_to(cleo: User) -> None:
    answer = sure(cleo).post(URL, {"email": cleo.email, "action_add": ""})
    assert "That is your address already." in answer.content.decode()


def test_a_stranger_who_follows_the_link_is_not_signed_in(cleo: User) -> None:
    ask(sure(cleo), "new@example.com")
    stranger = Browser()
    answer = stranger.post(link_in(mail.outbox[0], CONFIRM))
    assert answer.headers["Location"] == "/accounts/login/"
    assert not is_in(stranger)


def test_without_the_password_nothing_is_changed(cleo: User) -> None:
    browser = come_in(cleo)
    answer = browser.post(URL, {"email": "new@example.com", "action_add": ""})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert mail.outbox == []
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": URL})
    assert [to for to, _subject in letters()] == [["new@example.com"]]  # what was sent goes on
