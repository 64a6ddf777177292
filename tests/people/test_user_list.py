"""The list of users: who works here, whether they can sign in, when they last did."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import invite_staff
from pawfile.profiles.models import Client
from tests.factories import make_user
from tests.profiles.pages import Node, read
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
URL = "/users/"


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def names(page: Node) -> list[str]:
    return [row.one("th").one("a").text for row in page.all("tr", data_user="")]


def cells(page: Node, user: User) -> dict[str, str]:
    row = page.one("tr", data_user=str(user.pk))
    return {cell.attrs["data-label"]: cell.text for cell in row.all("td", data_label="")}


def test_staff_stand_in_it_by_name_and_no_client(
    adas: Browser, mona: User, sam: User, cleo: User
) -> None:
    assert names(read(adas.get(URL))) == ["Ada Admin", "Mona Manager", "Sam Sitter"]


def test_a_row_says_role_state_and_last_sign_in(adas: Browser, sam: User) -> None:
    page = read(adas.get(URL))
    assert page.one("tr", data_user=str(sam.pk)).one("th").text == f"Sam Sitter {sam.email}"
    assert cells(page, sam) == {
        "Role": "Sitter",
        "Phone": "",
        "Last sign-in": "Never",
        "Second factor": "No",
        "State": "Active",
    }
    answer = Browser().post("/accounts/login/", {"login": sam.email, "password": "paws-and-tails"})
    assert answer.status_code == 302
    assert cells(read(adas.get(URL)), sam)["Last sign-in"].startswith("today")


def test_who_is_also_a_client_is_marked(adas: Browser, sam: User, carls_home: Client) -> None:
    carls_home.logins.add(sam)
    assert cells(read(adas.get(URL)), sam)["Role"] == "Sitter also a client"


def test_it_is_searched_and_filtered(adas: Browser, mona: User, sam: User) -> None:
    gone = make_user(Role.SITTER, "Gone Girl", is_active=False, nickname="Gigi")
    found = {
        "q=mona": ["Mona Manager"],
        f"q={sam.email}": ["Sam Sitter"],
        "role=manager": ["Mona Manager"],
        "state=inactive": ["Gone Girl"],
        "q=gigi&state=all": ["Gone Girl"],
        "state=all": ["Ada Admin", "Gone Girl", "Mona Manager", "Sam Sitter"],
        "q=%00&role=king&state=odd&at=x": ["Ada Admin", "Mona Manager", "Sam Sitter"],
        "q=nobody": [],
    }
    assert {query: names(read(adas.get(f"{URL}?{query}"))) for query in found} == found
    assert gone.email not in adas.get(URL).content.decode()


def test_htmx_gets_the_rows_alone(adas: Browser, sam: User) -> None:
    page = adas.get(URL, {"q": "sam"}, headers={"HX-Request": "true"}).content.decode()
    assert ("Sam Sitter" in page, "<html" in page) == (True, False)


def test_more_people_cost_no_more_queries(adas: Browser, ada: User) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            user = make_user(Role.SITTER, f"Sitter {number}")
            invite_staff(
                email=f"new{user.pk}@example.com", name="New", role=Role.SITTER, words="",
                by=ada, site="https://book/",
            )  # fmt: skip
        counts.append(queries(adas, URL))
    assert counts[0] == counts[1]


def test_the_invited_stand_below_until_they_come(adas: Browser, ada: User) -> None:
    assert read(adas.get(URL)).all("tr", data_invite="") == []
    invite = invite_staff(
        email="nadia@example.com", name="Nadia", role=Role.MANAGER, words="", by=ada,
        site="https://book/",
    )  # fmt: skip
    row = read(adas.get(URL)).one("tr", data_invite=str(invite.pk))
    said = {cell.attrs["data-label"]: cell.text for cell in row.all("td", data_label="")}
    assert (row.one("th").text, said["Role"], said["State"], said["By"]) == (
        "Nadia", "Manager", "Open", "Ada Admin",
    )  # fmt: skip
