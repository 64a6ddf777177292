"""Likely doubles: who is flagged and why, who is told, and what the office's answer does."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.invites.doubles import AnsweredError, join_household, keep_apart
from pawfile.invites.models import LikelyDouble
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.invites.test_registering import PAT
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
ZIP = {"zip_code": "43085"}


def register(**typed: str) -> Client:
    answer = Browser().post("/register/", PAT | typed)
    assert answer.status_code == 302
    return Client.objects.latest("pk")


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        ({"email": "PAT@example.com "}, ["email"]),
        ({"alternate_emails": ["other@example.com", "Pat@Example.com"]}, ["email"]),
        ({"partner_email": "pat@example.com"}, ["email"]),
        ({"home_phone": "+1 614-555-0177"}, ["phone"]),
        ({"partner_phone": "6145550177 x12"}, ["phone"]),
        ({"first_name": "Pát", "last_name": "PARKER"}, ["name"]),
        ({"partner_first_name": "Pat", "partner_last_name": "Parker"}, ["partner"]),
        ({"last_name": "Parker", "partner_first_name": "Pat"}, ["partner"]),
        ({"last_name": "Parker", "zip_code": "43085-1234"}, ["zip"]),
        ({"first_name": "Pat", "last_name": "Parker", "email": "pat@example.com", **ZIP},
         ["email", "name", "zip"]),
        ({"last_name": "Parker"}, []),
        ({"last_name": "Parkerson", **ZIP}, []),
        (ZIP, []),
        ({"first_name": "Pat"}, []),
        ({"email": "pat@example.com.example"}, []),
        ({"cell_phone": "555-0177"}, []),
        ({"first_name": "Parker", "last_name": "Pat"}, []),
    ],
)  # fmt: skip
def test_a_client_who_resembles_a_known_one_is_flagged_with_the_reasons(
    db: None, known: dict[str, Any], reasons: list[str]
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(registration_zips="43085")
    home = make_client(**known)
    client = register(**ZIP)
    found = [(double.known, double.reasons) for double in client.likely_doubles.all()]
    assert found == ([(home, reasons)] if reasons else [])


def test_the_strongest_five_are_kept(db: None) -> None:
    same_name = [make_client(first_name="Pat", last_name="Parker") for _ in range(6)]
    strong = make_client(email="pat@example.com")
    found = [double.known for double in register().likely_doubles.order_by("pk")]
    assert found == [strong, *same_name[:4]]


def test_the_answer_to_the_registering_person_is_the_same_with_and_without(db: None) -> None:
    make_client(email="pat@example.com")
    answers = [
        Browser().post("/register/", PAT | other)
        for other in (
            {},
            {"email": "new@example.com", "last_name": "Nye", "cell_phone": "6145550199"},
        )
    ]
    assert LikelyDouble.objects.count() == 1
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [
        (302, "/register/sent/")
    ] * 2


@pytest.fixture
def known(db: None) -> Client:
    return make_client(
        first_name="Paul", last_name="Parker", email="pat@example.com", street="9 Oak Street"
    )


@pytest.fixture
def double(known: Client) -> LikelyDouble:
    found: LikelyDouble = register().likely_doubles.get()
    EmailAddress.objects.update(verified=True)
    return found


def test_the_office_reads_it_on_the_profile_and_on_home(
    signed_in: SignIn, double: LikelyDouble, mona: User, known: Client
) -> None:
    EmailAddress.objects.update(verified=False)
    browser = signed_in(mona)
    box = read(browser.get(f"/clients/{double.client_id}/registration/")).one(data_double="")
    assert "Perhaps in the book already: Paul Parker" in box.text
    assert "Same e-mail address" in box.text
    (row,) = read(browser.get("/")).all("li", data_registration="")
    assert row.text.startswith("Parker, Pat Likely doubleE-mail not confirmed yet")
    assert read(browser.get(f"/clients/{known.pk}/registration/")).all(data_double="") == []


def test_clients_and_sitters_learn_nothing(
    signed_in: SignIn, double: LikelyDouble, sam: User
) -> None:
    update_client(double.client, values={"primary_sitter": sam}, by=None)
    login = double.client.logins.get()
    url = f"/clients/{double.client_id}/registration/"
    pages = [f"/clients/{double.client_id}/", "/", "/my-info/", "/my-pets/", "/start/"]
    assert "Paul" not in "".join(
        content(signed_in(login).get(page, follow=True)) for page in [*pages, url]
    )
    assert "Likely double" not in content(signed_in(sam).get("/"))
    assert signed_in(sam).get(url).status_code == 403
    for user in (login, sam):
        assert signed_in(user).get(double.get_absolute_url()).status_code == 403
        answer = signed_in(user).post(double.get_absolute_url(), {"answer": "join"})
        assert answer.status_code == 403
    assert double.known.logins.count() == 0


def test_both_are_shown_side_by_side(signed_in: SignIn, double: LikelyDouble, mona: User) -> None:
    page = read(signed_in(mona).get(double.get_absolute_url()))
    rows = {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for row in page.one("tbody").all("tr")
    }
    assert rows == {
        "First name": ["Pat", "Paul"], "Last name": ["Parker", "Parker"],
        "Cell phone": ["(614) 555-0177", "–"], "E-mail": ["pat@example.com"] * 2,
        "Street": ["–", "9 Oak Street"],
    }  # fmt: skip


def test_a_reason_that_speaks_of_a_hidden_field_is_not_told(
    signed_in: SignIn, double: LikelyDouble, mona: User
) -> None:
    FieldRule.objects.create(subject="client", key="email", manager=Access.HIDE)
    for url in (double.get_absolute_url(), f"/clients/{double.client_id}/registration/"):
        page = content(signed_in(mona).get(url))
        assert "Paul Parker" in page
        assert "e-mail address" not in page
        assert "pat@example.com" not in page


def test_same_household_lets_the_login_open_the_known_client(
    signed_in: SignIn, double: LikelyDouble, mona: User, known: Client
) -> None:
    login = double.client.logins.get()
    answer = signed_in(mona).post(double.get_absolute_url(), {"answer": "join"})
    assert answer.headers["Location"] == f"/clients/{double.client_id}/"
    assert set(login.clients.all()) == {double.client, known}
    entries = Activity.objects.filter(by=mona).order_by("pk")
    assert [(e.kind, e.about, e.new_text) for e in entries] == [
        ("registration", "Pat Parker", "Same household"),
        ("login", "Pat Parker", "Paul Parker"),
    ]
    panel = read(signed_in(mona).get(f"/clients/{double.client_id}/registration/")).one("main")
    assert panel.all(data_double="") == []
    assert "Same household: Paul ParkerMona Manager" in panel.text
    assert "Likely double" not in content(signed_in(mona).get("/"))


def test_not_the_same_changes_nothing_but_the_flag(
    signed_in: SignIn, double: LikelyDouble, ada: User, known: Client
) -> None:
    signed_in(ada).post(double.get_absolute_url(), {"answer": "apart"})
    assert known.logins.count() == 0
    double.refresh_from_db()
    assert (double.answer, double.answered_by) == ("apart", ada)
    assert [(e.about, e.new_text) for e in Activity.objects.filter(by=ada)] == [
        ("Pat Parker", "Not the same")
    ]


def test_the_second_answer_is_told_that_there_is_one(
    signed_in: SignIn, double: LikelyDouble, ada: User, mona: User
) -> None:
    keep_apart(double=double, by=ada)
    with pytest.raises(AnsweredError):
        join_household(double=double, by=mona)
    browser = signed_in(mona)
    answer = browser.post(double.get_absolute_url(), {"answer": "join"})
    page = read(browser.get(answer.headers["Location"]))
    assert "Somebody has answered this already." in page.text
    assert page.all("button", name="answer") == []
    assert double.known.logins.count() == 0


def test_an_address_that_nobody_confirmed_opens_no_other_home(
    signed_in: SignIn, mona: User, known: Client
) -> None:
    """Whoever types the address of a known client resembles that client."""
    double = register().likely_doubles.get()
    browser = signed_in(mona)
    answer = browser.post(double.get_absolute_url(), {"answer": "join"}, follow=True)
    assert "not confirmed yet" in content(answer)
    double.refresh_from_db()
    assert (double.answer, known.logins.count()) == ("", 0)


@pytest.mark.parametrize("answer", ["", "merge", "JOIN", "\0"])
def test_another_answer_is_refused(
    signed_in: SignIn, double: LikelyDouble, ada: User, answer: str
) -> None:
    got = signed_in(ada).post(double.get_absolute_url(), {"answer": answer})
    assert (got.status_code, "Choose one of the two answers." in content(got)) == (422, True)
    double.refresh_from_db()
    assert double.answer == ""


def test_a_street_said_later_flags_too_and_answers_stay(
    signed_in: SignIn, double: LikelyDouble, ada: User
) -> None:
    keep_apart(double=double, by=ada)
    neighbour = make_client(first_name="Pia", last_name="Parker", street="7 Elm Street")
    login = double.client.logins.get()
    url = f"/start/{double.client_id}/home/"
    answer = signed_in(login).post(url, {"street": "7 elm  street"})
    assert answer.status_code == 302
    found = double.client.likely_doubles.order_by("pk")
    assert [(each.known, each.answer, each.reasons) for each in found] == [
        (double.known, "apart", ["email"]), (neighbour, "", ["street"]),
    ]  # fmt: skip


def test_home_and_profile_cost_the_same_however_many_registered(
    signed_in: SignIn, ada: User
) -> None:
    counts = []
    make_client(first_name="Pat", last_name="Parker")
    for number in (1, 2, 3):
        client = register(email=f"pat{number}@example.com")
        browser = signed_in(ada)
        for url in ("/", f"/clients/{client.pk}/registration/"):
            browser.get(url)
            with CaptureQueriesContext(connection) as asked:
                browser.get(url)
            counts.append(len(asked))
    assert counts[:2] == counts[2:4] == counts[4:]


def test_nobody_who_did_not_register_is_flagged(db: None, ada: User) -> None:
    for _ in range(2):
        make_client(email="pat@example.com")
    assert LikelyDouble.objects.count() == 0
    assert User.objects.filter(role=Role.CLIENT).count() == 0
