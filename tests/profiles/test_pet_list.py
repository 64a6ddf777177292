"""Pet Profiles: whose pets are listed, filters, pages."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.lib.dates import PartialDate
from pawfile.profiles.models import Client
from tests.factories import make_client, make_pet
from tests.profiles.pages import content, read, shown_pets

SignIn = Callable[[User], Browser]


def pets_of(browser: Browser, query: str = "") -> list[str]:
    rows = read(browser.get(f"/pets/{query}")).all("th", scope="row")
    return [row.text for row in rows]


def test_everybody_sees_the_pets_of_their_own_clients(
    cleos_home: Client, carls_home: Client, request: pytest.FixtureRequest
) -> None:
    make_pet(cleos_home, name="Rex")
    make_pet(carls_home, name="Fido")
    seen = {}
    for who in ("ada", "mona", "sam", "stan", "cleo", "carl"):
        browser = Browser()
        browser.force_login(request.getfixturevalue(who))
        seen[who] = pets_of(browser)
    assert seen == {
        "ada": ["Fido", "Rex"], "mona": ["Fido", "Rex"], "sam": ["Rex"], "stan": [],
        "cleo": ["Rex"], "carl": ["Fido"],
    }  # fmt: skip


def test_inactive_pets_are_for_administrators_who_ask(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    """Rules 36 and 37: by filter, by search and by number."""
    make_pet(cleos_home, name="Rex")
    ghost = make_pet(cleos_home, name="Ghost", active=False)
    queries = ("", "?active=no", "?active=all", "?q=ghost&active=all")
    adas, monas = signed_in(ada), signed_in(mona)
    assert [pets_of(adas, query) for query in queries] == [
        ["Rex"], ["Ghost Inactive"], ["Ghost Inactive", "Rex"], ["Ghost Inactive", "Rex"],
    ]  # fmt: skip
    assert [pets_of(monas, query) for query in queries] == [["Rex"], ["Rex"], ["Rex"], []]
    assert "Ghost" not in content(monas.get(f"/clients/{cleos_home.pk}/"))
    assert (monas.get(f"/pets/{ghost.pk}/").status_code, monas.get("/pets/").status_code) == (
        404, 200,
    )  # fmt: skip


def test_pets_are_narrowed_by_animal_and_owner(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    make_pet(cleos_home, name="Rex", animal="Dog")
    make_pet(carls_home, name="Tom", animal="Cat")
    browser = signed_in(mona)
    assert pets_of(browser, "?animal=Cat") == ["Tom"]
    assert pets_of(browser, "?q=cleo") == ["Rex"]
    assert pets_of(browser, "?q=tom&animal=Dog") == []
    for odd in ("?animal=%00", "?animal=" + "x" * 5000, "?at=x", "?q=%00", "?active=%00"):
        assert browser.get(f"/pets/{odd}").status_code == 200


def test_a_pets_name_finds_that_pet_and_an_owners_all_pets(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    for name in ("Rex", "Mia", "Sir Maple"):
        make_pet(cleos_home, name=name)
    for name in ("Carter", "Mia"):
        make_pet(carls_home, name=name)
    expected = {
        "rex": ["Rex"],
        "mia": ["Mia", "Mia"],
        "sir": ["Sir Maple"],
        "cleo": ["Mia", "Rex", "Sir Maple"],
        "614-555-0123": ["Mia", "Rex", "Sir Maple"],
        "carter": ["Carter", "Mia", "Rex", "Sir Maple"],
        "cleo+mia": ["Mia"],
        "maple": ["Mia", "Rex", "Sir Maple"],  # the street, too
    }
    for who in (ada, mona):
        browser = signed_in(who)
        assert {query: pets_of(browser, f"?q={query}") for query in expected} == expected


def test_what_is_not_for_the_animal_is_not_in_the_list(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    for animal in ("Dog", "Cat"):
        make_pet(
            cleos_home, name=animal, animal=animal, breed=f"Fine{animal}", born=PartialDate(1999)
        )
    FieldRule.objects.create(subject="pet", key="breed", animals=["Dog"])
    FieldRule.objects.create(subject="pet", key="born", animals=["Dog"])
    for url in ("/pets/", f"/clients/{cleos_home.pk}/"):
        page = content(signed_in(mona).get(url))
        assert ("FineDog" in page, "FineCat" in page) == (True, False)
        assert page.count("about ") == 1


def test_pages_show_every_pet_once(signed_in: SignIn, mona: User) -> None:
    home = make_client()
    for number in range(60):
        make_pet(home, name=f"Rex {number % 4}")
    browser = signed_in(mona)
    first = read(browser.get("/pets/"))
    rest = read(browser.get("/pets/" + first.one("a", rel="next").attrs["href"]))
    assert (len(shown_pets(first)), len(shown_pets(rest))) == (50, 10)
    assert len({*shown_pets(first), *shown_pets(rest)}) == 60
