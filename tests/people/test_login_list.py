"""The list of client logins."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.profiles.pages import Node, read
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
URL = "/logins/"


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def rows(page: Node) -> dict[str, dict[str, str]]:
    return {
        row.one("th").text: {
            cell.attrs["data-label"]: cell.text for cell in row.all("td", data_label="")
        }
        for row in page.all("tr", data_login="")
    }


def test_a_row_says_whose_login_it_is(
    adas: Browser, sam: User, cleo: User, cleos_home: Client
) -> None:
    make_client(first_name="Beach", last_name="House", logins=[cleo])
    assert rows(read(adas.get(URL))) == {
        "Cleo Carter": {
            "E-mail": cleo.email,
            "Clients": "Carter, Cleo; House, Beach",
            "Last sign-in": "Never",
            "State": "Active",
        }
    }
    Browser().post("/accounts/login/", {"login": cleo.email, "password": "paws-and-tails"})
    said = rows(read(adas.get(URL)))["Cleo Carter"]
    assert said["Last sign-in"].startswith("today")


def test_an_address_that_was_not_proved_is_marked(adas: Browser) -> None:
    nora = make_user(Role.CLIENT, "Nora New", is_email_verified=False)
    assert rows(read(adas.get(URL)))["Nora New"]["E-mail"] == f"{nora.email} not confirmed"


def test_it_is_searched_and_filtered(
    adas: Browser, cleo: User, cleos_home: Client, carls_home: Client, signed_in: SignIn
) -> None:
    make_user(Role.CLIENT, "Gone Gus", is_active=False, last_login="2026-01-02T03:04Z")
    signed_in(cleo)
    found = {
        "": ["Carl Cooper", "Cleo Carter", "Gone Gus"],
        "q=maple": ["Cleo Carter"],  # the street of her home
        f"q={cleo.email}": ["Cleo Carter"],
        "q=COOP": ["Carl Cooper"],
        "state=inactive": ["Gone Gus"],
        "state=active": ["Carl Cooper", "Cleo Carter"],
        "state=homeless": ["Gone Gus"],
        "state=never": ["Carl Cooper"],
        "q=%00&state=odd&at=x": ["Carl Cooper", "Cleo Carter", "Gone Gus"],
        "q=nobody": [],
    }
    assert {query: list(rows(read(adas.get(f"{URL}?{query}")))) for query in found} == found


def test_more_logins_cost_no_more_queries(adas: Browser) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            make_client(logins=[make_user(Role.CLIENT, "Some Client")])
        counts.append(queries(adas, URL))
    assert counts[0] == counts[1]


def test_a_long_list_has_pages(adas: Browser) -> None:
    User.objects.bulk_create(
        User(email=f"c{n}@example.com", name=f"Client {n:03}", role=Role.CLIENT) for n in range(60)
    )
    first = read(adas.get(URL))
    assert len(rows(first)) == 50
    after = first.one("a", rel="next").attrs["href"]
    assert list(rows(read(adas.get(URL + after)))) == [f"Client {n:03}" for n in range(50, 60)]
