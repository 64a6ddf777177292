"""Places of the company's own where keys hang."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.access.models import KeyLocation
from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.profiles.models import Client
from tests.factories import make_key
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def rows(browser: Browser) -> list[str]:
    return [row.text for row in read(browser.get("/keys/places/")).all("tr", data_location="")]


def test_places_are_listed_with_their_keys(monas: Browser, cleos_home: Client) -> None:
    monas.post("/keys/places/new/", {"name": "Safe", "is_active": "on"})
    safe = KeyLocation.objects.get()
    make_key(cleos_home, place="location", location=safe)
    assert rows(monas) == ["Safe 1 Active"]
    monas.post(f"/keys/places/{safe.pk}/", {"name": "Big safe"})
    assert rows(monas) == ["Big safe 1 Inactive"]
    told = [(each.about, each.old_text, each.new_text) for each in Activity.objects.order_by("pk")]
    assert told == [
        ("Safe", "", ""), ("Safe: Name", "Safe", "Big safe"), ("Safe: Active", "Yes", "No"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Safe", "There is a place of this name."),
        ("sAFÉ", "There is a place of this name: Safe."),
        ("", "Say a name."),
    ],
)
def test_a_bad_name_is_refused(monas: Browser, name: str, told: str) -> None:
    KeyLocation.objects.create(name="Safe")
    answer = monas.post("/keys/places/new/", {"name": name})
    assert (answer.status_code, told in content(answer)) == (422, True)
    assert KeyLocation.objects.count() == 1


def test_a_place_is_no_twin_of_itself(monas: Browser) -> None:
    safe = KeyLocation.objects.create(name="safe")
    assert monas.post(f"/keys/places/{safe.pk}/", {"name": "Safe"}).status_code == 302
    safe.refresh_from_db()
    assert safe.name == "Safe"


def test_the_list_costs_the_same_for_one_and_for_three(monas: Browser) -> None:
    counts = []
    for name in ("Safe", "North", "South"):
        KeyLocation.objects.create(name=name)
        monas.get("/keys/places/")
        with CaptureQueriesContext(connection) as asked:
            monas.get("/keys/places/")
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_places_are_listed_by_name(monas: Browser) -> None:
    for name in ("West", "North", "South"):
        KeyLocation.objects.create(name=name)
    assert rows(monas) == [f"{name} 0 Active" for name in ("North", "South", "West")]
