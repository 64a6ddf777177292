"""The page of one client login: profiles, state, sign-in."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.people.log import told
from tests.profiles.pages import content, fill_in, problems, read

SignIn = Callable[[User], Browser]


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def url(user: User) -> str:
    return f"/logins/{user.pk}/"


def homes(user: User) -> list[str]:
    return [str(home) for home in user.clients.order_by("pk")]


def test_one_login_is_attached_to_a_second_home_and_sees_both(
    adas: Browser, cleo: User, cleos_home: Client, signed_in: SignIn
) -> None:
    second = make_client(first_name="Beach", last_name="House", street="1 Sea Road")
    answer = adas.post(f"/people/{cleo.pk}/attach/", {"client": second.pk})
    assert answer.headers["Location"] == url(cleo)
    assert homes(cleo) == ["Cleo Carter", "Beach House"]
    assert "1 Sea Road" in content(signed_in(cleo).get("/my-info/"))
    about = f"Cleo Carter ({cleo.email})"
    assert told() == [("Ada Admin", about, "Client profile attached.", "", "Beach House")]


def test_attaching_twice_is_said_and_not_told(
    adas: Browser, cleo: User, cleos_home: Client
) -> None:
    page = adas.post(f"/people/{cleo.pk}/attach/", {"client": cleos_home.pk}, follow=True)
    assert "That profile is attached already." in content(page)
    assert (homes(cleo), told()) == (["Cleo Carter"], [])


@pytest.mark.parametrize("chosen", ["", "0", "x", "99999", "9" * 40, "-1"])
def test_a_choice_that_is_none_is_named(adas: Browser, cleo: User, chosen: str) -> None:
    answer = adas.post(f"/people/{cleo.pk}/attach/", {"client": chosen})
    error = read(answer).one(id="attach-error").text
    assert (answer.status_code, error) == (422, "Choose a client from the list.")


def test_without_the_last_home_a_login_sees_none(
    adas: Browser, cleo: User, cleos_home: Client, signed_in: SignIn
) -> None:
    cleos = signed_in(cleo)
    assert adas.post(f"/people/{cleo.pk}/detach/{cleos_home.pk}/").status_code == 302
    assert homes(cleo) == []
    assert "No home yet" in content(cleos.get("/my-info/"))
    assert cleos.get(f"/clients/{cleos_home.pk}/").status_code == 404
    assert told()[-1][2:] == ("Client profile detached.", "Cleo Carter", "")
    assert adas.post(f"/people/{cleo.pk}/detach/{cleos_home.pk}/").status_code == 404


def test_details_are_changed(adas: Browser, cleo: User, cleos_home: Client) -> None:
    assert fill_in(adas, url(cleo), name="Cleo C.", phone="1").status_code == 302
    assert [entry[2:] for entry in told()] == [
        ("Name", "Cleo Carter", "Cleo C."),
        ("Phone", "", "1"),
    ]
    assert problems(read(fill_in(adas, url(cleo), name=""))) == ["Name: This field is required."]


def test_a_closed_login_is_out_at_once_and_the_client_stays(
    adas: Browser, cleo: User, cleos_home: Client, signed_in: SignIn
) -> None:
    cleos = signed_in(cleo)
    page = read(adas.get(f"{url(cleo)}deactivate/"))
    assert "The client stays in the book with everything: Cleo Carter." in page.text
    assert cleos.get("/my-info/").status_code == 200
    assert adas.post(f"{url(cleo)}deactivate/").headers["Location"] == url(cleo)
    assert cleos.get("/my-info/").status_code == 302
    assert adas.get(f"/clients/{cleos_home.pk}/").status_code == 200
    assert told()[-1][2:] == ("State", "Active", "Inactive")
    adas.post(f"{url(cleo)}deactivate/")
    assert len(told()) == 1


def test_a_staff_member_has_no_page_here(adas: Browser, sam: User) -> None:
    assert {adas.get(url(sam)).status_code, adas.post(f"{url(sam)}deactivate/").status_code} == {
        404
    }
    sam.refresh_from_db()
    assert sam.is_active


def test_a_client_without_an_address_or_login_is_a_full_client(
    adas: Browser, sam: User, signed_in: SignIn
) -> None:
    home = make_client(first_name="Olga", last_name="Offline", email="", primary_sitter=sam)
    page = f"/clients/{home.pk}/"
    assert [signed_in(sam).get(page).status_code, adas.get(page).status_code] == [200, 200]
    assert fill_in(adas, f"{page}edit/", city="Dublin").status_code == 302
    assert "Nobody of this home signs in yet." in content(adas.get(f"{page}invites/"))


def test_from_the_clients_profile_administrators_reach_the_logins(
    adas: Browser, mona: User, cleo: User, cleos_home: Client, signed_in: SignIn
) -> None:
    second = make_user(Role.CLIENT, "Cory Carter", is_active=False)
    cleos_home.logins.add(second)
    url = f"/clients/{cleos_home.pk}/invites/"
    for browser, is_linked in ((adas, True), (signed_in(mona), False)):
        card = read(browser.get(url, headers={"HX-Request": "true"}))
        names = {int(item.attrs["data-login"]): item for item in card.all("li", data_login="")}
        assert list(names) == [cleo.pk, second.pk]
        assert bool(names[cleo.pk].all("a")) == is_linked
        assert bool(names[cleo.pk].all("form")) == is_linked
        assert names[second.pk].all("form") == []
