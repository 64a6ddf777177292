"""A signed-in person with a code."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import invite_staff
from pawfile.invites.codes import new_code
from pawfile.invites.models import Invite
from pawfile.profiles.models import Client
from tests.invites.conftest import ADDRESS
from tests.invites.letters import SITE, code_to
from tests.profiles.pages import problems, read

SignIn = Callable[[User], Browser]
URL = "/invites/redeem/"
UNKNOWN = "7K3QM-X9R2V-B4HTN-P8WDC"


def test_the_page_asks_and_the_button_adds_the_home(
    signed_in: SignIn, cleo: User, cleos_home: Client, park: Client, invite: Invite
) -> None:
    browser = signed_in(cleo)
    page = read(browser.get(URL, {"code": f" {code_to(ADDRESS).lower()} "}))
    assert "Add a Pawfile home to your login" in page.one("h1").text
    assert "Pia Park" in page.one("main").text
    assert Invite.objects.get().used_at is None
    (code,) = [box.attrs["value"] for box in page.all("input", name="code")]
    answer = browser.post(URL, {"code": code})
    assert answer.headers["Location"] == f"/my-info/?home={park.pk}"
    assert list(Client.objects.visible_to(cleo)) == [cleos_home, park]


def test_my_info_and_home_lead_there(
    signed_in: SignIn, cleo: User, carl: User, cleos_home: Client
) -> None:
    for user in (cleo, carl):  # carl has no home yet
        for url in ("/", "/my-info/"):
            links = read(signed_in(user).get(url)).one("main").all("a", href=URL)
            assert [link.text for link in links] == ["I have an invite code"]


def test_without_a_code_the_page_asks_for_one(signed_in: SignIn, cleo: User) -> None:
    page = read(signed_in(cleo).get(URL))
    assert (page.one("form", action=URL).attrs["method"], problems(page)) == ("get", [])


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("used_at", "was used already"),
        ("expires_at", "has expired"),
        ("revoked_at", "taken this code back"),
    ],
)
def test_a_code_that_no_longer_works_says_why_and_names_nobody(
    signed_in: SignIn, cleo: User, invite: Invite, column: str, said: str
) -> None:
    Invite.objects.update(**{column: timezone.now()})
    code, browser = code_to(ADDRESS), signed_in(cleo)
    for answer in (browser.get(URL, {"code": code}), browser.post(URL, {"code": code})):
        page = read(answer)
        assert answer.status_code == 422
        assert said in problems(page)[0]
        assert "Park" not in answer.content.decode()
        assert page.one("input", name="code").attrs["value"] == code
    assert cleo.clients.count() == 0


@pytest.mark.parametrize("code", ["", "abc", "<b>", "\0", UNKNOWN, "x" * 5000])
def test_a_code_that_is_none_is_named_and_kept(signed_in: SignIn, cleo: User, code: str) -> None:
    browser = signed_in(cleo)
    for answer in (browser.get(URL, {"code": code}), browser.post(URL, {"code": code})):
        assert answer.status_code == 422
        assert problems(read(answer))[0].startswith("Invite code: ")


def test_a_staff_code_is_refused(signed_in: SignIn, ada: User, cleo: User, sam: User) -> None:
    invite_staff(email=ADDRESS, name="N", role=Role.SITTER, words="", by=ada, site=SITE)
    for user in (cleo, sam):
        answer = signed_in(user).post(URL, {"code": code_to(ADDRESS)})
        assert answer.status_code == 422
        assert "for a new member of the staff" in problems(read(answer))[0]
    assert Invite.objects.get().used_at is None


def test_a_member_of_the_staff_can_add_a_home(
    signed_in: SignIn, sam: User, park: Client, invite: Invite
) -> None:
    answer = signed_in(sam).post(URL, {"code": code_to(ADDRESS)})
    assert answer.headers["Location"] == "/"
    assert list(sam.clients.all()) == [park]


def test_the_own_home_again_leaves_the_code_for_the_other_person(
    signed_in: SignIn, cleo: User, park: Client, invite: Invite
) -> None:
    park.logins.add(cleo)
    answer = signed_in(cleo).post(URL, {"code": code_to(ADDRESS)})
    assert "You sign in for this home already." in problems(read(answer))[0]
    assert Invite.objects.get().used_at is None


@pytest.mark.usefixtures("limits")
def test_guessing_is_limited_and_right_answers_cost_nothing(
    signed_in: SignIn, cleo: User, invite: Invite, settings: Settings
) -> None:
    settings.TRY_LIMITS = {"code": {"both": "3/h"}}
    browser, code = signed_in(cleo), code_to(ADDRESS)
    assert [browser.get(URL, {"code": code}).status_code for _ in range(4)] == [200] * 4
    statuses = [browser.get(URL, {"code": new_code()}).status_code for _ in range(4)]
    assert statuses == [422, 422, 422, 429]
    answer = browser.post(URL, {"code": code})
    assert answer.status_code == 429
    assert "Too many tries. Try again at" in problems(read(answer))[0]
    assert cleo.clients.count() == 0


def test_an_invite_to_a_client_who_became_inactive_opens_nothing(
    signed_in: SignIn, cleo: User, park: Client, invite: Invite
) -> None:
    park.status = "Inactive"
    park.save(by=None)
    answer = signed_in(cleo).post(URL, {"code": code_to(ADDRESS)})
    assert answer.status_code == 422
    assert park.logins.count() == 0
