"""What clients changed, for the office to tick off."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles import inbox
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange
from tests.factories import make_client, make_pet, make_user
from tests.profiles.pages import Node, content, read

SignIn = Callable[[User], Browser]


def change(client: Client, by: User | None, **values: object) -> None:
    update_client(Client.objects.get(pk=client.pk), values=values, by=by)


def change_pet(pet: Pet, by: User | None, **values: object) -> None:
    update_pet(Pet.objects.get(pk=pet.pk), values=values, by=by)


def groups(page: Node) -> list[tuple[str, list[str]]]:
    return [
        (group.one("h2").text, [item.one("strong").text for item in group.all(data_change="")])
        for group in page.all("section", data_client="")
    ]


def forms(page: Node) -> list[dict[str, list[str]]]:
    """What each button of the list sends."""
    found = []
    for form in page.all("form", action="/changes/tick/"):
        sent: dict[str, list[str]] = {}
        for field in form.all("input"):
            sent.setdefault(field.attrs["name"], []).append(field.attrs["value"])
        found.append(sent)
    return found


def test_only_what_clients_changed_is_on_the_list_what_could_hurt_first(
    signed_in: SignIn, *, ada: User, mona: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    carls = make_client(last_name="Cooper", logins=[make_user(Role.CLIENT, "Carl")])
    change_pet(rex, cleo, medication="Insulin at noon")
    change(cleos_home, cleo, city="Dublin")
    change(cleos_home, ada, street="1 Elm Street")
    change(cleos_home, None, state="OR")
    change(carls, carls.logins.get(), city="Powell")
    page = read(signed_in(mona).get("/changes/"))
    assert groups(page) == [
        ("Cleo Carter", ["Rex: Medication", "City"]),
        ("Cleo Cooper", ["City"]),
    ]
    assert len(page.all(cls="is-critical")) == 1
    assert len(read(signed_in(mona).get("/")).all(data_changes_waiting="3")) == 1


def test_one_is_ticked_off_for_all_and_it_says_by_whom(
    signed_in: SignIn, ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    change(cleos_home, cleo, city="Dublin", street="1 Elm Street")
    browser = signed_in(mona)
    item = read(browser.get("/changes/")).all(data_change="")[0]
    assert item.one("strong").text == "City"
    assert browser.post("/changes/tick/", forms(item)[0]).headers["Location"] == "/changes/"
    assert groups(read(signed_in(ada).get("/changes/"))) == [("Cleo Carter", ["Street"])]
    recent = read(signed_in(ada).get("/changes/?show=recent"))
    assert groups(recent) == [("Cleo Carter", ["City", "Street"])]
    done = recent.all(data_change="")[0]
    assert "Mona Manager, today" in done.text
    back = forms(done)[0]
    answer = signed_in(ada).post("/changes/tick/", back)
    assert answer.headers["Location"] == "/changes/?show=recent"
    assert len(read(browser.get("/changes/")).all(data_change="")) == 2


def test_all_of_a_client_are_ticked_off_but_none_that_came_meanwhile(
    signed_in: SignIn, *, mona: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    other = make_user(Role.CLIENT, "Olga")
    others = make_client(last_name="Other", logins=[other])
    change(others, other, city="Powell")
    change(cleos_home, cleo, city="Dublin")
    change_pet(rex, cleo, breed="Boxer")
    browser = signed_in(mona)
    group = read(browser.get("/changes/")).one("section", data_client=str(cleos_home.pk))
    change(cleos_home, cleo, city="Hilliard")
    change_pet(rex, cleo, breed="Pug")
    browser.post("/changes/tick/", forms(group)[0])
    assert groups(read(browser.get("/changes/"))) == [
        ("Cleo Carter", ["Rex: Breed", "City"]),
        ("Cleo Other", ["City"]),
    ]
    left = ClientChange.objects.filter(ticked_at=None, record=cleos_home).get()
    assert left.new_text == "Hilliard"


def test_all_is_all_that_the_page_showed(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    change(cleos_home, cleo, city="Dublin")
    change_pet(rex, cleo, breed="Boxer")
    browser = signed_in(mona)
    everything = forms(read(browser.get("/changes/")))[0]
    change(cleos_home, cleo, city="Hilliard")
    browser.post("/changes/tick/", everything)
    assert groups(read(browser.get("/changes/"))) == [("Cleo Carter", ["City"])]
    browser.post("/changes/tick/", forms(read(browser.get("/changes/")))[0])
    page = read(browser.get("/changes/"))
    assert (groups(page), page.one(cls="empty").one("h2").text) == ([], "All ticked off")
    assert read(browser.get("/")).all(data_changes_waiting="") == []


def test_what_has_no_room_on_the_page_is_not_ticked_off_with_the_rest(
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    *,
    mona: User,
    cleo: User,
    cleos_home: Client,
) -> None:
    monkeypatch.setattr(inbox, "MOST", 2)
    for city in ("Dublin", "Hilliard", "Powell"):
        change(cleos_home, cleo, city=city)
    browser = signed_in(mona)
    page = read(browser.get("/changes/"))
    assert len(page.all(data_change="")) == 2
    browser.post("/changes/tick/", forms(page)[0])
    left = ClientChange.objects.get(is_by_client=True, ticked_at=None)
    assert left.new_text == "Dublin"


def test_who_ticks_the_same_twice_does_not_take_the_name(
    signed_in: SignIn, ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    change(cleos_home, cleo, city="Dublin")
    form = forms(read(signed_in(mona).get("/changes/")))[-1]
    for who in (mona, ada):
        signed_in(who).post("/changes/tick/", form)
    assert ClientChange.objects.get(is_by_client=True).ticked_by == mona


def test_what_is_hidden_from_managers_is_neither_shown_nor_ticked_by_them(
    signed_in: SignIn, *, ada: User, mona: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    """Rule 51, for the office's list. An inactive pet is for administrators too."""
    change(cleos_home, cleo, city="Dublin", street="1 Elm Street")
    change_pet(rex, cleo, breed="Boxer")
    change_pet(rex, ada, active=False)
    FieldRule.objects.create(subject="client", key="street", manager=Access.HIDE)
    SiteOptions.renew_fields()
    browser = signed_in(mona)
    answer = browser.get("/changes/")
    assert groups(read(answer)) == [("Cleo Carter", ["City"])]
    assert "Elm Street" not in content(answer)
    hidden = ClientChange.objects.get(key="street")
    browser.post("/changes/tick/", {"client": hidden.pk})
    every = {
        subject: list(model.objects.values_list("pk", flat=True))
        for subject, model in inbox.MODELS.items()
    }
    browser.post("/changes/tick/", every)
    assert groups(read(signed_in(ada).get("/changes/"))) == [
        ("Cleo Carter", ["Rex: Breed", "Street"])
    ]


