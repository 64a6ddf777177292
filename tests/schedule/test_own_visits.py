"""My Schedule of a client: own visits home by home, and nothing that is the office's affair."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Ask, ChangeRequest, VisitStatus
from tests.factories import make_client, make_pet, make_service, make_user, make_visit
from tests.profiles.pages import Node, read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
S = VisitStatus
URL = "/my-schedule/"
OWN = "/my-schedule/own/"


def days_on(number: int) -> dict[str, object]:
    return {"visit_on": in_days(number)}


def shown(page: Node) -> list[int]:
    return [int(node.attrs["data-visit"]) for node in page.all(data_visit="")]


def test_upcoming_visits_come_first_and_past_ones_below(
    signed_in: SignIn, cleo: User, cleos_home: Client, carls_home: Client, rex: Pet
) -> None:
    service = make_service(client_name="Dog walk", price=20)
    older = make_visit(cleos_home, status=S.COMPLETED, **days_on(-9))
    old = make_visit(cleos_home, status=S.COMPLETED, **days_on(-2))
    later = make_visit(cleos_home, **days_on(5))
    soon = make_visit(cleos_home, service=service, pets=[rex], **days_on(2))
    make_visit(carls_home, **days_on(1))
    page = read(signed_in(cleo).get(URL))
    assert shown(page) == [soon.pk, later.pk, old.pk, older.pk]
    box = page.one("article", data_visit=str(soon.pk))
    assert ("Dog walk" in box.text, "Rex · $20.00" in box.text) == (True, True)
    assert "12:00–12:30" in box.text


def test_each_home_has_its_own_visits(signed_in: SignIn, cleo: User, cleos_home: Client) -> None:
    second = make_client(street="9 Lake Road", logins=[cleo])
    here, there = make_visit(cleos_home, **days_on(1)), make_visit(second, **days_on(1))
    page = read(signed_in(cleo).get(URL))
    homes = {home.one("h2").text: shown(home) for home in page.all("section", data_client="")}
    assert homes == {"12 Maple Street": [here.pk], "9 Lake Road": [there.pk]}


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (S.REQUESTED, "Requested"),
        (S.UNAVAILABLE, "Unavailable"),
        (S.ASSIGNED, "Planned"),
        (S.DECLINED, "Planned"),
        (S.ACCEPTED, "Confirmed"),
        (S.CONFIRMED, "Confirmed"),
        (S.IN_PROGRESS, "In progress"),
        (S.CANCELED, "Canceled"),
    ],
)
def test_rule_100_the_client_reads_words_of_the_client(
    signed_in: SignIn, cleo: User, cleos_home: Client, status: VisitStatus, word: str
) -> None:
    """Not that a sitter has to accept or declined, whom it is offered to, or what is noted."""
    visit = make_visit(
        cleos_home, status=status, is_training=True, note="Pays late.", cancel_reason="Rude.",
        is_for_anyone=status == S.ASSIGNED, **days_on(2),
    )  # fmt: skip
    internal = ("Pays late.", "Rude.", "Training", "Declined", "Assigned", "Accepted", "ANYONE")
    for url in (URL, visit.get_absolute_url()):
        page = read(signed_in(cleo).get(url)).one("main")
        assert [pill.text for pill in page.all("span", cls="pill")] == [word]
        assert [each for each in internal if each in page.text] == []


@pytest.mark.parametrize(
    ("status", "word"), [(S.ASSIGNED, []), (S.IN_PROGRESS, []), (S.COMPLETED, ["Completed"])]
)
def test_rule_100_a_visit_nobody_completed_carries_no_late_mark(
    signed_in: SignIn, cleo: User, cleos_home: Client, status: VisitStatus, word: list[str]
) -> None:
    make_visit(cleos_home, status=status, **days_on(-2))
    page = read(signed_in(cleo).get(URL)).one("main")
    assert [pill.text for pill in page.all("span", cls="pill")] == word


@pytest.mark.parametrize(("nickname", "named"), [("", "Sam"), ("Sammy", "Sammy")])
def test_who_comes_is_named_by_nickname_or_first_name_once_it_is_sure(
    signed_in: SignIn, cleo: User, cleos_home: Client, nickname: str, named: str
) -> None:
    sitter = make_user(Role.SITTER, "Sam Sitter", nickname=nickname)
    visit = make_visit(cleos_home, sitter=sitter, **days_on(2))
    for status, is_named in ((S.ASSIGNED, False), (S.DECLINED, False), (S.ACCEPTED, True)):
        visit.status = status
        visit.save()
        page = read(signed_in(cleo).get(URL)).one("main")
        assert (f"{named} comes" in page.text, "Sam" in page.text) == (is_named, is_named)
        assert "Sitter" not in page.text


@pytest.mark.parametrize(
    ("ask", "word"), [(Ask.CANCEL, "Cancel requested"), (Ask.CHANGE, "Change requested")]
)
def test_rule_84_what_is_asked_for_is_said_until_the_office_answers(
    signed_in: SignIn, cleo: User, cleos_home: Client, ask: Ask, word: str
) -> None:
    visit = make_visit(cleos_home, status=S.ACCEPTED, **days_on(2))
    asked = ChangeRequest.objects.create(visit=visit, ask=ask)
    page = read(signed_in(cleo).get(URL)).one("main")
    assert page.one("span", cls="pill").text == word
    assert [link for link in page.all("a") if f"{URL}{visit.pk}/" in link.attrs["href"]] == []
    asked.answer = "declined"
    asked.save()
    page = read(signed_in(cleo).get(URL)).one("main")
    assert page.one("span", cls="pill").text == "Confirmed"


def test_a_login_without_a_home_is_told(signed_in: SignIn, cleo: User) -> None:
    page = read(signed_in(cleo).get(URL))
    assert "No home yet" in page.text
    assert "No home yet" in read(signed_in(cleo).get("/my-schedule/request/")).text


def test_the_page_costs_the_same_for_1_3_and_30_visits(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(cleo), []
    for more in (1, 2, 27):
        for number in range(more):
            sitter = make_user(Role.SITTER, f"Ann {number}")
            pets = [make_pet(cleos_home, name=f"Rex {number}")]
            home = make_client(logins=[cleo])
            for where in (cleos_home, home):
                visit = make_visit(where, pets=pets, sitter=sitter, status=S.ACCEPTED, **days_on(2))
                make_visit(where, sitter=sitter, status=S.COMPLETED, **days_on(-2))
                ChangeRequest.objects.create(visit=visit, ask=Ask.CANCEL)
        browser.get(URL)
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(URL).status_code == 200
        counts.append(len(counted))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 13


def test_the_next_and_the_last_ones_are_shown_and_all_on_request(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    coming = [make_visit(cleos_home, **days_on(day)).pk for day in range(1, 17)]
    over = [make_visit(cleos_home, status=S.COMPLETED, **days_on(-day)).pk for day in range(1, 13)]
    browser = signed_in(cleo)
    page = read(browser.get(URL))
    assert shown(page) == coming[:14] + over[:10]
    (more,) = [link for link in page.all("a") if link.text == "Show all visits"]
    whole = read(browser.get(more.attrs["href"]))
    assert shown(whole) == coming + over
    assert "Show all visits" not in whole.text


@pytest.mark.parametrize("role", [Role.SITTER, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_works_here_and_lives_here_has_the_own_visits_too(
    signed_in: SignIn, role: Role, cleo: User, cleos_home: Client, carls_home: Client
) -> None:
    cleo.role = role
    cleo.save()
    make_service(client_name="Dog walk")
    make_pet(cleos_home)
    own = make_visit(cleos_home, **days_on(1))
    others = make_visit(carls_home, **days_on(1))
    browser = signed_in(cleo)
    home = read(browser.get("/"))
    assert OWN in [link.attrs.get("href") for link in home.all("a")]
    assert shown(read(browser.get(OWN))) == [own.pk]
    assert browser.get(f"/my-schedule/{others.pk}/change/").status_code == 404
    answer = browser.post(f"/my-schedule/{own.pk}/cancel/", {"words": "We stay at home."})
    assert (answer.status_code, answer.headers["Location"]) == (302, OWN)
    assert ChangeRequest.objects.get().visit == own
    assert browser.get("/my-schedule/request/").status_code == 200
    client_only = "surcharge", "overlap", "late"
    assert [word for word in client_only if word in read(browser.get(OWN)).text] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SITTER, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_works_here_without_a_home_has_no_own_visits(signed_in: SignIn, role: Role) -> None:
    browser = signed_in(make_user(role, "Nora"))
    assert browser.get(OWN).status_code == 403
    assert browser.get("/my-schedule/request/").status_code == 403
    assert OWN not in [link.attrs.get("href") for link in read(browser.get("/")).all("a")]
