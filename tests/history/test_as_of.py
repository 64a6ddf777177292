"""The profile as it was at the end of a day, worked out backwards from its history."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from tests.factories import make_pet
from tests.profiles.pages import Node, content, read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]


def born_days_ago(record: Any, days: int) -> None:
    """The record came into the book so many days ago."""
    at = timezone.now() - timedelta(days=days)
    type(record)._base_manager.filter(pk=record.pk).update(created_at=at)


def changed_on(record: Any, day: date, hour: int = 12, **values: object) -> None:
    """Save these values on that day, where the company is."""
    update: Any = update_pet if isinstance(record, Pet) else update_client
    fresh = type(record)._base_manager.get(pk=record.pk)
    update(fresh, values=values, by=None)
    at = timezone.make_aware(datetime.combine(day, time(hour)))
    record.changes.filter(version=fresh.version).update(changed_at=at)


def days_ago(days: int) -> date:
    return in_days(-days)


def page_on(browser: Browser, client: Client, day: date | str) -> Node:
    return read(browser.get(f"/clients/{client.pk}/as-of/?on={day}"))


def facts(page: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact in page.all(cls="fact"):
        label = fact.one("dt")
        name = "".join(child for child in label.children if isinstance(child, str))
        found[name.strip()] = fact.one("dd").text
    return found


@pytest.fixture
def home(cleos_home: Client, rex: Pet) -> Client:
    born_days_ago(cleos_home, 30)
    born_days_ago(rex, 30)
    return cleos_home


def test_each_field_reads_as_at_the_end_of_that_day(
    signed_in: SignIn, ada: User, home: Client, rex: Pet
) -> None:
    changed_on(home, days_ago(20), street="1 Elm Street")
    changed_on(home, days_ago(10), hour=23, street="2 Elm Street")
    changed_on(rex, days_ago(10), breed="Boxer", name="Rexie")
    browser = signed_in(ada)
    streets = {
        days: facts(page_on(browser, home, days_ago(days)))["Street"] for days in (21, 20, 11, 10)
    }
    assert streets == {
        21: "12 Maple Street", 20: "1 Elm Street", 11: "1 Elm Street", 10: "2 Elm Street",
    }  # fmt: skip
    before, after = (page_on(browser, home, days_ago(days)) for days in (11, 10))
    names = [page.one(data_pet=str(rex.pk)).one("h2").text for page in (before, after)]
    assert names == ["Rex", "Rexie"]
    assert [facts(page)["Breed"] for page in (before, after)] == ["–", "Boxer"]


def test_a_banner_says_which_day_it_is_and_changes_since_are_marked(
    signed_in: SignIn, ada: User, home: Client
) -> None:
    changed_on(home, days_ago(9), street="1 Elm Street")
    changed_on(home, days_ago(8), street="2 Elm Street")
    page = page_on(signed_in(ada), home, days_ago(12))
    assert (
        page.one(data_as_of=days_ago(12).isoformat()).one("h2").text.endswith("not how it is today")
    )
    assert [mark.text for mark in page.all(data_changes="")] == ["x2"]
    assert page_on(signed_in(ada), home, days_ago(0)).all(data_changes="") == []


def test_codes_are_dots_and_one_that_changed_says_so(
    signed_in: SignIn, ada: User, home: Client
) -> None:
    changed_on(home, days_ago(20), door_code="4711", gate_code="1234")
    changed_on(home, days_ago(5), gate_code="9876")
    answer = signed_in(ada).get(f"/clients/{home.pk}/as-of/?on={days_ago(10)}")
    assert facts(read(answer))["Gate code"] == "•••••• (another one, or none)"
    assert "Saved and sealed" in facts(read(answer))["Door code"]
    assert [code for code in ("4711", "1234", "9876") if code in content(answer)] == []
    assert "/secret/" not in content(answer)


def test_fields_that_asked_for_a_yes_of_today_are_as_they_were(
    signed_in: SignIn, ada: User, home: Client
) -> None:
    """Without an alarm then, no alarm company then; and the other way round."""
    changed_on(home, days_ago(10), has_alarm=True, alarm_company="Buckeye")
    changed_on(home, days_ago(5), has_alarm=False)
    browser = signed_in(ada)
    found = [
        "Alarm company" in facts(page_on(browser, home, days_ago(days))) for days in (12, 7, 3)
    ]
    assert found == [False, True, False]


def test_a_pet_that_came_later_was_not_there(
    signed_in: SignIn, ada: User, home: Client, rex: Pet
) -> None:
    mia = make_pet(home, name="Mia", animal="Cat")
    born_days_ago(mia, 3)
    pages = [page_on(signed_in(ada), home, days_ago(days)) for days in (4, 2)]
    assert [len(page.all("article", data_pet="")) for page in pages] == [1, 2]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-02-31", "Write a day like 2026-04-12."),
        ("yesterday", "Write a day like 2026-04-12."),
        ("9999-01-01", "That day is still to come. Choose today or an earlier one."),
        ("1999-01-01", "The client came into the book on"),
    ],
)
def test_a_day_that_cannot_be_says_what_would_be_right(
    signed_in: SignIn, ada: User, home: Client, typed: str, said: str
) -> None:
    answer = signed_in(ada).get(f"/clients/{home.pk}/as-of/", {"on": typed})
    page = read(answer)
    assert answer.status_code == 422
    assert page.one(cls="field-error").text.startswith(said)
    assert page.one("input", name="on").attrs["value"] == typed


def test_clients_see_their_own_and_no_other(
    signed_in: SignIn, *, cleo: User, carl: User, stan: User, home: Client, carls_home: Client
) -> None:
    url = f"/clients/{home.pk}/as-of/"
    assert [signed_in(who).get(url).status_code for who in (cleo, carl, stan)] == [200, 404, 404]


def test_more_pets_and_a_longer_history_cost_no_query_more(
    signed_in: SignIn, ada: User, home: Client, rex: Pet
) -> None:
    browser, counts = signed_in(ada), []
    for number in range(3):
        changed_on(home, days_ago(5), street=f"{number} Elm Street", city=f"City {number}")
        changed_on(rex, days_ago(5), breed=f"Boxer {number}")
        born_days_ago(make_pet(home, name=f"Mia {number}", animal="Cat"), 20)
        page_on(browser, home, days_ago(7))
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                page_on(browser, home, days_ago(7))
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_timeline_leads_to_the_day_before_a_change(
    signed_in: SignIn, ada: User, home: Client
) -> None:
    changed_on(home, days_ago(5), street="1 Elm Street")
    page = read(signed_in(ada).get(f"/clients/{home.pk}/changes/"))
    url = f"/clients/{home.pk}/as-of/?on={days_ago(6)}"
    assert len(page.all("a", href=url)) == 1
