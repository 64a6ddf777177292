"""Codes to change: known to who no longer needs them, until the field is changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.access.models import Ground, Reveal
from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.people.actions import deactivate_user, reactivate_user
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_client, make_reveal, make_user, make_visit
from tests.invites.letters import links_in
from tests.profiles.pages import problems, read

SignIn = Callable[[User], Browser]
URL = "/codes-to-change/"


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def opened(cleos_home: Client, sam: User) -> Reveal:
    """Sam has opened Cleo's alarm code yesterday."""
    return make_reveal(cleos_home, by=sam, opened_at=timezone.now() - timedelta(days=1))


def listed(browser: Browser, query: str = "") -> dict[str, list[str]]:
    """Client → "code: person, why" of each code to change."""
    cards = read(browser.get(f"{URL}{query}")).all("article", data_client="")
    return {
        card.one("h2").text: [
            f"{code.one('strong').text}: {who.text}"
            for code in card.all("li", data_code="")
            for who in code.all("span", cls="journal-line")
        ]
        for card in cards
    }


def test_who_works_here_and_comes_to_the_client_may_know(monas: Browser, opened: Reveal) -> None:
    assert listed(monas) == {}


def test_who_has_left_no_longer_needs_the_codes(monas: Browser, opened: Reveal, sam: User) -> None:
    deactivate_user(user=sam, by=None)
    assert listed(monas) == {"Carter, Cleo": ["Alarm code: Sam Sitter, no longer works here"]}
    reactivate_user(user=sam, by=None)
    assert listed(monas) == {}


def test_a_blocked_sitter_no_longer_needs_the_codes(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User
) -> None:
    cleos_home.blocked_sitters.add(sam)
    assert listed(monas) == {"Carter, Cleo": ["Alarm code: Sam Sitter, blocked by the client"]}


def test_a_sitter_with_neither_visit_nor_name_there_no_longer_needs_them(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User
) -> None:
    update_client(cleos_home, values={"primary_sitter": None}, by=None)
    why = "Alarm code: Sam Sitter, no longer comes to this client"
    assert listed(monas) == {"Carter, Cleo": [why]}
    make_visit(cleos_home, sitter=sam, status="accepted")
    assert listed(monas) == {}


def test_one_of_the_household_who_was_detached_no_longer_needs_them(
    monas: Browser, cleos_home: Client, cleo: User
) -> None:
    make_reveal(cleos_home, by=cleo, ground=Ground.OWN_HOME)
    assert listed(monas) == {}
    cleos_home.logins.remove(cleo)
    why = "Alarm code: Cleo Carter, no longer belongs to this home"
    assert listed(monas) == {"Carter, Cleo": [why]}


def test_a_closed_login_of_the_household_no_longer_needs_them(
    monas: Browser, cleos_home: Client, cleo: User
) -> None:
    make_reveal(cleos_home, by=cleo, ground=Ground.OWN_HOME)
    cleo.is_active = False
    cleo.save()
    assert listed(monas) == {"Carter, Cleo": ["Alarm code: Cleo Carter, the login is closed"]}


def test_who_leaves_keeps_the_codes_of_the_own_home(monas: Browser, sam: User) -> None:
    own = make_client(logins=[sam])
    make_reveal(own, by=sam, ground=Ground.OWN_HOME)
    deactivate_user(user=sam, by=None)
    assert listed(monas) == {}


def test_a_changed_code_leaves_the_list_by_itself(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User
) -> None:
    deactivate_user(user=sam, by=None)
    update_client(cleos_home, values={"door_code": "9911"}, by=None)
    assert len(listed(monas)) == 1  # another code than the one that Sam knows
    update_client(cleos_home, values={"alarm_code": "7733"}, by=None)
    assert listed(monas) == {}
    make_reveal(cleos_home, by=sam)
    assert len(listed(monas)) == 1  # opened after the change: the new one is known


def test_each_code_is_listed_once_with_all_who_know_it(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User, stan: User
) -> None:
    for by in (sam, stan, stan):
        make_reveal(cleos_home, by=by)
    make_reveal(cleos_home, by=stan, key="door_code")
    make_reveal(make_client(first_name="Ann", last_name="Ames"), by=stan)
    for user in (sam, stan):
        deactivate_user(user=user, by=None)
    gone = "no longer works here"
    stans = [f"Door code: Stan Stranger, {gone}", f"Alarm code: Stan Stranger, {gone}"]
    assert listed(monas) == {
        "Ames, Ann": [f"Alarm code: Stan Stranger, {gone}"],
        "Carter, Cleo": [*stans, f"Alarm code: Sam Sitter, {gone}"],
    }
    links = {link.attrs["href"] for link in read(monas.get(URL)).all("a", href="")}
    assert f"{URL}?by={sam.pk}" in links
    assert listed(monas, f"?by={sam.pk}") == {"Carter, Cleo": [f"Alarm code: Sam Sitter, {gone}"]}
    assert list(listed(monas, f"?client={cleos_home.pk}")) == ["Carter, Cleo"]
    assert len(listed(monas, "?by=x&client=x&at=x")) == 2


def test_codes_of_inactive_clients_are_nobodys_concern(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User
) -> None:
    deactivate_user(user=sam, by=None)
    update_client(cleos_home, values={"status": "Inactive"}, by=None)
    assert listed(monas) == {}


