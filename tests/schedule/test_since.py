"""Since your last visit: what others changed at a home, for the sitter who comes again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import VisitStatus
from pawfile.schedule.since import News, news_of
from tests.factories import make_client, make_pet, make_visit
from tests.profiles.pages import content, read
from tests.schedule.changing import change, was_there

SignIn = Callable[[User], Browser]
S = VisitStatus
NOW = datetime(2027, 6, 7, 9, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(autouse=True)
def clock(db: None) -> Any:
    SiteOptions.load()
    with time_machine.travel(NOW, tick=False):
        yield


def news(client: Client, sitter: User) -> News:
    reader = User.objects.get(pk=sitter.pk)
    return news_of([client], reader, company=SiteOptions.load())[client.pk]


def names(client: Client, sitter: User) -> list[str]:
    return [each.name for each in news(client, sitter).since]


def test_what_changed_after_the_last_completed_visit_is_new(
    cleos_home: Client, rex: Pet, sam: User, mona: User
) -> None:
    was_there(cleos_home, sam, days_ago=30)
    last = was_there(cleos_home, sam, days_ago=10)
    make_visit(cleos_home, sitter=sam, status=S.ACCEPTED)
    change(cleos_home, mona, days_ago=11, parking="Garage")
    change(cleos_home, mona, days_ago=9, plants="Water them", lights="Off")
    change(rex, mona, days_ago=8, feeding="Twice")
    found = news(cleos_home, sam)
    assert found.last_at == last.completed_at
    assert sorted(names(cleos_home, sam)) == ["Lights", "Plants", "Rex, feeding"]
    assert names(cleos_home, sam)[0] == "Rex, feeding"


def test_safety_critical_changes_come_first(
    cleos_home: Client, rex: Pet, sam: User, mona: User
) -> None:
    was_there(cleos_home, sam, days_ago=10)
    change(rex, mona, days_ago=5, medication="Insulin")
    change(cleos_home, mona, days_ago=4, door_code="4711")
    change(cleos_home, mona, days_ago=3, parking="Garage")
    found = news(cleos_home, sam)
    told = [(each.name, each.is_critical, each.text, each.who) for each in found.since]
    assert told == [
        ("Door code", True, "", "Mona Manager"),
        ("Rex, medication", True, "Insulin", "Mona Manager"),
        ("Parking", False, "", "Mona Manager"),
    ]
    assert found.since[0].is_secret


def test_own_changes_and_visits_of_others_do_not_count(
    cleos_home: Client, sam: User, stan: User, mona: User
) -> None:
    was_there(cleos_home, sam, days_ago=10)
    was_there(cleos_home, stan, days_ago=2)
    was_there(cleos_home, sam, days_ago=1, status=S.CANCELED)
    change(cleos_home, sam, days_ago=5, parking="Garage")
    change(cleos_home, mona, days_ago=4, plants="Water them")
    change(cleos_home, None, days_ago=3, lights="Off")
    assert sorted(names(cleos_home, sam)) == ["Lights", "Plants"]


def test_before_the_first_visit_the_window_of_change_marks_counts(
    cleos_home: Client, sam: User, mona: User
) -> None:
    change(cleos_home, mona, days_ago=100, parking="Garage")
    change(cleos_home, mona, days_ago=80, plants="Water them")
    assert news(cleos_home, sam).last_at is None
    assert names(cleos_home, sam) == ["Plants"]
    SiteOptions.objects.update(change_window=0)
    assert names(cleos_home, sam) == ["Plants", "Parking"]


def test_a_last_visit_before_the_window_counts_all_the_same(
    cleos_home: Client, sam: User, mona: User
) -> None:
    was_there(cleos_home, sam, days_ago=200)
    change(cleos_home, mona, days_ago=150, parking="Garage")
    assert names(cleos_home, sam) == ["Parking"]


def test_a_field_the_sitter_does_not_see_is_no_news(
    cleos_home: Client, rex: Pet, sam: User, mona: User
) -> None:
    """Rule 51: hidden, for other animals only, or without its condition."""
    change(cleos_home, mona, parking="Garage", office_notes="Pays late", alarm_code="99")
    change(rex, mona, medication="Insulin", walking="Long")
    FieldRule.objects.create(subject="client", key="parking", sitter=Access.HIDE)
    FieldRule.objects.create(subject="pet", key="medication", animals=["Cat"])
    assert names(cleos_home, sam) == ["Rex, walking"]
    assert news(cleos_home, sam).unread == []
    change(cleos_home, mona, has_alarm=True)
    assert sorted(names(cleos_home, sam)) == ["Alarm code", "Home alarm system", "Rex, walking"]


def test_an_inactive_pet_is_no_news(cleos_home: Client, rex: Pet, sam: User, mona: User) -> None:
    change(rex, mona, medication="Insulin")
    change(rex, mona, active=False)
    assert not news(cleos_home, sam)


def test_the_box_counts_and_lists_them(
    signed_in: SignIn, cleos_home: Client, rex: Pet, sam: User, mona: User
) -> None:
    was_there(cleos_home, sam, days_ago=10)
    make_visit(cleos_home, sitter=sam, status=S.ACCEPTED)
    change(cleos_home, mona, days_ago=3, parking="Garage")
    change(rex, mona, days_ago=2, medication="Insulin")
    box = read(signed_in(sam).get("/my-schedule/")).one("details", cls="since")
    assert box.attrs["data-since"] == "2"
    assert "Since your last visit" in box.one("summary").text
    assert box.one("summary").text.endswith("2 changes")
    assert [line.one("strong").text for line in box.one("ul").all("li")] == [
        "Rex, medication",
        "Parking",
    ]


def test_a_box_of_a_first_visit_says_so(
    signed_in: SignIn, cleos_home: Client, sam: User, mona: User
) -> None:
    make_visit(cleos_home, sitter=sam, status=S.ACCEPTED)
    browser = signed_in(sam)
    assert read(browser.get("/my-schedule/")).all("details", cls="since") == []
    change(cleos_home, mona, parking="Garage")
    box = read(browser.get("/my-schedule/")).one("details", cls="since")
    assert "Your first visit here" in box.text


def test_the_profile_says_what_is_new_to_its_sitter_alone(
    signed_in: SignIn, cleos_home: Client, sam: User, stan: User, ada: User
) -> None:
    change(cleos_home, ada, days_ago=3, parking="Garage", entry_instructions="Side door")
    url = f"/clients/{cleos_home.pk}/since/"
    assert f'hx-get="{url}"' in content(signed_in(sam).get(f"/clients/{cleos_home.pk}/"))
    assert f'hx-get="{url}"' not in content(signed_in(ada).get(f"/clients/{cleos_home.pk}/"))
    page = read(signed_in(sam).get(url))
    assert "Side door" in page.one("div", data_unread="1").text
    lines = [line.one("strong").text for line in page.one("details", cls="since").all("li")]
    assert lines == ["How to get in", "Parking"]
    assert signed_in(stan).get(url).status_code == 404
    assert signed_in(ada).get(url).status_code == 403
    part = content(signed_in(sam).get(url, headers={"HX-Request": "true"}))
    assert part.strip().startswith("<section")


def test_nothing_new_is_said_on_the_page_and_leaves_the_profile_alone(
    signed_in: SignIn, cleos_home: Client, sam: User
) -> None:
    url = f"/clients/{cleos_home.pk}/since/"
    assert "Nothing has changed here since your last visit." in content(signed_in(sam).get(url))
    assert content(signed_in(sam).get(url, headers={"HX-Request": "true"})).strip() == ""


def test_thirty_homes_cost_as_many_queries_as_one(sam: User, mona: User) -> None:
    homes = []
    for number in range(30):
        home = make_client(primary_sitter=sam)
        pet = make_pet(home, name=f"Pet {number}")
        was_there(home, sam, days_ago=10)
        change(home, mona, days_ago=2, door_code="1", parking="Garage")
        change(pet, mona, days_ago=2, medication="Insulin", feeding="Twice")
        homes.append(home)
    counts, reader, company = [], User.objects.get(pk=sam.pk), SiteOptions.load()
    news_of(homes[:1], reader, company=company)
    for some in (homes[:1], homes):
        with CaptureQueriesContext(connection) as counted:
            found = news_of(some, reader, company=company)
        assert [(len(each.unread), len(each.since)) for each in found.values()] == [(2, 4)] * len(
            some
        )
        counts.append(len(counted))
    assert counts == [4, 4]
