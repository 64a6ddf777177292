"""Who has not read what could hurt: the office's list, its count on Home, and mails in time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.actions.acknowledging import acknowledge_changes
from pawfile.schedule.daily import send_list
from pawfile.schedule.deadlines import tell_of_unread
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_client, make_pet, make_user, make_visit
from tests.invites.letters import links_in
from tests.profiles.pages import content, read
from tests.schedule.changing import change

SignIn = Callable[[User], Browser]
S = VisitStatus
NOW = datetime(2027, 6, 7, 9, tzinfo=ZoneInfo("America/New_York"))
URL = "/unread-changes/"


@pytest.fixture(autouse=True)
def clock(db: None) -> Any:
    SiteOptions.load()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(cleos_home: Client, rex: Pet, sam: User, mona: User) -> Visit:
    """On the second day at noon, 27 hours ahead; Rex's medication is unread."""
    change(rex, mona, medication="Insulin")
    return make_visit(
        cleos_home, sitter=sam, status=S.ACCEPTED, visit_on=NOW.date() + timedelta(days=1)
    )


def listed(browser: Browser) -> list[tuple[int, str]]:
    page = read(browser.get(URL))
    return [(int(row.attrs["data-visit"]), row.all("td")[-1].text)
            for row in page.all("tr", data_visit="")]  # fmt: skip


def read_all(client: Client, sitter: User) -> None:
    ids = PetChange.objects.filter(record__client=client).values_list("pk", flat=True)
    acknowledge_changes(client=client, client_changes=[], pet_changes=list(ids), by=sitter)


def test_visits_of_the_next_days_whose_sitter_has_not_read_are_listed_by_time(
    signed_in: SignIn, visit: Visit, cleos_home: Client, sam: User, mona: User
) -> None:
    day = NOW.date()
    today = make_visit(cleos_home, sitter=sam, status=S.CONFIRMED, visit_on=day)
    make_visit(cleos_home, sitter=sam, status=S.CONFIRMED, visit_on=day + timedelta(days=8))
    make_visit(cleos_home, sitter=sam, status=S.COMPLETED, visit_on=day)
    make_visit(cleos_home, status=S.ASSIGNED, visit_on=day)
    browser = signed_in(mona)
    names = "Rex, medication"
    assert listed(browser) == [(today.pk, names), (visit.pk, names)]
    assert read(browser.get("/")).one("li", data_unread="").attrs["data-unread"] == "2"
    change(cleos_home, None, door_code="1", parking="Garage")
    assert listed(browser)[0] == (today.pk, f"Door code; {names}")
    read_all(cleos_home, sam)
    assert listed(browser) == [(today.pk, "Door code"), (visit.pk, "Door code")]


def test_all_read_says_so(signed_in: SignIn, visit: Visit, sam: User, ada: User) -> None:
    browser = signed_in(ada)
    assert len(listed(browser)) == 1
    read_all(visit.client, sam)
    assert "Everything is read" in content(browser.get(URL))
    assert "data-unread" not in content(browser.get("/"))


def test_sitters_and_clients_have_no_such_list(
    signed_in: SignIn, visit: Visit, sam: User, cleo: User
) -> None:
    assert [signed_in(who).get(URL).status_code for who in (sam, cleo)] == [403, 403]


def test_what_a_manager_may_not_see_is_not_said_to_be_unread(
    signed_in: SignIn, visit: Visit, mona: User, ada: User
) -> None:
    """Rule 51: the administrator sees all of it."""
    FieldRule.objects.create(subject="pet", key="medication", manager=Access.HIDE)
    assert (listed(signed_in(mona)), len(listed(signed_in(ada)))) == ([], 1)


def test_what_sitters_do_not_see_need_not_be_read(
    signed_in: SignIn, visit: Visit, ada: User
) -> None:
    FieldRule.objects.create(subject="pet", key="medication", sitter=Access.HIDE)
    assert listed(signed_in(ada)) == []


def test_the_list_costs_the_same_for_any_number_of_visits(
    signed_in: SignIn, visit: Visit, mona: User
) -> None:
    browser, counts = signed_in(mona), []
    for more in (0, 2, 27):
        for number in range(more):
            sitter = make_user(Role.SITTER, f"Sitter {number}")
            home = make_client()
            change(make_pet(home), None, medication="Insulin")
            make_visit(home, sitter=sitter, status=S.ACCEPTED)
        browser.get(URL)
        with CaptureQueriesContext(connection) as counted:
            browser.get(URL)
        counts.append(len(counted))
    assert counts == [counts[0]] * 3
    assert len(listed(browser)) == 30


def sent() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("template", "to"))


def look(hours: float) -> None:
    with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
        tell_of_unread()


def test_the_sitter_is_mailed_at_the_deadline_and_the_office_at_half_of_it_each_once(
    visit: Visit, sam: User, mona: User, ada: User
) -> None:
    look(14.9)
    assert sent() == []
    look(15.1)
    look(20.9)
    assert sent() == [("unread_sitter", sam.email)]
    look(21.1)
    look(22)
    assert sorted(sent()[1:]) == [("unread_office", ada.email), ("unread_office", mona.email)]


def test_the_mails_hold_a_link_and_nothing_of_the_change(
    visit: Visit, sam: User, mona: User
) -> None:
    look(22)
    to_sitter, to_office = Mail.objects.order_by("pk")
    assert to_sitter.subject == "Please read before your visit"
    assert "- Tue 8 Jun, 12:00–12:30: Cleo Carter\n" in to_sitter.text
    assert links_in(to_sitter) == {"page": "http://127.0.0.1:8000/my-schedule/?on=2027-06-08"}
    assert "- Tue 8 Jun, 12:00–12:30: Cleo Carter, Sam Sitter\n" in to_office.text
    assert links_in(to_office) == {"page": "http://127.0.0.1:8000/unread-changes/"}
    for mail in (to_sitter, to_office):
        assert [word for word in ("Insulin", "edication", "Rex") if word in mail.text + mail.html] \
            == []  # fmt: skip


def test_who_has_read_gets_no_mail(visit: Visit, sam: User, ada: User) -> None:
    read_all(visit.client, sam)
    look(22)
    assert sent() == []


def test_with_0_hours_nobody_is_mailed(visit: Visit, ada: User) -> None:
    SiteOptions.objects.update(unread_deadline_hours=0)
    look(26)
    assert sent() == []


def test_the_daily_list_names_the_fields_and_no_values(
    visit: Visit, cleos_home: Client, sam: User, mona: User
) -> None:
    change(cleos_home, mona, parking="Garage 9")
    send_list(sam, today=NOW.date())
    mail = Mail.objects.get()
    line = "New since your last visit: Rex, medication, Parking – please read before you arrive"
    assert line in mail.text
    assert line in mail.html
    assert [word for word in ("Insulin", "Garage") if word in mail.text + mail.html] == []