def test_strange_words_are_not_found(signed_in: SignIn, mona: User) -> None:
    browser = signed_in(mona)
    for form in ({}, {"client": ["x"]}, {"pet": ["-1"]}, {"client": ["9" * 40]}):
        assert browser.post("/changes/tick/", form).status_code == 404, form
    for form in ({"client": ["7"]}, {"client": ["7", "x"], "pet": ["8"]}):
        assert browser.post("/changes/tick/", form).status_code == 302, form


def test_a_staff_member_at_home_is_a_client(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    """And an administrator who looks with a client's eyes is not."""
    cleos_home.logins.add(sam)
    browser = signed_in(sam)
    browser.post(f"/clients/{cleos_home.pk}/edit/", {"city": "Dublin"})
    assert groups(read(signed_in(mona).get("/changes/"))) == [("Cleo Carter", ["City"])]


def test_a_longer_list_costs_no_query_more(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(mona), []
    for number in range(3):
        login = make_user(Role.CLIENT, f"Login {number}")
        home = make_client(logins=[login])
        change(home, login, city="Dublin", house_notes="New")
        change_pet(make_pet(home), login, breed=f"Boxer {number}")
        browser.get("/changes/")
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                browser.get("/changes/")
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert PetChange.objects.filter(is_by_client=True).count() == 3
