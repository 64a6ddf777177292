"""The page of one staff member: details, role, sign-in, own client profiles."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.factories import make_user
from tests.people.doors import walk_in
from tests.people.log import told
from tests.profiles.pages import Node, facts, fill_in, problems, read, send

SignIn = Callable[[User], Browser]


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def url(user: User) -> str:
    return f"/users/{user.pk}/"


def questions(page: Node) -> list[str]:
    boxes = page.all("div", cls="notice-warning")
    return [line.text for box in boxes for line in box.all("li")]


def test_details_are_changed_and_told(adas: Browser, sam: User) -> None:
    answer = fill_in(adas, url(sam), name=" Sam\r\nSmith ", nickname="Sammy", phone="614-555-0100")
    assert (answer.status_code, answer.headers["Location"]) == (302, url(sam))
    sam.refresh_from_db()
    assert (sam.name, sam.nickname, sam.phone) == ("Sam Smith", "Sammy", "614-555-0100")
    about = f"Sam Sitter ({sam.email})"
    assert told()[0] == ("Ada Admin", about, "Name", "Sam Sitter", "Sam Smith")
    assert [entry[2:] for entry in told()[1:]] == [
        ("Nickname", "", "Sammy"),
        ("Phone", "", "614-555-0100"),
    ]


def test_saving_without_a_change_tells_nothing(adas: Browser, sam: User) -> None:
    assert fill_in(adas, url(sam)).status_code == 302
    assert told() == []


def test_wrong_answers_are_named_and_what_was_typed_stays(adas: Browser, sam: User) -> None:
    answer = fill_in(adas, url(sam), name="  ", nickname="Sammy", role="client")
    page = read(answer)
    assert answer.status_code == 422
    assert problems(page) == [
        "Name: This field is required.",
        "Role: Select a valid choice. client is not one of the available choices.",
    ]
    assert page.one("input", name="nickname").attrs["value"] == "Sammy"
    sam.refresh_from_db()
    assert (sam.name, sam.nickname, sam.role) == ("Sam Sitter", "", Role.SITTER)


def test_a_role_is_changed_and_works_at_once(adas: Browser, mona: User, signed_in: SignIn) -> None:
    monas = signed_in(mona)
    assert monas.get("/options/").status_code == 403
    assert fill_in(adas, url(mona), role="administrator").status_code == 302
    assert monas.get("/options/").status_code == 200
    assert told()[-1][2:] == ("Role", "Manager", "Administrator")


def test_the_role_of_somebodys_sitter_asks_first(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    answer = fill_in(adas, url(sam), role="manager")
    page = read(answer)
    assert (answer.status_code, questions(page)) == (
        422,
        [
            "1 client names Sam Sitter as sitter, and keeps doing so.",
            "Pickers of sitters no longer offer this person.",
        ],
    )
    sam.refresh_from_db()
    assert sam.role == Role.SITTER
    assert send(adas, url(sam), page, is_sure="manager").status_code == 302
    sam.refresh_from_db()
    cleos_home.refresh_from_db()
    assert (sam.role, cleos_home.primary_sitter) == (Role.MANAGER, sam)


def test_a_yes_is_for_the_role_that_was_asked_about(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    assert fill_in(adas, url(sam), role="administrator", is_sure="manager").status_code == 422
    sam.refresh_from_db()
    assert sam.role == Role.SITTER


def test_the_own_role_asks_first_and_leads_home(adas: Browser, ada: User) -> None:
    make_user(Role.ADMINISTRATOR, "Abe Admin")
    page = read(fill_in(adas, url(ada), role="manager"))
    assert questions(page) == [
        "This is your own role. You will lose all that is for administrators only."
    ]
    assert send(adas, url(ada), page, is_sure="manager").headers["Location"] == "/"
    assert adas.get("/users/").status_code == 403


def test_the_last_administrator_stays_one(adas: Browser, ada: User, mona: User) -> None:
    make_user(Role.ADMINISTRATOR, "Gone Admin", is_active=False)
    for sure in ({}, {"is_sure": "manager"}):
        answer = fill_in(adas, url(ada), role="manager", **sure)
        assert answer.status_code == 422
        assert questions(read(answer)) == []
        (told_of_role,) = problems(read(answer))
        assert told_of_role.startswith("Role: Nobody else could administer the company. Make ")
    ada.refresh_from_db()
    assert (ada.role, told()) == (Role.ADMINISTRATOR, [])


def test_sessions_are_ended_at_once(adas: Browser, sam: User) -> None:
    phone, desk = walk_in(sam), walk_in(sam)
    assert facts(read(adas.get(url(sam))))["Open sessions"] == "2"
    assert adas.post(f"/people/{sam.pk}/sign-out/").headers["Location"] == url(sam)
    assert [browser.get("/clients/").status_code for browser in (phone, desk)] == [302, 302]
    assert adas.get("/users/").status_code == 200
    assert told()[-1][1:3] == (f"Sam Sitter ({sam.email})", "Signed out everywhere.")


def test_second_factors_are_removed_with_a_mail(adas: Browser, sam: User) -> None:
    Authenticator.objects.create(user=sam, type="totp", data={})
    assert facts(read(adas.get(url(sam))))["Second factor"] == "Yes"
    assert adas.post(f"/people/{sam.pk}/factors/remove/").headers["Location"] == url(sam)
    assert (facts(read(adas.get(url(sam))))["Second factor"], sam.has_second_factor) == (
        "No",
        False,
    )
    assert [mail.to for mail in Mail.objects.all()] == [sam.email]
    assert told()[-1][2] == "Second factors removed."
    adas.post(f"/people/{sam.pk}/factors/remove/")
    assert len(told()) == 1


def test_a_password_reset_is_mailed(adas: Browser, sam: User) -> None:
    assert adas.post(f"/people/{sam.pk}/reset/").headers["Location"] == url(sam)
    mail = Mail.objects.get()
    assert (mail.to, mail.template) == (sam.email, "password_reset_key")
    assert told()[-1][2] == "Password reset sent."


def test_who_is_inactive_gets_no_password_reset(adas: Browser) -> None:
    gone = make_user(Role.SITTER, "Gone", is_active=False)
    adas.post(f"/people/{gone.pk}/reset/")
    assert (Mail.objects.count(), told()) == (0, [])


def test_a_client_login_has_no_page_here(adas: Browser, cleo: User) -> None:
    assert [adas.get(url(cleo)).status_code, adas.get(f"{url(cleo)}offboard/").status_code] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    "action", ["sign-out", "reset", "factors/remove", "reactivate", "attach", "detach/1"]
)
def test_nobody_else_presses_the_buttons(
    signed_in: SignIn, mona: User, sam: User, cleo: User, action: str
) -> None:
    for other in (mona, sam, cleo):
        answer = signed_in(other).post(f"/people/{sam.pk}/{action}/")
        assert answer.status_code == 403
    assert told() == []
