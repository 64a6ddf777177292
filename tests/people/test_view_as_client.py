"""View as client: the administrator sees what the client sees, and stays who acts."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.invites.models import GuidedStart
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, ClientSeen, Pet
from tests.access.addresses import ADDRESSES, PEOPLE
from tests.access.home import make_home
from tests.factories import make_user
from tests.people.log import told
from tests.profiles.pages import Node, content, fill_in, marks, read
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
BACK = "/logins/back/"


@pytest.fixture
def adas(signed_in: SignIn, ada: User, cleo: User, cleos_home: Client) -> Browser:
    """Ada's browser while she views as Cleo."""
    browser = signed_in(ada)
    assert browser.post(f"/logins/{cleo.pk}/view/").headers["Location"] == "/"
    return browser


#: Besides the account's pages.
OWN = (
    "client_secret", "pet_secret", "message_create",
    "client_restore", "pet_restore", "file_edit", "file_remove",
)  # fmt: skip


def bars(page: Node) -> list[str]:
    return [bar.one("p").text for bar in page.all("aside", cls="viewing-bar")]


def test_every_page_is_the_clients_with_a_bar_on_it(adas: Browser, cleos_home: Client) -> None:
    for url in ("/", "/my-info/", "/my-pets/", f"/clients/{cleos_home.pk}/edit/", "/pets/"):
        answer = adas.get(url)
        assert (answer.status_code, bars(read(answer))) == (200, ["You see what Cleo Carter sees."])
    for url, status in (("/users/", 403), ("/clients/99999/", 404)):
        answer = adas.get(url)
        assert (answer.status_code, len(bars(read(answer)))) == (status, 1)


def test_every_address_answers_as_it_does_the_client(
    adas: Browser, cleos_home: Client, carls_home: Client, rex: Pet, ada: User
) -> None:
    """But for the pages of one's own account, for codes, and for writing: those are nobody
    else's."""
    home = make_home(cleos_home, rex, by=ada, other=carls_home)
    column = PEOPLE.index("cleo")
    got, wanted = {}, {}
    for name, address in ADDRESSES.items():
        url = address.url(name, home)
        is_own = url.startswith(("/account/", "/accounts/", "/invites/redeem/"))
        is_own = (is_own and name != "account_logout") or name in OWN
        answer = adas.get(url)
        content(answer)
        got[name] = answer.status_code
        wanted[name] = 403 if is_own else address.statuses[column]
    assert got == wanted


def test_one_click_leads_back(adas: Browser, cleo: User) -> None:
    form = read(adas.get("/")).one("aside", cls="viewing-bar").one("form")
    assert (form.attrs["action"], form.attrs["method"]) == (BACK, "post")
    assert adas.post(BACK).headers["Location"] == f"/logins/{cleo.pk}/"
    page = read(adas.get(f"/logins/{cleo.pk}/"))
    assert (bars(page), adas.get("/users/").status_code) == ([], 200)


def test_both_turns_are_in_the_activity_log(adas: Browser, ada: User, cleo: User) -> None:
    """Rule 104."""
    adas.post(BACK)
    about = f"Cleo Carter ({cleo.email})"
    assert told() == [
        ("Ada Admin", about, "Viewed as client.", "", ""),
        ("Ada Admin", about, "Back from the view as client.", "", ""),
    ]
    assert {entry.by for entry in Activity.objects.all()} == {ada}


def test_what_is_changed_meanwhile_names_the_administrator(
    adas: Browser, ada: User, cleo: User, cleos_home: Client, signed_in: SignIn
) -> None:
    assert fill_in(adas, f"/clients/{cleos_home.pk}/edit/", city="Dublin").status_code == 302
    (change,) = cleos_home.changes.all()
    assert (change.new_text, change.changed_by) == ("Dublin", ada)
    said = content(signed_in(cleo).get(f"/clients/{cleos_home.pk}/changes/city/"))
    assert ("Office" in said, "Ada Admin" in said) == (True, False)


