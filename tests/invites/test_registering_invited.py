"""Registering with a code: at once at the invited address, through the mail at another one."""

from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import invite_client, invite_of_code, invite_staff, redeem_invite
from pawfile.invites.models import Consent, Invite, PendingRegistration, Registration
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.invites.letters import SITE, code_to, links_in
from tests.profiles.pages import problems, read

URL = "/register/"
ADDRESS = "pia@example.com"
PIA = {
    "first_name": "Pia", "last_name": "Palmer", "email": ADDRESS, "password": "paws-and-tails",
}  # fmt: skip


@pytest.fixture
def home(db: None) -> Client:
    return make_client(first_name="Pia", last_name="Palmer", email=ADDRESS)


@pytest.fixture
def code(home: Client, mona: User) -> str:
    invite_client(client=home, email=ADDRESS, words="", by=mona, site=SITE)
    return code_to(ADDRESS)


@pytest.fixture
def staff_code(ada: User) -> str:
    invite_staff(
        email="sid@example.com", name="Sid Sitter", role=Role.SITTER, words="", by=ada, site=SITE
    )
    return code_to("sid@example.com")


def register(code: str, browser: Browser | None = None, **typed: str) -> Any:
    return (browser or Browser()).post(URL, PIA | {"code": code} | typed)


def options(**values: object) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(**values)


def who(browser: Browser) -> str:
    return User.objects.get(pk=browser.session["_auth_user_id"]).email


@pytest.mark.parametrize("email", [ADDRESS, " PIA@Example.com "])
def test_the_login_joins_the_old_profile_and_is_signed_in(
    home: Client, code: str, email: str
) -> None:
    """Rule 69."""
    browser = Browser()
    key = browser.session.session_key
    answer = register(code, browser, email=email)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/start/")
    login = home.logins.get()
    assert (login.email, login.name, who(browser)) == (ADDRESS, "Pia Palmer", ADDRESS)
    assert EmailAddress.objects.get(user=login).verified is True
    assert (Client.objects.count(), Registration.objects.count()) == (1, 0)
    assert Invite.objects.get().used_by == login
    assert browser.session.session_key != key
    assert Mail.objects.filter(template__startswith="registration").count() == 0
    assert browser.get("/start/").headers["Location"] == f"/start/{home.pk}/details/"


def test_the_page_of_an_invite_is_filled_in_and_asks_no_phone_or_zip(code: str) -> None:
    options(registration_zips="43085", has_registration=False)
    page = read(Browser().get(URL, {"code": code}))
    shown = {node.attrs["name"]: node.attrs.get("value", "") for node in page.all("input", name="")}
    shown.pop("csrfmiddlewaretoken")
    assert shown == {
        "first_name": "Pia", "last_name": "Palmer", "email": ADDRESS, "password": "", "code": code,
    }  # fmt: skip


def test_invited_people_register_from_everywhere_and_though_it_is_switched_off(
    home: Client, code: str
) -> None:
    """Rule 72, second half."""
    options(registration_zips="43085", has_registration=False)
    assert register(code, zip_code="10001").headers["Location"] == "/start/"
    assert home.logins.count() == 1


def test_another_address_goes_through_the_mail(home: Client, code: str) -> None:
    browser = Browser()
    answer = register(code, browser, email="pia@home.example")
    assert answer.headers["Location"] == "/register/sent/"
    assert "_auth_user_id" not in browser.session
    login = User.objects.get_queryset().get(email="pia@home.example")
    assert EmailAddress.objects.get(user=login).verified is False
    assert Client.objects.count() == 1
    mail = Mail.objects.latest("pk")
    assert (mail.to, mail.template) == ("pia@home.example", "registration_confirm")
    assert "open the link of your invite again" in mail.text
    assert (home.logins.count(), invite_of_code(code).used_at) == (0, None)


def test_another_address_with_a_login_is_told_by_mail_and_the_code_stays_good(
    home: Client, code: str
) -> None:
    make_user(Role.CLIENT, "Pia", email="pia@home.example")
    assert register(code, email="pia@home.example").headers["Location"] == "/register/sent/"
    mail = Mail.objects.latest("pk")
    assert (mail.template, sorted(links_in(mail))) == ("registration_known", ["reset", "sign_in"])
    assert "open the link of your invite again" in mail.text
    assert invite_of_code(code).used_at is None
    assert home.logins.count() == 0


