"""Giving away a visit, from the Master Schedule or anywhere else: choices, warnings, refusals."""

import json
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.schedule.models import TimeOff, Visit, VisitStatus
from tests.factories import make_user, make_visit
from tests.profiles.pages import Node, read
from tests.schedule.boards import FRIDAY, fill_day, visits_in

SignIn = Callable[[User], Browser]


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def visit(cleos_home: Client) -> Visit:
    return make_visit(cleos_home, visit_on=FRIDAY)


def url_of(visit: Visit) -> str:
    return f"/visits/{visit.pk}/assign/"


def drop(office: Browser, visit: Visit, seen: str = "view=day", **form: Any) -> Any:
    """What a script sends from the page ``seen``."""
    here = f"http://testserver/schedule/?on={FRIDAY}&{seen}"
    headers = {"HX-Request": "true", "HX-Current-URL": here}
    return office.post(url_of(visit), {"version": visit.version, **form}, headers=headers)


def said(answer: HttpResponse) -> tuple[str, str]:
    toast = json.loads(answer.headers["HX-Trigger-After-Swap"])["toast"]
    return toast["kind"], toast["text"]


def holder(visit: Visit) -> tuple[int | None, bool, str]:
    visit.refresh_from_db()
    return visit.sitter_id, visit.is_for_anyone, visit.status


def choices(page: Node) -> list[str]:
    return [option.text for option in page.one("select", id="id_sitter").all("option")]


# What can be chosen


def test_only_sitters_whom_the_client_accepts_are_offered(
    office: Browser, visit: Visit, sam: User, stan: User, mona: User
) -> None:
    """Rule 20."""
    make_user(Role.SITTER, "Ina Inactive", is_active=False)
    assert choices(read(office.get(url_of(visit)))) == ["Sam Sitter", "Stan Stranger"]
    update_client(visit.client, values={"blocked_sitters": [stan]}, by=mona)
    assert choices(read(office.get(url_of(visit)))) == ["Sam Sitter"]


def test_what_speaks_against_a_sitter_stands_behind_the_name(
    office: Browser, visit: Visit, carls_home: Client, sam: User, stan: User
) -> None:
    TimeOff.objects.create(sitter=stan, first_on=FRIDAY, last_on=FRIDAY)
    make_visit(carls_home, visit_on=FRIDAY, sitter=sam, exact_time=time(12, 15))
    assert choices(read(office.get(url_of(visit)))) == [
        "Sam Sitter (has another visit)", "Stan Stranger (time off)",
    ]  # fmt: skip


def test_primary_and_secondary_are_buttons_if_there_are_such_and_one_may_know(
    office: Browser, visit: Visit, sam: User, stan: User, mona: User
) -> None:
    def buttons() -> list[str]:
        form = read(office.get(url_of(visit))).one("form", cls="assign")
        return [button.text for button in form.all("button")]

    others = ["ANYONE", "Nobody"]
    assert buttons() == ["Assign", "PRIMARY: Sam Sitter", *others]
    update_client(visit.client, values={"secondary_sitter": stan}, by=mona)
    assert buttons() == ["Assign", "PRIMARY: Sam Sitter", "SECONDARY: Stan Stranger", *others]
    hidden = dict.fromkeys(("manager", "sitter", "client"), Access.HIDE)
    for key in ("primary_sitter", "secondary_sitter"):
        FieldRule.objects.create(subject="client", key=key, **hidden)
    assert buttons() == ["Assign", *others]


def test_the_choices_cost_the_same_for_1_3_and_30_sitters(office: Browser, visit: Visit) -> None:
    counts = []
    for more in (1, 2, 27):
        for _each in range(more):
            make_user(Role.SITTER, "Sid Sitter")
        office.get(url_of(visit))
        with CaptureQueriesContext(connection) as asked:
            office.get(url_of(visit))
        counts.append(len(asked))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10


# Without script


@pytest.mark.parametrize("to", ["sitter", "primary", "secondary", "anyone", "nobody"])
def test_every_choice_works_as_a_form(
    office: Browser, visit: Visit, sam: User, stan: User, to: str
) -> None:
    update_client(visit.client, values={"secondary_sitter": stan}, by=None)
    wanted = {
        "sitter": (stan.pk, False), "primary": (sam.pk, False), "secondary": (stan.pk, False),
        "anyone": (None, True), "nobody": (None, False),
    }  # fmt: skip
    answer = office.post(url_of(visit), {"to": to, "sitter": stan.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/visits/{visit.pk}/")
    assert holder(visit) == (*wanted[to], VisitStatus.ASSIGNED)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "This field is required."),
        ({"to": "everybody"}, "Choose a sitter."),
        ({"to": "sitter"}, "Choose a sitter."),
        ({"to": "sitter", "sitter": "0"}, "That is no active sitter."),
        ({"to": "sitter", "sitter": "\0"}, "Null characters are not allowed."),
        ({"to": "sitter", "sitter": "9" * 30}, "That is no active sitter."),
        ({"to": "secondary"}, "Cleo Carter has no secondary sitter."),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    office: Browser, visit: Visit, form: dict[str, str], words: str
) -> None:
    answer = office.post(url_of(visit), form)
    assert answer.status_code == 422
    assert words in read(answer).one("div", role="alert").text
    assert holder(visit) == (None, False, VisitStatus.ASSIGNED)


