""" "Locks and codes unchanged?": about which visits a client is asked, and what the mail says."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from pawfile.access.actions.entry_checks import ask_client
from pawfile.access.models import EntryCheck
from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_client, make_visit
from tests.home_access.checks import ask, link
from tests.home_access.ways import make_way, today
from tests.invites.letters import links_in

pytestmark = pytest.mark.django_db
S = VisitStatus
CLEO = ["cleo@example.com"]
NOON = datetime(2027, 6, 7, 16, tzinfo=UTC)  # noon in New York


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def visit_in(client: Client, days: int, **more: object) -> Visit:
    fields = {"status": S.ACCEPTED, "visit_on": today() + timedelta(days=days)} | more
    return make_visit(client, **fields)


def test_a_first_visit_is_asked_about_two_days_before_and_once(cleos_home: Client) -> None:
    visit_in(cleos_home, 2, exact_time=time(12, 30))
    assert ask() == []
    with time_machine.travel(NOON + timedelta(minutes=30), tick=False):
        assert ask() == CLEO
        assert ask() == []
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert ask() == []


def test_a_visit_made_the_day_before_is_asked_about_too(cleos_home: Client) -> None:
    visit_in(cleos_home, 1)
    assert ask() == CLEO


def test_a_visit_that_has_begun_is_not_asked_about(cleos_home: Client) -> None:
    visit_in(cleos_home, 0, exact_time=time(11, 45))
    assert ask() == []


@pytest.mark.parametrize(("days", "asked"), [(89, []), (91, CLEO)])
def test_after_a_long_pause_the_client_is_asked_again(
    cleos_home: Client, days: int, asked: list[str]
) -> None:
    visit_in(cleos_home, 1 - days, status=S.COMPLETED)
    visit_in(cleos_home, 1)
    assert ask() == asked


def test_the_company_says_how_long_a_pause_is_and_whether_anybody_is_asked(
    cleos_home: Client,
) -> None:
    visit_in(cleos_home, -9, status=S.COMPLETED)
    visit_in(cleos_home, 1)
    options = SiteOptions.load()
    options.entry_check_days = 0
    options.save()
    assert ask() == []
    options.entry_check_days = 10
    options.save()
    assert ask() == []
    options.entry_check_days = 9
    options.save()
    assert ask() == CLEO


def test_of_several_visits_the_first_one_is_asked_about(cleos_home: Client) -> None:
    first = visit_in(cleos_home, 1)
    for clock in (time(12), time(18)):
        visit_in(cleos_home, 1, exact_time=clock)
    assert ask() == CLEO
    assert EntryCheck.objects.get().visit == first


@pytest.mark.parametrize("status", [S.CANCELED, S.UNAVAILABLE, S.REQUESTED, S.DECLINED])
def test_a_visit_that_is_off_or_not_planned_is_neither_asked_about_nor_a_former_one(
    cleos_home: Client, status: VisitStatus
) -> None:
    visit_in(cleos_home, 1, exact_time=time(9), status=status)
    assert ask() == []
    visit_in(cleos_home, 1)
    assert ask() == CLEO


def test_without_an_address_and_inactive_nobody_is_asked(cleos_home: Client) -> None:
    visit_in(make_client(email=""), 1)
    visit_in(cleos_home, 1)
    update_client(cleos_home, values={"status": "Inactive"}, by=None)
    assert ask() == []


def test_the_mail_says_nothing_of_the_home_and_its_link_is_kept_nowhere(
    cleos_home: Client, sam: User
) -> None:
    update_client(cleos_home, values={"lockbox_code": "7391", "directions": "By the pond"}, by=None)
    make_way(cleos_home, "lockbox", words="Left of the door", key="lockbox_code")
    visit_in(cleos_home, 1, sitter=sam, note="Knock twice")
    ask()
    mail = Mail.objects.get(template="entry_check")
    assert links_in(mail)["answer"].endswith(link())
    secret = link().split("/")[2]
    for text in (mail.text, mail.html, mail.subject):
        strange = ("7391", "Left", "Lockbox", "Maple", "Carter", "pond", "Knock", "Sam", secret)
        assert [word for word in strange if word in text] == []
    assert len(secret) >= 43  # 256 bits
    assert secret not in str(EntryCheck.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_once(cleos_home: Client) -> None:
    visit = visit_in(cleos_home, 1)
    actions = [lambda: ask_client(visit=visit, site="https://book.example/")] * 2
    assert at_once(*actions) == [None, None]
    assert Mail.objects.filter(template="entry_check").count() == 1
    assert EntryCheck.objects.count() == 1
