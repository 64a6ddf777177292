"""A new password by mail: the page is the same for everybody, the job knows whose address it is."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from pawfile.accounts.models import User
from pawfile.jobs.models import Job
from pawfile.jobs.worker import run_job, take_job
from pawfile.mail.message import links_of
from pawfile.mail.models import Mail
from tests.accounts.test_limits import TOO_MANY, attempt, statuses
from tests.accounts.test_signing_in import PASSWORD

RESET = "/accounts/reset/"
FRESH = "a-fresh-bone-77"
UNKNOWN = "nobody@example.com"


@pytest.fixture
def with_worker(settings: Settings) -> None:
    """Jobs wait for a worker, as in a company."""
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}


def ask(email: str, ip: str = "203.0.113.7", **more: Any) -> Any:
    return Browser().post(RESET, {"email": email}, REMOTE_ADDR=ip, **more)


def link_in(mail: Mail) -> str:
    return links_of(mail)["password_reset_url"]


def choose(link: str, password: str = FRESH) -> int:
    browser = Browser()
    form = browser.get(link.removeprefix("http://testserver"), follow=True)
    sent = {"password1": password, "password2": password}
    return browser.post(form.redirect_chain[-1][0], sent).status_code


def test_the_link_comes_by_mail_and_works_once(cleo: User) -> None:
    assert ask(cleo.email.upper()).headers["Location"] == "/accounts/reset/sent/"
    mail = Mail.objects.get(template="password_reset_key")
    link = link_in(mail)
    assert mail.to == cleo.email
    assert re.fullmatch(r"http://testserver/accounts/reset/\w+-[\w-]+/", link)
    assert link not in mail.text + mail.html
    assert choose(link) == 302
    assert attempt(cleo.email, FRESH).status_code == 302
    again = Browser().get(link.removeprefix("http://testserver"))
    assert "This link no longer works" in again.content.decode()


def inactive(user: User) -> User:
    user.is_active = False
    user.save()
    return user


@pytest.mark.usefixtures("with_worker")
def test_every_address_gets_the_same_answer_and_the_same_work(
    ada: User, cleo: User, sam: User
) -> None:
    """The same statements too; so there is nothing whose time could tell."""
    unusable = User.objects.create_user("new@example.com", name="New")
    unproven = User.objects.create_user("odd@example.com", name="O", is_email_verified=False)
    people = [ada, cleo, inactive(sam), unusable, unproven]
    ask(UNKNOWN)  # whatever is only done once
    seen = set()
    for email in [UNKNOWN, *(user.email for user in people)]:
        with CaptureQueriesContext(connection) as queries:
            page = ask(email)
        work = tuple(re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries)
        seen.add((page.status_code, page.headers["Location"], page.content, work))
    assert len(seen) == 1
    assert Job.objects.count() == 1 + 1 + len(people)
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("with_worker")
def test_only_active_people_get_a_mail(ada: User, cleo: User, sam: User) -> None:
    inactive(sam)
    for email in (UNKNOWN, ada.email, sam.email, cleo.email):
        ask(email)
    while job := take_job():
        run_job(job)
    asked = Mail.objects.filter(template="password_reset_key")
    assert sorted(asked.values_list("to", flat=True)) == sorted([ada.email, cleo.email])


def test_the_link_leads_to_the_name_the_page_was_opened_under(
    cleo: User, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["book.example"]
    assert ask(cleo.email, headers={"Host": "book.example"}, secure=True).status_code == 302
    assert link_in(Mail.objects.get()).startswith("https://book.example/accounts/reset/")
    assert ask(cleo.email, headers={"Host": "evil.example"}).status_code == 400
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "", "cleo", "a@b",
        "a@example.com\nBcc: b@example.com", "a@example.com\r\nTo: b@example.org",
        "a@example.com, b@example.com", "a\0@example.com", "\0", "a@exam\u202eple.com", "🐶@🐶.dog",
        "a" * 300 + "@example.com", "x" * 100_000, "'; DROP TABLE accounts_user; --",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said_on_the_page(db: None, address: str) -> None:
    page = ask(address)
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("limits")
def test_asking_too_often_for_one_address_ends_for_a_while(cleo: User) -> None:
    """Else anybody fills anybody's mailbox; whoever it is, the owner has a link by then."""
    answers = {
        email: [ask(email, f"192.0.2.{n}") for n in range(3)] for email in (cleo.email, UNKNOWN)
    }
    for email, (first, second, third) in answers.items():
        assert (first.status_code, second.status_code, third.status_code) == (302, 302, 429)
        assert TOO_MANY.findall(third.content.decode())
        assert f'value="{email}"' in third.content.decode()
        assert int(third.headers["Retry-After"]) > 3500
    assert Mail.objects.filter(to=cleo.email).count() == 2


@pytest.mark.usefixtures("limits")
def test_one_address_cannot_ask_for_everybody(cleo: User) -> None:
    asked = [ask(f"guess{number}@example.com").status_code for number in range(7)]
    assert asked == [302] * 6 + [429]
    assert ask(cleo.email).status_code == 429
    assert ask(cleo.email, "198.51.100.4").status_code == 302


@pytest.mark.usefixtures("limits")
def test_a_new_password_by_mail_opens_a_shut_door(cleo: User) -> None:
    assert statuses(cleo.email, 4)[-1] == 429
    ask(cleo.email)
    assert choose(link_in(Mail.objects.get(template="password_reset_key"))) == 302
    assert attempt(cleo.email, PASSWORD).status_code == 200
    assert attempt(cleo.email, FRESH).status_code == 302
