"""Registering without a code: what is asked, what the worker makes of it, what strangers learn."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.invites.models import GuidedStart, PendingRegistration, Registration
from pawfile.invites.refusals import MalformedCodeError
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, ClientChange
from tests.factories import make_user
from tests.invites.letters import links_in
from tests.profiles.pages import content, problems, read

URL, SENT = "/register/", "/register/sent/"
PAT = {
    "first_name": "Pat", "last_name": "Parker", "email": "Pat@Example.com",
    "cell_phone": "(614) 555-0177", "password": "paws-and-tails",
}  # fmt: skip


def register(**typed: str) -> Any:
    return Browser().post(URL, PAT | typed)


def options(**values: object) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(**values)


def test_a_person_without_a_code_gets_a_prospect_and_a_login(db: None, ada: User) -> None:
    """Rule 2."""
    answer = register()
    assert (answer.status_code, answer.headers["Location"]) == (302, SENT)
    client = Client.objects.get()
    assert (client.name, client.status, client.email, client.cell_phone, client.zip_code) == (
        "Pat Parker", "Prospect", "pat@example.com", "(614) 555-0177", "",
    )  # fmt: skip
    assert client.phones_e164 == {"cell_phone": "+16145550177"}
    login = client.logins.get()
    assert (login.email, login.name, login.role, login.phone) == (
        "pat@example.com", "Pat Parker", Role.CLIENT, "(614) 555-0177",
    )  # fmt: skip
    assert check_password("paws-and-tails", login.password)
    assert list(EmailAddress.objects.filter(user=login).values_list("email", "verified")) == [
        ("pat@example.com", False)
    ]
    assert list(Client.objects.visible_to(ada).search("parker 0177", reader=ada)) == [client]
    assert ClientChange.objects.count() == 0
    assert Registration.objects.get().client == client
    assert GuidedStart.objects.get().step == "details"
    assert PendingRegistration.objects.count() == 0
    entry = Activity.objects.get()
    assert (entry.kind, entry.about, entry.new_text, entry.who) == (
        "registration", "Pat Parker", "pat@example.com", "Pat Parker",
    )  # fmt: skip


def test_the_mail_has_a_link_that_proves_the_address_and_leads_to_sign_in(db: None) -> None:
    browser = Browser()
    register()
    mail = Mail.objects.get()
    assert (mail.to, mail.template) == ("pat@example.com", "registration_confirm")
    link = links_in(mail)["confirm"]
    assert link.startswith("http://testserver/accounts/")
    assert link not in mail.text + mail.html
    refused = browser.post("/accounts/login/", {"login": PAT["email"], "password": PAT["password"]})
    assert "_auth_user_id" not in browser.session
    assert refused.headers["Location"] == "/accounts/email/sent/"
    stranger = Browser()
    assert EmailAddress.objects.get().verified is False
    page = stranger.get(link)
    assert (page.status_code, EmailAddress.objects.get().verified) == (200, False)
    after = stranger.post(link.removeprefix("http://testserver"), {"next": "/start/"})
    assert (after.status_code, after.headers["Location"]) == (302, "/start/")
    assert EmailAddress.objects.get().verified is True
    assert "_auth_user_id" not in stranger.session


def test_the_confirm_page_sends_the_next_address_along(db: None) -> None:
    register()
    page = read(Browser().get(links_in(Mail.objects.get())["confirm"]))
    assert page.one("input", name="next").attrs["value"] == "/start/"


def test_a_known_address_gets_the_same_answer_and_another_mail(db: None) -> None:
    known = make_user(Role.CLIENT, "Pat Old", email="pat@example.com")
    before = User.objects.values().get(pk=known.pk)
    first, second = register(), register(email="new@example.com")
    assert [(a.status_code, a.headers["Location"], a.content) for a in (first, second)] == [
        (302, SENT, b"")
    ] * 2
    assert {**first.headers} == {**second.headers}
    assert User.objects.values().get(pk=known.pk) == before
    assert list(Client.objects.values_list("email", flat=True)) == ["new@example.com"]
    assert [
        (mail.to, mail.template, sorted(links_in(mail))) for mail in Mail.objects.order_by("pk")
    ] == [
        ("pat@example.com", "registration_known", ["reset", "sign_in"]),
        ("new@example.com", "registration_confirm", ["confirm"]),
    ]


def test_who_registers_an_unproved_address_again_chooses_the_password_by_mail(db: None) -> None:
    """Whoever was first may be a stranger: neither password opens the login, only the mail does."""
    register(password="eves-own-password")
    register()
    login = User.objects.get()
    assert not login.has_usable_password()
    assert Client.objects.count() == 1
    letter = Mail.objects.latest("pk")
    link = links_in(letter)["choose"].removeprefix("http://testserver")
    assert sorted(links_in(letter)) == ["choose"]
    first = links_in(Mail.objects.earliest("pk"))["confirm"].removeprefix("http://testserver")
    assert Browser().post(first).status_code == 302
    EmailAddress.objects.update(verified=False)
    owner = Browser()
    page = owner.get(link, follow=True)
    chosen = {"password1": "pats-own-password", "password2": "pats-own-password"}
    assert owner.post(page.request["PATH_INFO"], chosen).status_code == 302
    assert EmailAddress.objects.get().verified is True
    stranger = Browser()
    for password, opens in (("eves-own-password", False), ("pats-own-password", True)):
        stranger.post("/accounts/login/", {"login": login.email, "password": password})
        assert ("_auth_user_id" in stranger.session) is opens


@pytest.mark.parametrize("role", list(Role))
def test_an_address_of_the_staff_is_known_too(db: None, role: Role) -> None:
    make_user(role, "Sam", email="pat@example.com")
    assert register().headers["Location"] == SENT
    assert Client.objects.count() == 0


def test_the_page_asks_what_it_needs(db: None) -> None:
    assert asked() == ["first_name", "last_name", "email", "cell_phone", "password", "code"]
    options(registration_zips="43085", agreement_text="Be kind.")
    assert asked() == [
        "first_name", "last_name", "email", "cell_phone", "zip_code", "password",
        "agreement_seen", "agreement", "code",
    ]  # fmt: skip


def asked() -> list[str]:
    form = read(Browser().get(URL)).one("form")
    names = [node.attrs.get("name", "") for node in form.all("input")]
    return [name for name in names if name not in ("csrfmiddlewaretoken", "")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first_name": " "}, ["First name: Say your first name."]),
        ({"last_name": ""}, ["Last name: Say your last name."]),
        ({"email": "pat"}, ["E-mail: “pat” is not an e-mail address."]),
        ({"email": ""}, ["E-mail: Say your e-mail address."]),
        ({"email": "pat@example.com\nBcc: eve@example.com"},
         ["E-mail: Leave out line breaks and control characters."]),
        ({"first_name": "Pat\r\nBcc: eve@example.com"},
         ["First name: Leave out line breaks and control characters."]),
        ({"last_name": "x" * 101},
         ["Last name: Ensure this value has at most 100 characters (it has 101)."]),
        ({"first_name": "a\0b"}, ["First name: Null characters are not allowed."]),
        ({"cell_phone": "call me"}, ["Phone: “call me” is no phone number."]),
        ({"password": ""}, ["Password: Choose a password."]),
        ({"password": "short"},
         ["Password: This password is too short. It must contain at least 8 characters."]),
        ({"password": "password1"}, ["Password: This password is too common."]),
        ({"code": "X"}, [f"Invite code: {MalformedCodeError()}"]),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_what_was_typed_stays(
    db: None, typed: dict[str, str], told: list[str]
) -> None:
    answer = register(**typed)
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, told)
    shown = {node.attrs["name"]: node.attrs.get("value", "") for node in page.all("input", name="")}
    for key, value in (PAT | typed).items():
        if "\n" not in value and "\0" not in value:
            assert shown[key] == ("" if key == "password" else value), key
    assert (User.objects.count(), Mail.objects.count(), PendingRegistration.objects.count()) == (
        0, 0, 0,
    )  # fmt: skip


def test_a_password_that_is_the_address_is_refused(db: None) -> None:
    answer = register(email="parkerpat@example.com", password="parkerpat")
    assert problems(read(answer)) == ["Password: The password is too similar to the e-mail."]


def test_odd_names_are_kept_as_text(db: None, ada: User) -> None:
    names = {"first_name": "<b>Zoë</b>", "last_name": "{{ 7 }} O'Neil-שלום"}
    assert register(**names).status_code == 302
    assert Client.objects.get().name == "<b>Zoë</b> {{ 7 }} O'Neil-שלום"
    mail = Mail.objects.get()
    assert "Hello <b>Zoë</b>," in mail.text
    assert "Hello &lt;b&gt;Zoë&lt;/b&gt;," in mail.html


def test_only_the_listed_zips_register(db: None) -> None:
    """Rule 72, first half; the second is in test_registering_invited.py."""
    options(registration_zips="43085, 43210")
    answer = register(zip_code="10001")
    assert (answer.status_code, problems(read(answer))) == (
        422,
        ["Zip code: We do not come to 10001 yet. With an invite of the office you can register."],
    )
    assert problems(read(register())) == ["Zip code: Say your zip code."]
    assert Client.objects.count() == 0
    assert register(zip_code="43085-1234").status_code == 302
    assert Client.objects.get().zip_code == "43085-1234"


def test_where_everybody_may_a_forged_zip_is_ignored(db: None) -> None:
    register(zip_code="10001")
    assert Client.objects.get().zip_code == ""


def test_switched_off_it_says_so_and_takes_nobody(db: None) -> None:
    """Rule 71."""
    options(has_registration=False)
    page = Browser().get(URL)
    assert (page.status_code, read(page).one("h1").text) == (200, "By invitation")
    answer = register()
    assert answer.status_code == 422
    assert "Write the code of your invite." in read(answer).text
    assert (User.objects.count(), PendingRegistration.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("is_open", "text"), [(True, "New here? Register"), (False, "I have an invite code")]
)
def test_the_sign_in_page_leads_there(db: None, is_open: bool, text: str) -> None:
    options(has_registration=is_open)
    page = read(Browser().get("/accounts/login/"))
    notes = [note.text for note in page.all("p", cls="plain-note") if note.all("a", href=URL)]
    assert notes == [text]


def test_who_is_signed_in_goes_home(cleo: User) -> None:
    browser = Browser()
    browser.force_login(cleo)
    for answer in (browser.get(URL), browser.post(URL, PAT)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert PendingRegistration.objects.count() == 0


def test_the_password_is_nowhere_in_the_open(db: None) -> None:
    register(password="a-secret-of-mine")
    mail = Mail.objects.get()
    rows = [*PendingRegistration.objects.values(), *Activity.objects.values()]
    assert "a-secret-of-mine" not in str(rows) + mail.text + mail.html + content(
        Browser().get(SENT)
    )


def test_too_many_registrations_have_to_wait(limits: object) -> None:
    """Of one address two an hour; another address is not kept waiting for it."""
    assert [register().status_code for _ in range(3)] == [302, 302, 429]
    refused = register()
    assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
    page = read(refused)
    assert "Too many tries. Try again at" in problems(page)[0]
    assert page.one("input", name="first_name").attrs["value"] == "Pat"
    assert "paws-and-tails" not in content(refused)
    assert register(email="other@example.com").status_code == 302


def test_guesses_at_codes_have_to_wait(limits: object) -> None:
    codes = [f"7K3QM-X9R2V-B4HTN-P8WD{last}" for last in "CDEF"]
    assert [Browser().get(URL, {"code": code}).status_code for code in codes] == [
        422, 422, 422, 429,
    ]  # fmt: skip
