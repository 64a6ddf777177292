"""Rules 23 and 24: a client is in its zip's territory unless another is set."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.resources.models import Territory, TerritoryZip, territory_of_zip
from tests.factories import make_client
from tests.profiles.pages import facts, fill_in, read

SignIn = Callable[[User], Browser]


@pytest.fixture
def north(db: None) -> Territory:
    territory = Territory.objects.create(name="North")
    TerritoryZip.objects.create(territory=territory, zip_code="43085")
    return territory


def shown(browser: Browser, client: Client) -> str | None:
    return facts(read(browser.get(f"/clients/{client.pk}/"))).get("Territory")


def test_the_zip_decides_while_nothing_is_set(
    signed_in: SignIn, mona: User, cleos_home: Client, north: Territory
) -> None:
    """Rule 23."""
    assert shown(signed_in(mona), cleos_home) == "North (by zip)"
    assert cleos_home.territory is None


def test_a_territory_that_is_set_wins(
    signed_in: SignIn, mona: User, cleos_home: Client, north: Territory
) -> None:
    """Rule 24."""
    south = Territory.objects.create(name="South")
    url = f"/clients/{cleos_home.pk}/edit/"
    assert fill_in(signed_in(mona), url, territory=south.pk).status_code == 302
    assert shown(signed_in(mona), cleos_home) == "South"
    assert fill_in(signed_in(mona), url, territory="").status_code == 302
    assert shown(signed_in(mona), cleos_home) == "North (by zip)"


@pytest.mark.parametrize("zip_code", ["43085", " 43085 ", "43085-1234", "43085-"])
def test_the_first_five_of_a_zip_count(north: Territory, zip_code: str) -> None:
    assert territory_of_zip(zip_code) == north


@pytest.mark.parametrize("zip_code", ["", "4308", "430855", "10001", "-43085", "N/A"])
def test_other_zips_are_in_no_territory(north: Territory, zip_code: str) -> None:
    assert territory_of_zip(zip_code) is None


def test_a_zip_is_in_one_territory_only(north: Territory) -> None:
    south = Territory.objects.create(name="South")
    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryZip.objects.create(territory=south, zip_code="43085")


def test_a_territory_that_goes_leaves_its_clients(north: Territory) -> None:
    client = make_client(territory=north)
    north.delete()
    assert Client.objects.get(pk=client.pk).territory is None
