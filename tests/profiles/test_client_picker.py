"""The clients offered while one types."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from tests.factories import make_client
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]


@pytest.fixture
def offered(signed_in: SignIn, mona: User) -> Callable[[str], list[str]]:
    make_client(first_name="Ivo", last_name="Idle", status="Inactive")
    make_client(first_name="Bea", last_name="Stone", status="Active")
    make_client(first_name="Zoe", last_name="Idlewild", status="Active")
    browser = signed_in(mona)

    def texts(query: str) -> list[str]:
        page = read(browser.get(f"/clients/picker/{query}"))
        return [each.text for each in page.all(role="option")]

    return texts


def test_the_search_finds_inactive_clients_and_says_so(
    offered: Callable[[str], list[str]],
) -> None:
    assert offered("?q=ivo") == ["Idle, Ivo Inactive"]
    assert offered("?q=idle") == ["Idle, Ivo Inactive", "Idlewild, Zoe"]
    assert offered("") == ["Idlewild, Zoe", "Stone, Bea"]


def test_a_guess_does_not_win_over_an_inactive_client_of_that_name(
    offered: Callable[[str], list[str]],
) -> None:
    make_client(first_name="Ann", last_name="Carver", status="Active")
    make_client(first_name="Ben", last_name="Carter", status="Inactive")
    assert offered("?q=carter") == ["Carter, Ben Inactive"]


def test_a_form_offers_current_clients_only(offered: Callable[[str], list[str]]) -> None:
    assert offered("?q=ivo&for=form") == ["Nobody fits."]
    assert offered("?q=idle&for=form") == ["Idlewild, Zoe"]