def test_manager_of_the_house_is_no_sitter(office: Browser, visit: Visit, mona: User) -> None:
    answer = office.post(url_of(visit), {"to": "sitter", "sitter": mona.pk})
    assert answer.status_code == 422


def test_it_leads_back_to_where_it_was_opened(office: Browser, visit: Visit, sam: User) -> None:
    here = f"/schedule/?on={FRIDAY}&view=table&status=open"
    page = read(office.get(url_of(visit), headers={"Referer": f"http://testserver{here}"}))
    assert page.one("p", cls="crumbs").one("a").attrs["href"] == here
    back = page.one(name="back").attrs["value"]
    wrong = office.post(url_of(visit), {"to": "secondary", "back": back})
    assert read(wrong).one(name="back").attrs["value"] == here
    done = office.post(url_of(visit), {"to": "sitter", "sitter": sam.pk, "back": back})
    assert (done.status_code, done.headers["Location"]) == (302, here)


@pytest.mark.parametrize("referer", ["", "https://evil.example/schedule/", "http://[bad"])
def test_from_anywhere_else_it_leads_to_the_visit(
    office: Browser, visit: Visit, referer: str
) -> None:
    page = read(office.get(url_of(visit), headers={"Referer": referer}))
    assert page.one("p", cls="crumbs").one("a").attrs["href"] == f"/visits/{visit.pk}/"
    assert page.all(name="back") == []
    answer = office.post(url_of(visit), {"to": "anyone", "back": "//evil.example/"})
    assert answer.headers["Location"] == f"/visits/{visit.pk}/"


def test_what_speaks_against_it_is_told_on_the_page_too(
    office: Browser, visit: Visit, sam: User
) -> None:
    """Rule 101."""
    TimeOff.objects.create(sitter=sam, first_on=FRIDAY, last_on=FRIDAY)
    answer = office.post(url_of(visit), {"to": "sitter", "sitter": sam.pk}, follow=True)
    assert "given to Sam Sitter. Sam Sitter is off from 27 Nov to 27 Nov." in read(answer).text


# With script


def test_the_old_lane_and_the_new_one_come_back(
    office: Browser, visit: Visit, sam: User, stan: User
) -> None:
    other = make_visit(visit.client, visit_on=FRIDAY, sitter=sam, exact_time=time(8))
    answer = drop(office, visit, to="sitter", sitter=sam.pk)
    assert answer.status_code == 200
    assert holder(visit)[0] == sam.pk
    page = read(answer)
    lanes = {node.attrs["data-lane"]: visits_in(node) for node in page.all("section")}
    assert lanes == {"nobody": [], str(sam.pk): [other.pk, visit.pk]}
    assert {node.attrs["hx-swap-oob"] for node in page.all("section")} == {"true"}
    assert page.one("div", hx_swap_oob="delete").attrs["id"] == f"visit-{visit.pk}"
    assert said(answer) == ("success", "Cleo Carter: given to Sam Sitter.")


def test_in_a_week_two_cells_come_back(office: Browser, visit: Visit, sam: User) -> None:
    page = read(drop(office, visit, "view=week", to="sitter", sitter=sam.pk))
    cells = {cell.attrs["id"]: visits_in(cell) for cell in page.all("td")}
    assert cells == {"cell-nobody-20371127": [], f"cell-{sam.pk}-20371127": [visit.pk]}


@pytest.mark.parametrize(
    "seen", ["view=table", "view=day&status=assigned", "view=week&sitter=nobody"]
)
def test_a_narrowed_schedule_and_a_table_come_back_whole(
    office: Browser, visit: Visit, sam: User, seen: str
) -> None:
    answer = drop(office, visit, seen, to="sitter", sitter=sam.pk)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#board", "outerHTML")
    board = read(answer).one("div", id="board")
    assert ("Sam Sitter" in board.text) == ("nobody" not in seen)
    links = [a.attrs["href"] for a in board.all("a") if a.attrs["href"].startswith("?")]
    assert [url for url in links if seen.partition("&")[2] not in url] == []


