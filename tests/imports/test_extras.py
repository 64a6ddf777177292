"""Imported extras: on the profile and found again, by the office alone."""

from collections.abc import Callable

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.imports.models import ClientExtra, PetExtra
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client
from tests.profiles.pages import content, read, shown_clients

SignIn = Callable[[User], Browser]
HTMX = {"HX-Request": "true"}
URL = "/imported/"


def add_extras(home: Client, rex: Pet) -> None:
    ClientExtra.objects.create(client=home, texts={"Favourite tea": "Assam Té"})
    PetExtra.objects.create(pet=rex, texts={"Bandana": "Red <b>dots</b>"})


def test_the_profile_has_a_part_with_them(
    signed_in: SignIn, mona: User, cleos_home: Client, rex: Pet
) -> None:
    add_extras(cleos_home, rex)
    browser, url = signed_in(mona), f"/clients/{cleos_home.pk}/imported/"
    assert url in content(browser.get(f"/clients/{cleos_home.pk}/"))
    part = browser.get(url, headers=HTMX)
    facts = read(part).all("div", cls="fact")
    assert [fact.text for fact in facts] == ["Favourite teaAssam Té", "BandanaRed <b>dots</b>"]
    assert "<b>" not in content(part)


def test_without_any_the_part_is_empty(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    url = f"/clients/{cleos_home.pk}/imported/"
    assert content(signed_in(mona).get(url, headers=HTMX)).strip() == ""
    assert "No extras" in content(signed_in(mona).get(url))


def test_they_are_found_by_words_blind_to_accents_and_capitals(
    signed_in: SignIn, mona: User, cleos_home: Client, rex: Pet
) -> None:
    add_extras(cleos_home, rex)
    other = make_client(first_name="Olga")
    ClientExtra.objects.create(client=other, texts={"Favourite tea": "Rooibos"})
    make_client(first_name="Without")
    browser = signed_in(mona)
    assert shown_clients(read(browser.get(URL))) == [cleos_home.pk, other.pk]
    for words in ("te assam", "DOTS", "red"):
        assert shown_clients(read(browser.get(URL, {"q": words}))) == [cleos_home.pk]
    assert "No extras fit" in content(browser.get(URL, {"q": "assam rooibos"}))


def test_sitters_and_clients_have_no_way_to_them(
    signed_in: SignIn, sam: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    add_extras(cleos_home, rex)
    for user in (sam, cleo):
        browser = signed_in(user)
        assert browser.get(URL).status_code == 403
        assert "Assam" not in content(browser.get(f"/clients/{cleos_home.pk}/"))


def test_the_search_costs_the_same_for_1_and_3_clients(
    signed_in: SignIn, mona: User, cleos_home: Client, rex: Pet
) -> None:
    browser, counts = signed_in(mona), []
    add_extras(cleos_home, rex)
    for more in (0, 2):
        for number in range(more):
            client = make_client(first_name=f"More {number}")
            ClientExtra.objects.create(client=client, texts={"Tea": "Assam"})
        browser.get(URL)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(URL, {"q": "assam"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6
