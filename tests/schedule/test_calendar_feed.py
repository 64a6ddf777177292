"""The file a calendar app reads: whose visits, what they say, and what they never say."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.schedule import feeds
from pawfile.schedule.actions.moves import cancel_visit
from pawfile.schedule.models import Visit, VisitStatus
from tests.access.addresses import PEOPLE
from tests.factories import make_client, make_pet, make_service, make_visit
from tests.schedule.days import in_days
from tests.schedule.feeds import events, feed_url, read_feed, summaries

S = VisitStatus


@pytest.fixture
def at_both_homes(
    cleos_home: Client, carls_home: Client, rex: Pet, sam: User, stan: User
) -> list[Visit]:
    """Sam's visit at Cleo's, Stan's at Carl's, one for anyone, one of Sam's not yet accepted."""
    service = make_service(name="Walk", client_name="A stroll")
    return [
        make_visit(cleos_home, pets=[rex], sitter=sam, status=S.ACCEPTED, service=service),
        make_visit(carls_home, sitter=stan, status=S.ACCEPTED, service=service),
        make_visit(cleos_home, is_for_anyone=True, service=service, exact_time=time(13)),
        make_visit(cleos_home, sitter=sam, service=service, exact_time=time(14)),
    ]


def test_each_role_reads_its_own_visits(
    at_both_homes: list[Visit], request: pytest.FixtureRequest
) -> None:
    """The office reads all, a sitter what is theirs, a client what is at home."""
    ada, mona, sam, stan, cleo, carl = (request.getfixturevalue(who) for who in PEOPLE[:-1])
    cleos, carls = "Walk · Cleo Carter", "Walk · Carl Cooper"
    everything = ["Walk · Cleo Carter (Rex)", carls, cleos, cleos]
    assert [summaries(who) for who in (ada, mona)] == [everything, everything]
    assert summaries(sam) == ["Walk · Cleo Carter (Rex)", cleos]
    assert summaries(stan) == [carls]
    assert summaries(cleo) == ["A stroll · Rex", "A stroll", "A stroll"]
    assert summaries(carl) == ["A stroll"]


def test_whoever_is_signed_in_reads_the_calendar_of_the_address(
    at_both_homes: list[Visit], ada: User, carl: User
) -> None:
    browser = Browser()
    browser.force_login(ada)
    answer = browser.get(feed_url(carl))
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in found] == ["A stroll"]


def test_rule_22_a_blocked_sitters_calendar_says_nothing_of_that_home(
    at_both_homes: list[Visit], cleos_home: Client, sam: User
) -> None:
    assert len(summaries(sam)) == 2
    cleos_home.blocked_sitters.add(sam)
    assert summaries(sam) == []


def test_an_inactive_pet_is_in_no_calendar(
    at_both_homes: list[Visit], rex: Pet, mona: User, sam: User, cleo: User
) -> None:
    def naming_rex() -> list[str]:
        return [text for who in (mona, sam, cleo) for text in summaries(who) if "Rex" in text]

    assert len(naming_rex()) == 3
    update_pet(rex, values={"active": False}, by=None)
    assert naming_rex() == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (S.REQUESTED, "TENTATIVE"),
        (S.ASSIGNED, "TENTATIVE"),
        (S.DECLINED, "TENTATIVE"),
        (S.ACCEPTED, "CONFIRMED"),
        (S.CONFIRMED, "CONFIRMED"),
        (S.IN_PROGRESS, "CONFIRMED"),
        (S.COMPLETED, "CONFIRMED"),
        (S.CANCELED, "CANCELLED"),
        (S.UNAVAILABLE, "CANCELLED"),
    ],
)
def test_a_status_is_said_in_the_words_of_calendars(
    cleos_home: Client, mona: User, status: VisitStatus, said: str
) -> None:
    make_visit(cleos_home, status=status)
    assert [str(event["status"]) for event in events(mona)] == [said]


def test_a_change_keeps_the_name_of_the_event_and_counts_it_up(
    cleos_home: Client, mona: User
) -> None:
    visit = make_visit(cleos_home, status=S.ACCEPTED)
    (before,) = events(mona)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        cancel_visit(visit=visit, reason="Ill", by=mona)
        (after,) = events(mona)
        assert after["last-modified"].dt == datetime.now(UTC).replace(microsecond=0)
    assert (after["uid"], str(after["status"])) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]
    assert "Ill" not in after.to_ical().decode()