def test_time_off_and_an_overlap_warn_and_do_not_refuse(
    office: Browser, visit: Visit, carls_home: Client, sam: User
) -> None:
    """Rule 101."""
    TimeOff.objects.create(sitter=sam, first_on=FRIDAY, last_on=FRIDAY)
    make_visit(carls_home, visit_on=FRIDAY, sitter=sam, exact_time=time(12, 15))
    answer = drop(office, visit, to="sitter", sitter=sam.pk)
    kind, text = said(answer)
    assert (kind, holder(visit)[0]) == ("warning", sam.pk)
    assert text == (
        "Cleo Carter: given to Sam Sitter. Sam Sitter is off from 27 Nov to 27 Nov. "
        "Sam Sitter visits Carl Cooper at that time (12:15–12:45)."
    )


def test_a_blocked_sitter_is_refused_whichever_way(
    office: Browser, visit: Visit, stan: User, mona: User
) -> None:
    """Rule 21."""
    update_client(visit.client, values={"blocked_sitters": [stan]}, by=mona)
    answer = drop(office, visit, to="sitter", sitter=stan.pk)
    kind, text = said(answer)
    assert (answer.status_code, kind) == (422, "error")
    assert text.startswith("Stan Stranger cannot be assigned to Cleo Carter: blocked")
    assert visits_in(read(answer).one("section", data_lane="nobody")) == [visit.pk]
    assert office.post(url_of(visit), {"to": "sitter", "sitter": stan.pk}).status_code == 422
    assert holder(visit) == (None, False, VisitStatus.ASSIGNED)


def test_a_visit_that_was_changed_meanwhile_is_shown_as_it_is(
    office: Browser, visit: Visit, sam: User, stan: User
) -> None:
    assert drop(office, visit, to="sitter", sitter=sam.pk).status_code == 200
    answer = drop(office, visit, to="sitter", sitter=stan.pk)  # of the version before
    assert answer.status_code == 422
    assert said(answer) == (
        "error", "Somebody changed this visit meanwhile. You see it as it is now.",
    )  # fmt: skip
    assert visits_in(read(answer).one("section", data_lane=str(sam.pk))) == [visit.pk]
    assert holder(visit)[0] == sam.pk


def test_a_visit_that_is_over_stays_whose_it_is(
    office: Browser, cleos_home: Client, sam: User, stan: User
) -> None:
    done = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, status=VisitStatus.COMPLETED)
    answer = drop(office, done, to="sitter", sitter=stan.pk)
    assert said(answer) == ("error", "This visit is Completed; it cannot become Assigned.")
    assert holder(done) == (sam.pk, False, VisitStatus.COMPLETED)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("canceled", "This visit is canceled. Restore it before assigning it."),
        ("completed", "This visit is Completed; it cannot become Assigned."),
    ],
)
def test_nor_is_it_given_to_whom_has_it(
    office: Browser, cleos_home: Client, sam: User, status: str, words: str
) -> None:
    over = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, status=status)
    answer = office.post(url_of(over), {"to": "sitter", "sitter": sam.pk})
    assert answer.status_code == 422
    assert read(answer).one("div", role="alert").text == words
    assert holder(over) == (sam.pk, False, status)


@pytest.mark.parametrize("view", ["day", "week", "table"])
@pytest.mark.parametrize("status", ["in_progress", "completed", "canceled", "unavailable"])
def test_the_schedule_offers_it_where_it_can_be(
    office: Browser, cleos_home: Client, sam: User, status: str, view: str
) -> None:
    visit = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, status=status)
    page = read(office.get(f"/schedule/?on={FRIDAY}&status=all&view={view}"))
    links = [link.attrs["href"] for link in page.one("div", id="board").all("a")]
    assert f"/visits/{visit.pk}/" in " ".join(links)
    assert (url_of(visit) in links) == (status == "unavailable")
    assert [box.attrs["draggable"] for box in page.all(data_visit=str(visit.pk))] == (
        [] if view == "table" else ["true" if status == "unavailable" else "false"]
    )


def test_from_another_page_the_page_comes_anew(office: Browser, visit: Visit, sam: User) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/visits/{visit.pk}/"}
    answer = office.post(url_of(visit), {"to": "sitter", "sitter": sam.pk}, headers=headers)
    assert answer.headers["HX-Refresh"] == "true"
    answer = office.post(url_of(visit), {"to": "secondary"}, headers=headers)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#dialog-content")
    assert "has no secondary sitter" in read(answer).text


def test_giving_costs_the_same_on_a_day_of_1_and_of_100_visits(
    office: Browser, visit: Visit, sam: User, stan: User
) -> None:
    drop(office, visit, to="sitter", sitter=stan.pk)  # makes a Prospect Active
    counts = []
    for sitter, more in ((sam, 0), (stan, 100)):
        fill_day(more)
        visit.refresh_from_db()
        with CaptureQueriesContext(connection) as asked:
            assert drop(office, visit, to="sitter", sitter=sitter.pk).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
