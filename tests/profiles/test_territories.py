"""Petcare > Territories: the list with what no territory covers, the form, deleting."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.models import Client
from pawfile.resources.actions import save_territory
from pawfile.resources.models import Territory
from tests.at_once import at_once
from tests.factories import make_client
from tests.profiles.pages import Node, content, facts, fill_in, problems, read, sent_by

SignIn = Callable[[User], Browser]
URL, NEW = "/territories/", "/territories/new/"
COLOUR = "Write a colour like #b45309, or choose one."


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def make_territory(name: str, *zips: str) -> Territory:
    territory = Territory()
    values = {"name": name, "colour": "#b45309", "zips": list(zips)}
    save_territory(territory=territory, values=values, by=None)
    return territory


@pytest.fixture
def north(db: None) -> Territory:
    return make_territory("North", "43085", "43202")


def listed(page: Node) -> list[list[str]]:
    rows = page.all("tr", data_territory="")
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in rows]


def uncovered(page: Node) -> list[str]:
    return [line.text for line in page.all("li", data_zip="")]


def recorded() -> list[tuple[str, str, str, str]]:
    entries = Activity.objects.order_by("pk").exclude(by_name="")
    return [(e.about, e.old_text, e.new_text, e.note) for e in entries]


def test_the_office_adds_a_territory_with_zips_in_any_spelling(monas: Browser) -> None:
    typed = {"name": " North ", "colour": "#AA00BB", "zips": "43210-1234;43085\r\n43085 43202"}
    answer = fill_in(monas, NEW, **typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    page = read(monas.get(URL))
    assert listed(page) == [["North", "43085, 43202, 43210", "0"]]
    assert page.one("svg", cls="colour-mark").one("rect").attrs["fill"] == "#aa00bb"
    assert recorded() == [("North", "", "43085, 43202, 43210", "Added")]


def test_an_edit_is_written_down_and_moves_clients_by_their_zip(
    monas: Browser, north: Territory, cleos_home: Client
) -> None:
    """Rule 23, after the office moved a zip."""
    url = f"/territories/{north.pk}/edit/"
    assert sent_by(read(monas.get(url)))["zips"] == ["43085, 43202"]
    assert fill_in(monas, url).status_code == 302
    assert recorded() == []
    assert fill_in(monas, url, zips="43202", name="Uptown").status_code == 302
    assert recorded() == [
        ("North: Name", "North", "Uptown", ""),
        ("North: Zip codes", "43085, 43202", "43202", ""),
    ]
    south = make_territory("South", "43085")
    profile = facts(read(monas.get(f"/clients/{cleos_home.pk}/")))
    assert profile["Territory"] == f"{south.name} (by zip)"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, ["Name: Say a name."]),
        ({"name": "x" * 201}, ["Name: A name has at most 200 characters; this one has 201."]),
        ({"name": "a\nb"}, ["Name: Leave out line breaks and control characters."]),
        ({"name": "NORTH"}, ["Name: “NORTH” exists already; choose another name."]),
        ({"colour": ""}, ["Colour: Choose a colour."]),
        ({"colour": "red"}, [f"Colour: {COLOUR}"]),
        ({"colour": '#00"/><b>'}, [f"Colour: {COLOUR}"]),
        ({"zips": "43201, somewhere"},
         ["Zip codes: “SOMEWHERE” is no zip code; write them like 43085, 43210."]),
        ({"zips": "43201\x1b"},
         ["Zip codes: “43201\x1b” is no zip code; write them like 43085, 43210."]),
        ({"zips": "43201 43085-1234 43202"},
         ["Zip codes: 43085 is in North already.", "Zip codes: 43202 is in North already."]),
    ],
)  # fmt: skip
def test_a_bad_territory_is_refused_by_name_and_stays_typed(
    monas: Browser, north: Territory, typed: dict[str, str], told: list[str]
) -> None:
    sent = {"name": "South", "colour": "#b45309", "zips": "43201", **typed}
    answer = monas.post(NEW, sent)
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, told)
    assert list(Territory.objects.all()) == [north]
    kept = sent_by(page)
    assert {key: kept[key] for key in sent} == {
        key: [value.replace("\n", "")] for key, value in sent.items()
    }


def test_zips_that_no_territory_covers_are_listed_with_their_clients(
    monas: Browser, north: Territory
) -> None:
    """Rule 77."""
    for zip_code in ("10001", "10001-1234", " 10001 ", "90210", "43085", "43085-9", "", "  "):
        make_client(zip_code=zip_code)
    make_client(zip_code="60601", status="Inactive")
    make_client(zip_code="30301", territory=north)
    page = read(monas.get(URL))
    assert uncovered(page) == ["10001 Clients: 3", "30301 Clients: 1", "90210 Clients: 1"]
    card = page.one("section", id="uncovered")
    assert card.one("h2").text == "3 zip codes in no territory"
    assert "5 current clients live there." in card.text
    make_territory("Rest", "10001", "30301", "90210")
    assert read(monas.get(URL)).all("section", id="uncovered") == []


def test_a_zip_that_a_manager_may_not_see_is_not_listed(
    signed_in: SignIn, mona: User, ada: User
) -> None:
    FieldRule.objects.create(subject="client", key="zip_code", manager=Access.HIDE)
    FieldRule.objects.create(subject="client", key="territory", manager=Access.HIDE)
    make_client(zip_code="10001", territory=make_territory("North"))
    pages = [content(signed_in(user).get(URL)) for user in (ada, mona)]
    assert ["10001" in page for page in pages] == [True, False]
    assert ["Clients set to it" in page for page in pages] == [True, False]


def test_deleting_says_who_is_set_to_it_and_they_fall_back_to_their_zip(
    monas: Browser, north: Territory, cleos_home: Client
) -> None:
    south = make_territory("South")
    assert fill_in(monas, f"/clients/{cleos_home.pk}/edit/", territory=south.pk).status_code == 302
    make_client(territory=south, status="Inactive")
    url = f"/territories/{south.pk}/delete/"
    assert "2 clients are set to this territory and fall back" in read(monas.get(url)).text
    assert Territory.objects.count() == 2
    assert monas.post(url).headers["Location"] == URL
    assert list(Territory.objects.all()) == [north]
    profile = read(monas.get(f"/clients/{cleos_home.pk}/"))
    assert facts(profile)["Territory"].startswith("North (by zip)")
    newest = Client.objects.get(pk=cleos_home.pk).changes_of("territory")[0]
    assert (newest.old_text, newest.new_text) == ("South", "North (by zip)")
    assert recorded()[-1] == ("South", "", "", "Deleted")


def test_territories_are_listed_by_name(monas: Browser) -> None:
    for name in ("West", "North", "South"):
        make_territory(name)
    assert [row[0] for row in listed(read(monas.get(URL)))] == ["North", "South", "West"]


def test_the_page_costs_the_same_for_one_and_for_three(monas: Browser) -> None:
    counts = []
    for number in range(3):
        make_territory(f"Part {number}", f"4308{number}", f"4320{number}")
        make_client(zip_code=f"1000{number}")
        monas.get(URL)
        with CaptureQueriesContext(connection) as asked:
            monas.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 9


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_away_one_zip_at_once_one_is_told() -> None:
    results = at_once(
        lambda: make_territory("North", "43085"), lambda: make_territory("South", "43085")
    )
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["IntegrityError", "Territory"]
    assert Territory.objects.count() == 1