def test_looking_is_not_the_clients_having_looked(
    adas: Browser, cleo: User, mona: User, cleos_home: Client, signed_in: SignIn
) -> None:
    update_client(cleos_home, values={"city": "Dublin"}, by=mona)
    assert adas.get(f"/clients/{cleos_home.pk}/changes/city/").status_code == 200
    assert ClientSeen.objects.count() == 0
    assert marks(read(signed_in(cleo).get("/my-info/"))) == {"city": "x1 new"}


def test_the_clients_account_is_left_alone(adas: Browser, cleo: User) -> None:
    before = User.objects.values().get(pk=cleo.pk)
    form = {"password1": "new-paws-1", "password2": "new-paws-1", "oldpassword": "paws-and-tails"}
    assert adas.post("/accounts/password/", form).status_code == 403
    assert "Change password" not in content(adas.get("/"))
    assert User.objects.values().get(pk=cleo.pk) == before


def test_signing_out_signs_the_administrator_out(adas: Browser, cleo: User) -> None:
    assert adas.post("/accounts/logout/").status_code == 302
    assert adas.get("/my-info/").status_code == 302
    cleo.refresh_from_db()
    assert (cleo.is_active, cleo.last_login) == (True, None)


def test_it_ends_when_the_administrator_no_longer_is_one(adas: Browser, ada: User) -> None:
    User.objects.get_queryset().filter(pk=ada.pk).update(role=Role.MANAGER)
    page = read(adas.get("/clients/"))
    assert (bars(page), adas.get("/my-info/").status_code) == ([], 403)
    User.objects.get_queryset().filter(pk=ada.pk).update(role=Role.ADMINISTRATOR)
    assert adas.get("/users/").status_code == 200  # it does not come back by itself


def test_it_ends_when_the_administrator_is_deactivated(adas: Browser, ada: User) -> None:
    User.objects.get_queryset().filter(pk=ada.pk).update(is_active=False)
    assert adas.get("/my-info/").status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.SITTER}])
def test_it_ends_when_the_login_is_no_active_client(
    adas: Browser, cleo: User, change: dict[str, object]
) -> None:
    User.objects.get_queryset().filter(pk=cleo.pk).update(**change)
    assert adas.get("/users/").status_code == 200


def test_only_administrators_view_and_only_as_clients(
    signed_in: SignIn, ada: User, mona: User, sam: User, cleo: User
) -> None:
    tried = [signed_in(who).post(f"/logins/{cleo.pk}/view/") for who in (mona, sam, cleo)]
    assert [answer.status_code for answer in tried] == [403, 403, 403]
    browser = signed_in(ada)
    assert [browser.post(f"/logins/{who.pk}/view/").status_code for who in (mona, ada)] == [
        404,
        404,
    ]
    assert told() == []


def test_a_forged_session_gives_nothing_to_others(
    signed_in: SignIn, mona: User, cleo: User
) -> None:
    browser = signed_in(mona)
    session = browser.session
    session["viewing_as"] = cleo.pk
    session.save()
    assert (browser.get("/clients/").status_code, browser.get("/my-info/").status_code) == (
        200,
        403,
    )


def test_a_closed_login_cannot_be_viewed(signed_in: SignIn, ada: User) -> None:
    gone = make_user(Role.CLIENT, "Gone", is_active=False)
    browser = signed_in(ada)
    answer = browser.post(f"/logins/{gone.pk}/view/")
    assert (answer.headers["Location"], told()) == (f"/logins/{gone.pk}/", [])
    assert browser.get("/users/").status_code == 200


def test_going_back_from_nowhere_leads_home(signed_in: SignIn, ada: User, cleo: User) -> None:
    answers = [signed_in(who).post(BACK).headers["Location"] for who in (ada, cleo)]
    assert (answers, told()) == (["/", "/"], [])


def test_it_costs_nobody_else_a_query(
    signed_in: SignIn, adas: Browser, cleo: User, cleos_home: Client
) -> None:
    """The client's own pages cost one query less than the same pages viewed."""
    assert queries(signed_in(cleo), "/my-info/") + 1 == queries(adas, "/my-info/")


def test_looking_at_the_guided_start_moves_nothing(adas: Browser, cleos_home: Client) -> None:
    start = GuidedStart.objects.create(client=cleos_home)
    assert adas.get(f"/start/{cleos_home.pk}/pets/").status_code == 200
    start.refresh_from_db()
    assert start.step == "details"
