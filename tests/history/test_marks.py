"""Rules 47 to 50 and 57: the red x1 beside a field, and the pop-up behind it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.history.marks import marks_of
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, ClientChange, Pet
from tests.factories import make_client, make_user
from tests.profiles.pages import content, marks, read

SignIn = Callable[[User], Browser]


def change(client: Client, by: User | None, **values: object) -> None:
    update_client(Client.objects.get(pk=client.pk), values=values, by=by)


def days_ago(client: Client, days: float) -> None:
    """Make the newest change that old."""
    row = ClientChange.objects.filter(record=client).latest("pk")
    row.changed_at = timezone.now() - timedelta(days=days)
    row.save()


def marks_for(browser: Browser, client: Client) -> dict[str, str]:
    return marks(read(browser.get(f"/clients/{client.pk}/")))


def set_options(**values: object) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults=values)


def test_a_field_changed_once_has_x1(
    signed_in: SignIn, ada: User, mona: User, sam: User, cleos_home: Client
) -> None:
    """Rule 47."""
    change(cleos_home, ada, street="1 Elm Street")
    for reader in (mona, sam):
        assert marks_for(signed_in(reader), cleos_home) == {"street": "x1 new"}


def test_a_field_changed_twice_has_x2_and_others_have_none(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    """Rule 48."""
    change(cleos_home, ada, street="1 Elm Street", city="Dublin")
    change(cleos_home, ada, street="2 Elm Street")
    assert marks_for(signed_in(mona), cleos_home) == {"street": "x2 new", "city": "x1 new"}


def test_the_mark_opens_every_change_with_old_new_who_and_when(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    """Rule 49."""
    change(cleos_home, ada, street="1 Elm Street")
    change(cleos_home, mona, street="2 Elm Street")
    change(cleos_home, None, street="")
    browser = signed_in(mona)
    mark = read(browser.get(f"/clients/{cleos_home.pk}/")).one(data_changes="")
    page = read(browser.get(mark.attrs["href"]))
    entries = page.one("ol", cls="timeline").all("li")
    told = [(e.one("del").text, e.one("ins").text, e.one(cls="timeline-who").text) for e in entries]
    assert told == [
        ("2 Elm Street", "–", "Import"),
        ("1 Elm Street", "2 Elm Street", "You"),
        ("12 Maple Street", "1 Elm Street", "Ada Admin"),
    ]
    times = cleos_home.changes.order_by("-pk").values_list("changed_at", flat=True)
    shown = [entry.one("time").attrs["datetime"] for entry in entries]
    assert [datetime.fromisoformat(text) for text in shown] == [
        time.replace(microsecond=0) for time in times
    ]


def test_the_pop_up_is_a_part_for_htmx_and_a_page_without(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    change(cleos_home, ada, street="1 Elm Street")
    url = f"/clients/{cleos_home.pk}/changes/street/"
    part = content(signed_in(mona).get(url, headers={"HX-Request": "true"}))
    assert ("1 Elm Street" in part, "<html" in part, "dialog-head" in part) == (True, False, True)
    assert "<html" in content(signed_in(mona).get(url))


def test_a_mark_is_filled_until_this_reader_has_opened_it(
    signed_in: SignIn, ada: User, mona: User, sam: User, cleos_home: Client
) -> None:
    change(cleos_home, ada, street="1 Elm Street", city="Dublin")
    browser = signed_in(mona)
    browser.get(f"/clients/{cleos_home.pk}/changes/street/")
    assert marks_for(browser, cleos_home) == {"street": "x1", "city": "x1 new"}
    assert marks_for(signed_in(sam), cleos_home) == {"street": "x1 new", "city": "x1 new"}
    change(cleos_home, ada, street="2 Elm Street")
    assert marks_for(browser, cleos_home) == {"street": "x2 new", "city": "x1 new"}


def test_ones_own_change_is_never_new(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    change(cleos_home, mona, street="1 Elm Street", city="Dublin")
    change(cleos_home, ada, city="Powell")
    assert marks_for(signed_in(mona), cleos_home) == {"street": "x1", "city": "x2 new"}
    assert marks_for(signed_in(ada), cleos_home) == {"street": "x1 new", "city": "x2 new"}


def test_a_change_by_nobody_is_new_to_all(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    change(cleos_home, None, street="1 Elm Street")
    assert marks_for(signed_in(mona), cleos_home) == {"street": "x1 new"}


@pytest.mark.parametrize(
    ("window", "days", "found"),
    [
        (90, 91, {}), (90, 89.9, {"street": "x1 new"}),
        (30, 31, {}), (30, 29, {"street": "x1 new"}),
        (365, 366, {}), (365, 364, {"street": "x1 new"}),
        (0, 91, {"street": "x1 new"}), (0, 5000, {"street": "x1 new"}),
    ],
)  # fmt: skip
def test_a_change_counts_within_the_window(
    cleos_home: Client, request: pytest.FixtureRequest, window: int, days: float, found: object
) -> None:
    """Rule 50."""
    browser = Browser()
    browser.force_login(request.getfixturevalue("mona"))
    set_options(change_window=window)
    change(cleos_home, None, street="1 Elm Street")
    days_ago(cleos_home, days)
    assert marks_for(browser, cleos_home) == found


def test_the_pop_up_has_also_what_is_older_than_the_window(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    change(cleos_home, ada, street="1 Elm Street")
    days_ago(cleos_home, 500)
    page = read(signed_in(mona).get(f"/clients/{cleos_home.pk}/changes/street/"))
    assert [node.text for node in page.all("ins")] == ["1 Elm Street"]


def test_a_field_never_changed_says_so(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    page = content(signed_in(mona).get(f"/clients/{cleos_home.pk}/changes/city/"))
    assert "Never changed since it was first written." in page


def test_a_client_reads_office_instead_of_names(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client
) -> None:
    """PRODUCT §10: unless the option shows them; other people of the household keep theirs."""
    other = make_user(Role.CLIENT, "Cory Carter")
    change(cleos_home, ada, street="1 Elm Street")
    change(cleos_home, other, street="2 Elm Street")
    change(cleos_home, cleo, street="3 Elm Street")
    url = f"/clients/{cleos_home.pk}/changes/street/"

    def who() -> list[str]:
        return [node.text for node in read(signed_in(cleo).get(url)).all(cls="timeline-who")]

    assert who() == ["You", "Cory Carter", "Office"]
    set_options(has_staff_names_for_clients=True)
    assert who() == ["You", "Cory Carter", "Ada Admin"]


def test_pets_have_marks_of_their_own(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client, rex: Pet
) -> None:
    change(cleos_home, ada, office_notes="late payer")
    update_pet(rex, values={"office_notes": "bites"}, by=ada)
    browser = signed_in(mona)
    page = read(browser.get(f"/clients/{cleos_home.pk}/"))
    assert [node.attrs["href"] for node in page.all(data_changes="")] == [
        f"/clients/{cleos_home.pk}/changes/office_notes/",
        f"/pets/{rex.pk}/changes/office_notes/",
    ]
    browser.get(f"/pets/{rex.pk}/changes/office_notes/")
    page = read(browser.get(f"/clients/{cleos_home.pk}/"))
    assert ["unseen" in node.attrs["class"] for node in page.all(data_changes="")] == [True, False]


def test_marks_of_many_records_are_one_query(ada: User, mona: User) -> None:
    for count in (1, 3, 30):
        clients = [make_client() for _ in range(count)]
        for client in clients:
            change(client, ada, street="1 Elm Street", city="Dublin")
        ids = [client.pk for client in clients]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = marks_of(Client, ids, reader=mona, keys=["street", "city"], days=90)
        assert (len(queries), len(found)) == (1, count)


def test_opening_a_pop_up_costs_the_same_however_long_the_history(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(mona), []
    url = f"/clients/{cleos_home.pk}/changes/street/"
    change(cleos_home, ada, street="0")
    browser.get(url)
    for number in range(1, 31):
        change(cleos_home, ada, street=f"{number}")
        if number in (1, 3, 30):
            with CaptureQueriesContext(connection) as queries:
                browser.get(url)
            counts.append(len(queries))
    assert counts == [counts[0]] * 3
