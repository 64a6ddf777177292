"""A staff member who is also a client: the own home as a client has it, all others as staff."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_pet
from tests.profiles.pages import content, facts, fill_in, form_fields, read, shown_clients
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
STAFF = ["ada", "mona", "stan"]


@pytest.fixture
def home(db: None) -> Client:
    return make_client(
        first_name="Own", last_name="Home", street="7 Own Lane", office_notes="Pays late.",
        sitter_notes="Grumpy.", city="Dublin",
    )  # fmt: skip


@pytest.fixture
def own_pet(home: Client) -> Pet:
    return make_pet(home, name="Mimi", animal="Cat")


def menu(browser: Browser) -> list[str]:
    nav = read(browser.get("/")).one("nav", id="menu")
    return [link.text for link in nav.all("a")]


@pytest.mark.parametrize("who", STAFF)
def test_my_info_is_the_own_home_as_a_client_sees_it(
    who: str, home: Client, cleos_home: Client, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    browser = signed_in(user)
    assert browser.get("/my-info/").status_code == 403
    assert "My Info" not in menu(browser)
    home.logins.add(user)
    page = read(browser.get("/my-info/"))
    assert shown_clients(page) == [home.pk]
    assert facts(page)["Street"] == "7 Own Lane"
    assert ("Pays late." in page.text, "Office notes" in page.text) == (False, False)
    own = ["Visits at home", "My Info", "My Pets", "Who opened my codes"]
    assert menu(browser)[-4:] == own
    assert browser.get(f"/my-info/?home={cleos_home.pk}").status_code == 404


def test_my_pets_are_those_of_the_own_home(
    home: Client, own_pet: Pet, rex: Pet, sam: User, signed_in: SignIn
) -> None:
    home.logins.add(sam)
    text = content(signed_in(sam).get("/my-pets/"))
    assert ("Mimi" in text, "Rex" in text) == (True, False)


def test_a_sitter_mends_the_own_home_like_a_client(
    home: Client, own_pet: Pet, stan: User, signed_in: SignIn
) -> None:
    home.logins.add(stan)
    browser, url = signed_in(stan), f"/clients/{home.pk}/edit/"
    names = form_fields(read(browser.get(url)))
    assert ("street" in names, "office_notes" in names, "primary_sitter" in names) == (
        True, False, False,
    )  # fmt: skip
    assert fill_in(browser, url, city="Cork").headers["Location"] == "/my-info/"
    (change,) = home.changes.all()
    assert (change.new_text, change.changed_by) == ("Cork", stan)
    stan.refresh_from_db()
    assert stan.is_sitter
    answer = fill_in(browser, f"/pets/{own_pet.pk}/edit/", name="Momo")
    assert answer.headers["Location"] == "/my-pets/"
    assert browser.get(f"/clients/{home.pk}/changes/city/").status_code == 200
    answer = fill_in(browser, f"/pets/new/?client={home.pk}", name="Kiki", animal="Cat")
    assert answer.headers["Location"] == "/my-pets/"
    assert sorted(home.pets.values_list("name", flat=True)) == ["Kiki", "Momo"]


def test_other_homes_stay_as_they_were(
    home: Client, carls_home: Client, rex: Pet, sam: User, signed_in: SignIn
) -> None:
    browser, cleos_home = signed_in(sam), rex.client
    urls = [
        f"/clients/{cleos_home.pk}/", f"/clients/{cleos_home.pk}/edit/",
        f"/clients/{carls_home.pk}/", f"/pets/{rex.pk}/", f"/pets/{rex.pk}/edit/",
    ]  # fmt: skip
    before = [browser.get(url).status_code for url in urls]
    home.logins.add(sam)
    assert before == [200, 403, 404, 200, 403]
    assert [browser.get(url).status_code for url in urls] == before
    assert shown_clients(read(browser.get("/clients/"))) == [cleos_home.pk]


def test_knowing_about_own_homes_costs_no_query(
    home: Client, cleos_home: Client, sam: User, signed_in: SignIn
) -> None:
    browser = signed_in(sam)
    before = queries(browser, "/clients/")
    home.logins.add(sam)
    assert queries(browser, "/clients/") == before