def test_who_has_a_login_at_the_invited_address_is_sent_to_sign_in_and_use_the_code(
    home: Client, code: str
) -> None:
    make_user(Role.CLIENT, "Pia", email=ADDRESS)
    browser = Browser()
    answer = register(code, browser)
    wanted = quote(f"/invites/redeem/?code={code}", safe="")
    assert answer.headers["Location"] == f"/accounts/login/?next={wanted}"
    assert "You have a login already." in browser.get(answer.headers["Location"]).content.decode()
    assert "_auth_user_id" not in browser.session
    assert home.logins.count() == 0


def test_who_is_signed_in_is_sent_to_use_the_code(code: str, cleo: User) -> None:
    browser = Browser()
    browser.force_login(cleo)
    for answer in (browser.get(URL, {"code": code}), register(code, browser)):
        assert answer.headers["Location"] == f"/invites/redeem/?code={code}"


def use(code: str) -> None:
    redeem_invite(invite=invite_of_code(code), user=make_user(Role.CLIENT, "First"))


def expire(code: str) -> None:
    Invite.objects.update(expires_at=timezone.now())


def revoke(code: str) -> None:
    Invite.objects.update(revoked_at=timezone.now())


def forget(code: str) -> None:
    Invite.objects.all().delete()


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (use, "This code was used already; each code works once. Ask the office for another one."),
        (expire, "This code has expired. Ask the office to send a new one."),
        (revoke, "The office has taken this code back. Ask there for another one."),
        (forget, "This code does not work. If you got a newer mail, use the code in that one;"),
    ],
)
def test_a_code_that_does_not_work_says_why(
    code: str,
    spoil: Any,
    told: str,
    is_open: bool,
) -> None:
    """Rule 70."""
    options(has_registration=is_open)
    spoil(code)
    users = User.objects.count()
    page = Browser().get(URL, {"code": code})
    assert (page.status_code, told in read(page).text) == (422, True)
    answer = register(code, cell_phone="614 555 0100")
    assert (answer.status_code, told in read(answer).text) == (422, True)
    assert (User.objects.count(), PendingRegistration.objects.count()) == (users, 0)


def test_a_code_used_between_the_form_and_the_worker_is_told_by_mail(
    home: Client, code: str
) -> None:
    from pawfile.invites.registration import see_to

    pending = PendingRegistration.objects.create(
        **{key: PIA[key] for key in ("first_name", "last_name")}, email="pia@home.example",
        password="x", invite=invite_of_code(code), site=SITE,
    )  # fmt: skip
    use(code)
    pending.refresh_from_db()
    see_to(pending)
    mail = Mail.objects.latest("pk")
    assert (mail.to, mail.template) == ("pia@home.example", "registration_refused")
    assert "This code was used already" in mail.text
    assert not User.objects.filter(email="pia@home.example").exists()
    assert PendingRegistration.objects.count() == 0


def test_new_staff_choose_name_and_password_only(staff_code: str) -> None:
    options(agreement_text="Clients be kind.", registration_zips="43085")
    page = read(Browser().get(URL, {"code": staff_code}))
    names = [node.attrs["name"] for node in page.one("form").all("input", name="")]
    assert names[1:] == ["first_name", "last_name", "password", "code"]
    assert "You sign in with sid@example.com." in page.text
    browser = Browser()
    answer = register(
        staff_code, browser, first_name="Sid", last_name="Sitter", email="eve@x.example"
    )
    assert answer.headers["Location"] == "/"
    sid = User.objects.get(email="sid@example.com")
    assert (sid.role, sid.name, who(browser)) == (Role.SITTER, "Sid Sitter", "sid@example.com")
    assert (Client.objects.count(), Consent.objects.count()) == (0, 0)
    assert not User.objects.filter(email="eve@x.example").exists()


def test_bad_input_with_a_code_keeps_the_code(code: str) -> None:
    answer = register(code, password="short")
    page = read(answer)
    assert (answer.status_code, problems(page)) == (
        422, ["Password: This password is too short. It must contain at least 8 characters."],
    )  # fmt: skip
    assert page.one("input", name="code").attrs["value"] == code
    assert invite_of_code(code).used_at is None
