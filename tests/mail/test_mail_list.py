"""The Email log: newest first, filters, pages, who may read it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from pawfile.accounts.models import User
from pawfile.mail.models import Mail, MailState
from pawfile.options.models import SiteOptions
from tests.mail.conftest import use_smtp
from tests.mail.letters import make_old_mail
from tests.profiles.pages import Node, content, read

SignIn = Callable[[User], Browser]
FAILED, SENT, QUEUED = MailState.FAILED, MailState.SENT, MailState.QUEUED


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def listed(browser: Browser, query: str = "") -> list[str]:
    page = read(browser.get(f"/email-log/{query}"))
    return [row.one("td", data_label="To").text for row in page.all("tr", data_mail="")]


def links(page: Node, text: str) -> list[str]:
    return [link.attrs["href"] for link in page.all("a") if text in link.text]


def test_the_newest_is_first_with_its_fate(monas: Browser) -> None:
    make_old_mail("old@example.com", SENT)
    make_old_mail("new@example.com", FAILED)
    page = read(monas.get("/email-log/"))
    shown = [
        (row.one("th").text, row.one("td", data_label="State").text)
        for row in page.all("tr", data_mail="")
    ]
    assert listed(monas) == ["new@example.com", "old@example.com"]
    assert shown == [("Choose a new password", "Failed"), ("Choose a new password", "Sent")]
    assert len(links(page, "1 failed")) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=failed", ["b@example.com"]),
        ("?state=queued", ["c@example.net"]),
        ("?state=nonsense", ["c@example.net", "b@example.com", "a@example.com"]),
        ("?q=EXAMPLE.com", ["b@example.com", "a@example.com"]),
        ("?q=new+password&state=sent", ["a@example.com"]),
        ("?q=%25", []),
        ("?q=nobody", []),
        ("?q=a%00@", ["a@example.com"]),
        ("?at=nonsense", ["c@example.net", "b@example.com", "a@example.com"]),
    ],
)
def test_filters(monas: Browser, query: str, found: list[str]) -> None:
    for to, state in (
        ("a@example.com", SENT),
        ("b@example.com", FAILED),
        ("c@example.net", QUEUED),
    ):
        make_old_mail(to, state)
    assert listed(monas, query) == found


def test_a_long_log_has_pages(monas: Browser) -> None:
    for number in range(51):
        make_old_mail(f"{number}@example.com", SENT)
    first = read(monas.get("/email-log/"))
    (next_url,) = links(first, "Next")
    assert len(listed(monas)) == 50
    assert listed(monas, next_url) == ["0@example.com"]


def test_the_page_costs_the_same_however_many_there_are(monas: Browser) -> None:
    counts = []
    monas.get("/email-log/")
    for _round in range(2):
        make_old_mail(state=FAILED)
        make_old_mail(state=QUEUED)
        with CaptureQueriesContext(connection) as queries:
            monas.get("/email-log/?q=cleo")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


def test_only_the_office_reads_it(
    signed_in: SignIn, ada: User, sam: User, cleo: User, monas: Browser
) -> None:
    make_old_mail()
    statuses = [signed_in(user).get("/email-log/").status_code for user in (ada, sam, cleo)]
    assert statuses == [200, 403, 403]
    assert [Mail.objects.visible_to(user).count() for user in (ada, sam, cleo)] == [1, 0, 0]


def test_an_empty_log_says_what_will_be_here(monas: Browser) -> None:
    assert "No mails yet" in content(monas.get("/email-log/"))


@pytest.mark.parametrize("is_demo", [True, False])
def test_without_a_mail_server_it_says_so(
    monas: Browser, settings: Settings, *, is_demo: bool
) -> None:
    assert "No mail server" not in content(monas.get("/email-log/"))
    use_smtp(settings, 0)
    settings.EMAIL_HOST = ""
    options = SiteOptions.load()
    options.is_demo = is_demo
    options.save()
    page = content(monas.get("/email-log/"))
    assert "No mail server is set: nobody gets these mails." in page
    assert ("EMAIL_HOST" in page) is not is_demo


def card(browser: Browser) -> list[str]:
    cards = read(browser.get("/")).all("section", data_mail_trouble="")
    return [item.text for section in cards for item in section.all("li")]


def test_home_tells_the_office_what_fails_and_what_waits(
    waiting: None, signed_in: SignIn, sam: User, monas: Browser
) -> None:
    assert card(monas) == []
    make_old_mail(state=SENT)
    make_old_mail(state=QUEUED)
    assert card(monas) == []
    make_old_mail(state=FAILED)
    Mail.objects.filter(state=QUEUED).update(queued_at=timezone.now() - timedelta(hours=1))
    assert card(monas) == ["1 mail failed", "1 mail waits longer than usual"]
    assert card(signed_in(sam)) == []
    failed = Mail.objects.get(state=FAILED)
    monas.post(f"/email-log/{failed.pk}/send-again/")
    assert card(monas) == ["1 mail waits longer than usual"]
