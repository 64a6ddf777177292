"""The Master Schedule, one day: lanes of sitters, boxes in time order, filters, queries."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Territory
from pawfile.schedule.models import TimeOff, VisitStatus
from tests.factories import make_block, make_client, make_pet, make_service, make_visit
from tests.profiles.pages import Node, read
from tests.schedule.boards import FRIDAY, fill_day, lane, visits_in

SignIn = Callable[[User], Browser]
DAY = f"/schedule/?view=day&on={FRIDAY}"


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def day(office: Browser, more: str = "") -> Node:
    return read(office.get(DAY + more))


def test_boxes_say_who_where_what_and_when(
    office: Browser, cleos_home: Client, rex: Pet, sam: User
) -> None:
    tom = make_pet(cleos_home, name="Tom", animal="Cat")
    service, block = make_service(name="Long walk"), make_block("Morning", 7, 10)
    visit = make_visit(
        cleos_home, pets=[tom, rex], service=service, block=block, visit_on=FRIDAY, sitter=sam,
        status=VisitStatus.CONFIRMED, is_training=True,
    )  # fmt: skip
    box = lane(day(office), str(sam.pk)).one("li", id=f"visit-{visit.pk}")
    for words in ("07:00–10:00 Morning", "Carter, Cleo", "Rex, Tom", "Long walk Training",
                  "12 Maple Street, Columbus"):  # fmt: skip
        assert words in box.text
    assert box.one("span", cls="pill-confirmed").text == "Confirmed"
    assert [a.attrs["href"] for a in box.all("a")] == [
        f"/visits/{visit.pk}/", f"/visits/{visit.pk}/assign/",
    ]  # fmt: skip


def test_every_visit_is_in_its_lane_in_time_order(
    office: Browser, cleos_home: Client, sam: User, stan: User
) -> None:
    late = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, exact_time=time(18))
    early = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, exact_time=time(6))
    open_ = make_visit(cleos_home, visit_on=FRIDAY)
    offered = make_visit(cleos_home, visit_on=FRIDAY, is_for_anyone=True)
    declined = make_visit(cleos_home, visit_on=FRIDAY, sitter=stan, status=VisitStatus.DECLINED)
    make_visit(cleos_home, visit_on=date(2037, 11, 28), sitter=sam)
    page = day(office)
    lanes = {node.attrs["data-lane"]: visits_in(node) for node in page.all("section", data_lane="")}
    assert lanes == {
        "nobody": [open_.pk, declined.pk],
        "anyone": [offered.pk],
        str(sam.pk): [early.pk, late.pk],
        str(stan.pk): [],
    }
    assert lane(page, str(sam.pk)).one("span", cls="badge").attrs["aria-label"] == "2 visits"


def test_a_late_visit_belongs_to_the_day_of_its_start(
    office: Browser, cleos_home: Client, sam: User
) -> None:
    """23:30 in New York is the next day in UTC."""
    night = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, exact_time=time(23, 30),
                       service=make_service(minutes=60))  # fmt: skip
    page = day(office)
    assert visits_in(page) == [night.pk]
    assert "23:30–00:30 (next day)" in page.text


def test_a_sitter_without_visits_has_a_lane_too_and_time_off_is_said(
    office: Browser, sam: User, stan: User
) -> None:
    TimeOff.objects.create(sitter=stan, first_on=date(2037, 11, 20), last_on=FRIDAY)
    page = day(office)
    assert "Time off" in lane(page, str(stan.pk)).text
    assert "Time off" not in lane(page, str(sam.pk)).text
    assert "No visits on this day yet." in page.text


def test_an_inactive_sitter_with_a_visit_keeps_the_lane(
    office: Browser, cleos_home: Client, stan: User
) -> None:
    visit = make_visit(cleos_home, visit_on=FRIDAY, sitter=stan)
    User.objects.filter(pk=stan.pk).update(is_active=False)
    assert visits_in(lane(day(office), str(stan.pk))) == [visit.pk]


def test_filters_can_be_combined(
    office: Browser, cleos_home: Client, carls_home: Client, sam: User, stan: User
) -> None:
    north = Territory.objects.create(name="North")
    update_client(cleos_home, values={"territory": north}, by=None)
    walk, feed = make_service(name="Walk"), make_service(name="Feed")
    one = make_visit(cleos_home, visit_on=FRIDAY, sitter=sam, service=walk)
    two = make_visit(cleos_home, visit_on=FRIDAY, service=feed, status=VisitStatus.REQUESTED)
    three = make_visit(carls_home, visit_on=FRIDAY, sitter=stan, service=walk)
    four = make_visit(carls_home, visit_on=FRIDAY, is_for_anyone=True, service=walk)
    off = make_visit(carls_home, visit_on=FRIDAY, sitter=sam, status=VisitStatus.CANCELED)
    wanted = {
        "": {one, two, three, four},
        f"&sitter={sam.pk}": {one},
        "&sitter=nobody": {two},
        "&sitter=anyone": {four},
        f"&client={cleos_home.pk}": {one, two},
        f"&territory={north.pk}": {one, two},
        f"&service={walk.pk}": {one, three, four},
        f"&service={walk.pk}&client={carls_home.pk}&sitter={stan.pk}": {three},
        "&status=requested": {two},
        "&status=canceled": {off},
        "&status=all": {one, two, three, four, off},
        # What makes no sense is as if not given.
        "&status=gone&sitter=-1&client=x&territory=é&service=9e9": {one, two, three, four},
    }
    found = {more: set(visits_in(day(office, more))) for more in wanted}
    assert found == {more: {visit.pk for visit in visits} for more, visits in wanted.items()}


def test_a_filter_that_leaves_nothing_says_so(office: Browser, sam: User) -> None:
    page = day(office, f"&sitter={sam.pk}")
    assert page.one("div", cls="empty").one("h2").text == "No visit fits"


def test_the_client_of_the_filter_is_named_and_can_be_let_go(
    office: Browser, cleos_home: Client
) -> None:
    chosen = day(office, f"&client={cleos_home.pk}").one("a", cls="schedule-client")
    assert chosen.text == "Carter, Cleo"
    assert "client=" not in chosen.attrs["href"]


@pytest.mark.parametrize(
    ("view", "before", "after"),
    [
        ("day", "2037-11-26", "2037-11-28"),
        ("week", "2037-11-15", "2037-11-29"),
        ("month", "2037-10-01", "2037-12-01"),
        ("table", "2037-11-20", "2037-12-04"),
    ],
)
def test_arrows_lead_to_the_days_around(
    office: Browser, view: str, before: str, after: str
) -> None:
    page = read(office.get(f"/schedule/?view={view}&on={FRIDAY}&status=all"))
    for rel, wanted in (("prev", before), ("next", after)):
        link = page.all("a", rel=rel)[0].attrs["href"]
        assert f"on={wanted}" in link
        assert "status=all" in link


@pytest.mark.parametrize("on", ["", "2037-02-30", "1999-12-31", "0001-01-01", "tomorrow", "\0"])
def test_a_day_that_is_none_is_today(office: Browser, on: str) -> None:
    page = read(office.get("/schedule/", {"view": "day", "on": on}))
    assert "Today" in page.one("h2", cls="schedule-title").text


@pytest.mark.parametrize("on", ["2000-01-01", "2099-12-31"])
@pytest.mark.parametrize("view", ["day", "week", "month", "table"])
def test_the_ends_of_the_calendar_open(office: Browser, view: str, on: str) -> None:
    assert office.get("/schedule/", {"view": view, "on": on}).status_code == 200


def test_the_view_is_remembered_as_long_as_one_is_signed_in(office: Browser, mona: User) -> None:
    def current(browser: Browser) -> str:
        switch = read(browser.get("/schedule/")).one("nav", cls="switch")
        return switch.one("a", aria_current="true").text

    assert current(office) == "Day"
    office.get("/schedule/?view=month")
    assert current(office) == "Month"
    other = Browser()
    other.force_login(mona)
    assert current(other) == "Day"


def test_an_address_that_may_not_be_seen_is_not_in_the_boxes(
    office: Browser, cleos_home: Client, sam: User
) -> None:
    make_visit(cleos_home, visit_on=FRIDAY, sitter=sam)
    assert "12 Maple Street" in day(office).text
    hidden = {"manager": Access.HIDE, "sitter": Access.HIDE, "client": Access.HIDE}
    FieldRule.objects.create(subject="client", key="street", **hidden)
    page = day(office)
    assert "12 Maple Street" not in page.text
    assert "Columbus" in page.text


def test_an_inactive_pet_is_named_to_administrators_only(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    old = make_pet(cleos_home, name="Methuselah", active=False)
    make_visit(cleos_home, visit_on=FRIDAY, pets=[old])
    shown = {who.pk: "Methuselah" in day(signed_in(who)).text for who in (ada, mona)}
    assert shown == {ada.pk: True, mona.pk: False}


@pytest.mark.parametrize("view", ["day", "week"])
def test_what_was_drawn_before_follows_every_change(
    office: Browser, cleos_home: Client, rex: Pet, sam: User, view: str
) -> None:
    service, block = make_service(name="Long walk"), make_block("Morning", 7, 10)
    visit = make_visit(
        cleos_home, pets=[rex], service=service, block=block, visit_on=FRIDAY, sitter=sam
    )
    url = f"/schedule/?view={view}&on={FRIDAY}"

    def drawn() -> str:
        content = office.get(url).content.decode()
        return content[content.index('id="board"') : content.index("</main>")]

    seen = [drawn(), drawn()]
    assert seen[0] == seen[1]
    cleos_home.last_name, rex.name, service.name, sam.name = "Novak", "Balto", "Stroll", "Samira"
    visit.starts_at += timedelta(minutes=17)
    for row, word in (
        (cleos_home, "Novak"), (rex, "Balto"), (service, "Stroll"), (sam, "Samira"),
        (visit, "07:17"),
    ):  # fmt: skip
        assert word not in seen[-1]
        row.save()
        seen.append(drawn())
        assert word in seen[-1]
    TimeOff.objects.create(sitter=sam, first_on=FRIDAY, last_on=FRIDAY)
    assert "Time off" in drawn()
    visit.delete()
    assert f"visit-{visit.pk}" not in drawn()


def test_odd_names_are_text(office: Browser, sam: User) -> None:
    home = make_client(first_name="{0}", last_name="<b>{client}</b>")
    pet = make_pet(home, name="{pk} & <i>")
    make_visit(home, visit_on=FRIDAY, pets=[pet], service=make_service(name="<u>{x}"), sitter=sam)
    box = day(office).one("li", cls="visit-box")
    assert "<b>{client}</b>, {0}" in box.text
    assert "{pk} & <i>" in box.text
    assert "<u>{x}" in box.text


@pytest.mark.parametrize("view", ["day", "week", "month", "table"])
def test_a_view_costs_the_same_for_1_3_and_300_visits(office: Browser, view: str) -> None:
    counts, url = [], f"/schedule/?view={view}&on={FRIDAY}&status=all"
    for count in (1, 2, 297):
        fill_day(count)
        office.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(url).status_code == 200
        counts.append(len(asked))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12
