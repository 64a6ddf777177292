"""My Pets: the client's pets as cards."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.profiles.actions import update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from tests.access.home import make_photo
from tests.factories import make_client, make_pet
from tests.fields.custom import make_field
from tests.profiles.pages import facts, fill_in, marks, read, shown_pets
from tests.profiles.test_my_info import needed
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
URL = "/my-pets/"


@pytest.fixture
def browser_of_cleo(signed_in: SignIn, cleo: User) -> Browser:
    return signed_in(cleo)


def test_a_card_shows_photo_age_warnings_and_marks(
    browser_of_cleo: Browser, mona: User, rex: Pet, carls_home: Client
) -> None:
    make_pet(carls_home, name="Fido")
    make_pet(rex.client, name="Ghost", active=False)
    photo = make_photo(rex.client)
    rex.refresh_from_db()
    values = {"behavior_warnings": "Bites hats.", "photo": photo, "breed": "Beagle"}
    update_pet(rex, values={**values, "office_notes": "Sheds."}, by=mona)
    page = read(browser_of_cleo.get(URL))
    assert shown_pets(page) == [rex.pk]
    card = page.one("article", data_pet=str(rex.pk))
    assert card.one("img").attrs["src"] == f"/photos/{photo.pk}/small/"
    assert card.one("ul", cls="safety").text == "Behavior warnings: Bites hats."
    assert facts(card)["Breed"] == "Beagle"
    assert marks(card) == {"behavior_warnings": "x1 new", "breed": "x1 new"}
    assert "Sheds." not in page.text
    edit = card.one("a", cls="button")
    assert (edit.text, edit.attrs["href"]) == ("Edit Rex", f"/pets/{rex.pk}/edit/")


def test_after_saving_a_pet_the_client_is_back(
    browser_of_cleo: Browser, signed_in: SignIn, mona: User, rex: Pet
) -> None:
    edited = fill_in(browser_of_cleo, f"/pets/{rex.pk}/edit/", breed="Beagle")
    new = read(browser_of_cleo.get(URL)).one("main").one("a", cls="button-primary")
    assert (new.text, new.attrs["href"]) == ("Add pet", f"/pets/new/?client={rex.client_id}")
    made = fill_in(browser_of_cleo, new.attrs["href"], name="Tom", animal="Cat")
    assert [answer.headers["Location"] for answer in (edited, made)] == [URL, URL]
    assert list(rex.client.pets.values_list("name", "breed")) == [("Rex", "Beagle"), ("Tom", "")]
    assert fill_in(signed_in(mona), f"/pets/{rex.pk}/edit/").headers["Location"] == (
        f"/pets/{rex.pk}/"
    )


def test_without_pets_the_page_asks_who_lives_here(
    browser_of_cleo: Browser, cleos_home: Client
) -> None:
    page = read(browser_of_cleo.get(URL)).one("main")
    assert page.one("div", cls="empty").text == "No pets yet Who lives here?"
    assert [link.text for link in page.all("a")] == ["Add pet"]


def test_what_is_still_needed_of_a_pet_is_on_its_card(
    browser_of_cleo: Browser, rex: Pet, cleos_home: Client
) -> None:
    tom = make_pet(cleos_home, name="Tom", animal="Cat", feeding="twice")
    for key, animals in (("born", []), ("photo", []), ("walking", ["Dog"]), ("feeding", [])):
        FieldRule.objects.create(subject="pet", key=key, client=Access.REQUIRED, animals=animals)
    page = read(browser_of_cleo.get(URL))
    assert {pet.pk: needed(page.one("article", data_pet=str(pet.pk))) for pet in (rex, tom)} == {
        rex.pk: [
            (label, f"/pets/{rex.pk}/edit/#id_{name}")
            for label, name in (("Born", "born_year"), ("Photo", "photo"),
                                ("Feeding", "feeding"), ("Walking", "walking"))
        ],
        tom.pk: [
            (label, f"/pets/{tom.pk}/edit/#id_{name}")
            for label, name in (("Born", "born_year"), ("Photo", "photo"))
        ],
    }  # fmt: skip


def test_pets_stand_under_their_home(
    browser_of_cleo: Browser, cleo: User, rex: Pet, cleos_home: Client
) -> None:
    lake = make_client(first_name="Cleo", last_name="Carter", street="1 Lake", logins=[cleo])
    duck = make_pet(lake, name="Duck", animal="Bird")
    page = read(browser_of_cleo.get(URL))
    parts = page.all("section", cls="home-pets")
    assert [(part.one("h2").text, shown_pets(part)) for part in parts] == [
        ("12 Maple Street", [rex.pk]),
        ("1 Lake", [duck.pk]),
    ]
    assert page.one("main").one("a", cls="button-primary").attrs["href"] == "/pets/new/"


def test_my_pets_costs_the_same_for_many_pets_and_homes(
    browser_of_cleo: Browser, cleo: User, cleos_home: Client
) -> None:
    """The company's own links too: a vet of each pet."""
    key = make_field("pet", "Emergency vet", Kind.VET).key

    def add(home: Client, number: int) -> None:
        vet = Vet.objects.create(name=f"Dr. {number}")
        pet = make_pet(home, name=f"Pet {number}", photo=make_photo(home), **{key: vet})
        update_pet(Pet.objects.get(pk=pet.pk), values={"allergies": "corn"}, by=None)

    counts = []
    for more in (1, 3, 9):
        for number in range(more):
            add(cleos_home, number)
            add(make_client(logins=[cleo]), number)
        counts.append(queries(browser_of_cleo, URL))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12