def test_a_code_hidden_from_managers_is_for_administrators_alone(
    monas: Browser, signed_in: SignIn, ada: User, opened: Reveal, sam: User
) -> None:
    deactivate_user(user=sam, by=None)
    FieldRule.objects.create(subject="client", key="alarm_code", manager=Access.HIDE)
    SiteOptions.renew_fields()
    assert (listed(monas), len(listed(signed_in(ada)))) == ({}, 1)
    assert monas.get(f"{URL}{opened.pk}/keep/").status_code == 404
    assert monas.post(f"{URL}{opened.client_id}/ask/").status_code == 404


def test_the_client_is_asked_by_a_mail_with_a_link_and_no_code(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User, mona: User
) -> None:
    deactivate_user(user=sam, by=None)
    assert monas.post(f"{URL}{cleos_home.pk}/ask/").status_code == 302
    mail = Mail.objects.get(template="codes_to_change")
    assert (mail.to, links_in(mail)) == (
        "cleo@example.com", {"opened": "http://testserver/my-info/opened/"},
    )  # fmt: skip
    assert [word for word in ("Alarm", "Sam") if word in mail.text + mail.html] == []
    entry = Activity.objects.get(kind="access")
    assert (entry.by, entry.about, entry.new_text) == (
        mona, "Codes to change: Cleo Carter", "Asked by mail",
    )  # fmt: skip
    card = read(monas.get(URL)).one("article", data_client="")
    assert card.one("p", cls="small").text.startswith("Asked by mail today ")


def test_nobody_is_asked_without_address_or_cause(
    monas: Browser, opened: Reveal, cleos_home: Client, carls_home: Client, sam: User
) -> None:
    assert monas.post(f"{URL}{cleos_home.pk}/ask/").status_code == 404  # Sam still works here
    deactivate_user(user=sam, by=None)
    assert monas.post(f"{URL}{carls_home.pk}/ask/").status_code == 404
    update_client(cleos_home, values={"email": ""}, by=None)
    assert "This client has no e-mail address." in read(monas.get(URL)).text
    assert monas.post(f"{URL}{cleos_home.pk}/ask/").status_code == 302
    assert not Mail.objects.exists()


def test_a_message_to_copy_names_people_and_codes(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User
) -> None:
    deactivate_user(user=sam, by=None)
    letter = read(monas.get(URL)).one("p", id=f"letter-{cleos_home.pk}").text
    assert letter == (
        "Hello Cleo, Sam Sitter knew these codes and no longer needs them. Please change them when "
        "you can: – Alarm code Then write the new ones into your profile: "
        "http://testserver/my-info/"
    )


def test_a_code_can_be_left_as_it_is_with_a_reason(
    monas: Browser, opened: Reveal, cleos_home: Client, sam: User, stan: User
) -> None:
    deactivate_user(user=sam, by=None)
    url = f"{URL}{opened.pk}/keep/"
    answer = monas.post(url, {"reason": " "})
    assert (answer.status_code, len(listed(monas))) == (422, 1)
    assert problems(read(answer)) == ["Why it can stay: Say why this code need not be changed."]
    assert monas.post(url, {"reason": "Battery is out."}).status_code == 302
    assert listed(monas) == {}
    entry = Activity.objects.get(kind="access")
    assert (entry.about, entry.new_text, entry.note) == (
        "Codes to change: Cleo Carter, Alarm code", "Left as it is", "Battery is out.",
    )  # fmt: skip
    make_reveal(cleos_home, by=stan)
    deactivate_user(user=stan, by=None)
    assert listed(monas) == {"Carter, Cleo": ["Alarm code: Stan Stranger, no longer works here"]}


def test_a_reason_that_is_too_long_stays_to_be_shortened(
    monas: Browser, opened: Reveal, sam: User
) -> None:
    deactivate_user(user=sam, by=None)
    answer = monas.post(f"{URL}{opened.pk}/keep/", {"reason": "x" * 301})
    assert answer.status_code == 422
    assert read(answer).one("input", name="reason").attrs["value"] == "x" * 301


def test_the_client_reads_which_codes_to_change(
    signed_in: SignIn, opened: Reveal, cleo: User, carl: User, sam: User
) -> None:
    cleos = signed_in(cleo)
    assert read(cleos.get("/my-info/opened/")).all("section", data_home="") == []
    deactivate_user(user=sam, by=None)
    notice = read(cleos.get("/my-info/opened/")).one("section", data_home="")
    assert [line.text for line in notice.all("li")] == ["Alarm code, known to Sam Sitter"]
    assert read(signed_in(carl).get("/my-info/opened/")).all("section", data_home="") == []
    update_client(opened.client, values={"alarm_code": "7733"}, by=cleo)
    assert read(cleos.get("/my-info/opened/")).all("section", data_home="") == []


def test_the_page_costs_the_same_however_many_are_listed(monas: Browser) -> None:
    counts = []
    for number in (1, 3):
        for each in range(number):
            sitter = make_user(Role.SITTER, f"Sitter {each}", is_active=False)
            home = make_client()
            for key in ("alarm_code", "door_code"):
                make_reveal(home, by=sitter, key=key)
        monas.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(monas)) == (1 if number == 1 else 4)
        counts.append(len(queries))
    assert counts[0] == counts[1]
