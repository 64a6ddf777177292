"""Pages ask the database as often for thirty rows as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client
from tests.access.home import make_photo
from tests.factories import make_client, make_pet, make_user

SignIn = Callable[[User], Browser]


def queries(browser: Browser, url: str) -> int:
    browser.get(url)  # the first visit may read what is kept for all
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(url).status_code == 200
    return len(counted)


def make_homes(count: int, sitter: User) -> list[Client]:
    """Clients with everything a row shows: pets, both sitters, tags."""
    homes = []
    for number in range(count):
        other = make_user(Role.SITTER, f"Other {number}")
        home = make_client(
            cell_phone=f"614-555-{number:04}", primary_sitter=sitter, secondary_sitter=other,
            tags=[f"tag {number}"], status="Active",
        )  # fmt: skip
        make_pet(home, name=f"Rex {number}")
        make_pet(home, name=f"Tom {number}")
        homes.append(home)
    return homes


def browser_of(who: str, request: pytest.FixtureRequest) -> Browser:
    browser = Browser()
    browser.force_login(request.getfixturevalue(who))
    return browser


#: List → the most queries it may ask.
LISTS = {
    "/": 23, "/clients/": 15, "/clients/?sort=-changed": 15, "/clients/?q=client": 15,
    "/clients/picker/?q=client": 10, "/pets/": 10, "/pets/?q=rex": 12, "/vets/": 8,
}  # fmt: skip


@pytest.mark.parametrize("who", ["ada", "mona", "sam"])
def test_a_list_costs_the_same_for_1_3_and_30_rows(
    sam: User, who: str, request: pytest.FixtureRequest
) -> None:
    browser, counts = browser_of(who, request), []
    for more in (1, 2, 27):
        make_homes(more, sam)
        counts.append({url: queries(browser, url) for url in LISTS})
    assert counts == [counts[0]] * 3
    assert {url: asked for url, asked in counts[0].items() if asked > LISTS[url]} == {}


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_a_profile_costs_the_same_with_1_and_9_pets(
    cleos_home: Client, who: str, request: pytest.FixtureRequest
) -> None:
    browser, photo = browser_of(who, request), make_photo(cleos_home)
    urls = [f"/clients/{cleos_home.pk}/", *([f"/clients/{cleos_home.pk}/row/"] * (who != "cleo"))]

    def add_pet(number: int) -> None:
        pet = make_pet(cleos_home, name=f"Rex {number}", photo=photo, allergies="corn")
        update_pet(pet, values={"medication": "insulin", "breed": "Beagle"}, by=None)
        update_client(
            Client.objects.get(pk=cleos_home.pk),
            values={"street": f"{number} Elm Street", "tags": [f"tag {number}"]}, by=None,
        )  # fmt: skip

    add_pet(1)
    one = [queries(browser, url) for url in urls]
    for number in range(2, 10):
        add_pet(number)
    assert [queries(browser, url) for url in urls] == one
    assert max(one) <= 14


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_the_forms_cost_the_same_however_much_there_is_to_choose(
    cleos_home: Client, who: str, request: pytest.FixtureRequest
) -> None:
    browser = browser_of(who, request)
    pet = make_pet(cleos_home, photo=make_photo(cleos_home))
    urls = [f"/clients/{cleos_home.pk}/edit/", f"/pets/{pet.pk}/edit/"]
    urls += [f"/pets/new/?client={cleos_home.pk}"]

    def add() -> None:
        sitter = make_user(Role.SITTER, "Another")
        home = Client.objects.get(pk=cleos_home.pk)
        update_client(
            home, by=None,
            values={"blocked_sitters": [sitter, *home.blocked_sitters.all()],
                    "tags": [*home.tags.values_list("name", flat=True), f"tag {sitter.pk}"]},
        )  # fmt: skip
        make_photo(cleos_home)

    add()
    few = [queries(browser, url) for url in urls]
    for _ in range(5):
        add()
    assert [queries(browser, url) for url in urls] == few
    assert max(few) <= 16


def test_a_clients_home_page_costs_the_same_for_several_homes(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(cleo), []
    for more in (0, 2, 5):
        for _ in range(more):
            make_pet(make_client(logins=[cleo]))
        make_pet(cleos_home)
        counts.append(queries(browser, "/"))
    assert counts == [counts[0]] * 3