def test_two_companies_never_use_the_same_name(cleos_home: Client, mona: User, ada: User) -> None:
    visit = make_visit(cleos_home)
    uids = {str(event["uid"]) for who in (mona, ada) for event in events(who)}
    assert len(uids) == 2
    assert {uid.partition("@")[0] for uid in uids} == {f"visit-{visit.pk}"}


def test_from_thirty_days_ago_to_a_year_ahead(cleos_home: Client, mona: User) -> None:
    days = (-31, -30, 0, 365, 366)
    made = [make_visit(cleos_home, visit_on=in_days(number)) for number in days]
    found = [str(event["uid"]).partition("@")[0] for event in events(mona)]
    assert found == [f"visit-{visit.pk}" for visit in made[1:-1]]


def test_what_is_too_much_is_the_past_first_then_the_far_future(
    cleos_home: Client, mona: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (-3, -2, 0, 1, 2):
        make_visit(cleos_home, visit_on=in_days(number))
    for most, wanted in ((4, [-2, 0, 1, 2]), (2, [0, 1])):
        monkeypatch.setattr(feeds, "MOST", most)
        found = [event["dtstart"].dt.date() for event in events(mona)]
        assert found == [in_days(number) for number in wanted]


SECRETS = {"door_code": "4711#", "wifi_password": "hunter2"}
PRIVATE = {
    "cell_phone": "(614) 555-0188", "entry_instructions": "Key under the pot.",
    "office_notes": "Pays late.", "sitter_notes": "Shy.", "directions": "Second left.",
}  # fmt: skip


def test_no_address_note_phone_or_code_unless_asked_for(
    cleos_home: Client, rex: Pet, ada: User, sam: User, cleo: User
) -> None:
    """First something that could leak; then what each may have who asks for it."""
    update_client(cleos_home, values={**PRIVATE, **SECRETS}, by=ada)
    make_visit(cleos_home, pets=[rex], sitter=sam, price=Decimal("77.50"), note="Blue leash.")
    home, note = "12 Maple Street", "Blue leash."
    for who in (ada, sam, cleo):
        text = read_feed(who).content.decode()
        words = (home, note, "Columbus", "77.5", *PRIVATE.values(), *SECRETS.values())
        assert [word for word in words if word in text] == []
        asked = read_feed(who, has_address=True, has_note=True).content.decode()
        assert [word for word in words[3:] if word in asked] == []
        assert (home in asked, note in asked) == (True, who != cleo)


def test_the_address_says_only_what_the_policy_shows(
    cleos_home: Client, mona: User, sam: User
) -> None:
    make_visit(cleos_home, sitter=sam)
    FieldRule.objects.create(subject="client", key="street", sitter=Access.HIDE)
    SiteOptions.renew_fields()
    (event,) = events(sam, has_address=True)
    assert str(event["location"]) == "Columbus, OH 43085"
    (event,) = events(mona, has_address=True)
    assert str(event["location"]) == "12 Maple Street, Columbus, OH 43085"


def test_an_app_that_has_it_already_is_told_so(cleos_home: Client, mona: User) -> None:
    make_visit(cleos_home)
    url, browser = feed_url(mona), Browser()
    first = browser.get(url)
    tag = first.headers["ETag"]
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = browser.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    make_visit(cleos_home)
    changed = browser.get(url, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)
    head = browser.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == changed.headers["ETag"]


def test_a_calendar_costs_the_same_for_1_3_and_30_visits(ada: User, sam: User, cleo: User) -> None:
    urls, counts, home = [feed_url(who, has_address=True) for who in (ada, sam, cleo)], [], None
    for more in (1, 2, 27):
        for number in range(more):
            home = make_client(street=f"{number} Elm Street", logins=[cleo])
            make_visit(home, sitter=sam, pets=[make_pet(home, name=f"Rex {number}")])
        asked = []
        for url in urls:
            with CaptureQueriesContext(connection) as counted:
                assert Browser().get(url).status_code == 200
            asked.append(len(counted))
        counts.append(asked)
    assert counts == [counts[0]] * 3
    assert max(counts[0]) <= 8
