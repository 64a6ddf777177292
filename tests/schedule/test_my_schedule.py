"""My Schedule of a sitter: the day as boxes, what hurts first, and the buttons of each state."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Visit, VisitStatus
from tests.access.home import make_photo
from tests.factories import make_block, make_client, make_pet, make_user, make_visit
from tests.profiles.pages import Node, read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
S = VisitStatus


def boxes(page: Node) -> list[Node]:
    return page.all("article", cls="stop")


def press(browser: Browser, url: str, visit: Visit, step: str) -> Any:
    """Press the button of a box as a browser does, and look at what comes then."""
    page = read(browser.get(url))
    (box,) = [each for each in boxes(page) if each.attrs["data-visit"] == str(visit.pk)]
    (form,) = [each for each in box.all("form") if f"/{step}/" in each.attrs["action"]]
    return browser.post(form.attrs["action"], sent(form))


def offered_form(browser: Browser) -> list[Node]:
    return read(browser.get("/my-schedule/")).one(data_offers="").all("form")


def sent(form: Node) -> dict[str, str]:
    return {node.attrs["name"]: node.attrs["value"] for node in form.all("input")}


def steps(box: Node) -> list[str]:
    buttons = [form.attrs["action"] for form in box.all("form")]
    buttons += [link.attrs["href"] for link in box.all("a") if "/decline/" in link.attrs["href"]]
    return [address.rsplit("/", 2)[1] for address in buttons]


def test_the_day_is_in_time_order_with_client_address_pets_and_note(
    signed_in: SignIn, sam: User, cleos_home: Client, rex: Pet
) -> None:
    """Rule 44: the client's name leads to the profile."""
    noon = make_visit(cleos_home, sitter=sam, status=S.ACCEPTED, pets=[rex], note="Blue leash.")
    early = make_visit(cleos_home, sitter=sam, block=make_block("Morning", 7, 10))
    make_visit(cleos_home, sitter=sam, visit_on=in_days(1))
    make_visit(cleos_home, sitter=make_user(Role.SITTER, "Other"))
    page = read(signed_in(sam).get("/my-schedule/"))
    first, second = boxes(page)
    assert [int(box.attrs["data-visit"]) for box in (first, second)] == [early.pk, noon.pk]
    assert "07:00–10:00" in first.text
    assert "Morning" in first.text
    assert first.one("span", cls="pill").text == "Assigned"
    assert "12:00–12:30" in second.text
    assert "Blue leash." in second.text
    assert second.one("h3").all("a")[0].attrs["href"] == f"/clients/{cleos_home.pk}/"
    assert "12 Maple Street, Columbus, OH 43085" in second.text
    directions = [a for a in second.all("a") if "Directions" in a.text]
    assert "12+Maple+Street" in directions[0].attrs["href"]
    assert [node.attrs["data-pet"] for node in second.all(data_pet="")] == [str(rex.pk)]


def test_what_could_hurt_stands_in_the_box_whoever_of_the_home_it_is(
    signed_in: SignIn, sam: User, cleos_home: Client, rex: Pet
) -> None:
    """The visit is for Tom; the dog that bites opens the door all the same."""
    tom = make_pet(cleos_home, name="Tom", animal="Cat")
    update_pet(rex, values={"behavior_warnings": "Bites hats."}, by=None)
    make_pet(cleos_home, name="Gone", allergies="corn", active=False)
    make_visit(cleos_home, sitter=sam, pets=[tom])
    (box,) = boxes(read(signed_in(sam).get("/my-schedule/")))
    assert [line.text for line in box.one("ul", cls="safety").all("li")] == [
        "Rex, behavior warnings: Bites hats."
    ]
    assert [node.text for node in box.all(data_pet="")] == ["Tom"]


def test_a_box_shows_only_what_the_policy_shows(
    signed_in: SignIn, sam: User, cleos_home: Client, rex: Pet
) -> None:
    update_pet(rex, values={"allergies": "corn", "medication": "insulin"}, by=None)
    make_visit(cleos_home, sitter=sam, pets=[rex])
    for subject, key in (("client", "street"), ("pet", "allergies"), ("pet", "medication")):
        FieldRule.objects.create(subject=subject, key=key, sitter=Access.HIDE)
    SiteOptions.renew_fields()
    (box,) = boxes(read(signed_in(sam).get("/my-schedule/")))
    assert "Columbus, OH 43085" in box.text
    assert [word for word in ("Maple", "corn", "insulin") if word in box.text] == []
    assert box.all(cls="notice-danger") == []


def test_changes_unseen_by_this_sitter_are_counted(
    signed_in: SignIn, sam: User, mona: User, cleos_home: Client, rex: Pet
) -> None:
    make_visit(cleos_home, sitter=sam, pets=[rex])
    browser = signed_in(sam)
    assert read(browser.get("/my-schedule/")).all(data_unseen="") == []
    home, pet = Client.objects.get(pk=cleos_home.pk), Pet.objects.get(pk=rex.pk)
    update_client(home, values={"city": "Dublin", "parking": "Behind."}, by=mona)
    update_pet(pet, values={"feeding": "Twice."}, by=mona)
    assert read(browser.get("/my-schedule/")).one(data_unseen="").text == "3 changes"
    browser.get(f"/clients/{cleos_home.pk}/changes/city/")
    assert read(browser.get("/my-schedule/")).one(data_unseen="").text == "2 changes"


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (S.ASSIGNED, ["accept", "decline"]),
        (S.ACCEPTED, ["arrive", "complete"]),
        (S.CONFIRMED, ["arrive", "complete"]),
        (S.IN_PROGRESS, ["complete"]),
        (S.COMPLETED, []),
    ],
)
def test_a_box_has_the_buttons_of_its_state(
    signed_in: SignIn, sam: User, cleos_home: Client, status: VisitStatus, wanted: list[str]
) -> None:
    make_visit(cleos_home, sitter=sam, status=status)
    (box,) = boxes(read(signed_in(sam).get("/my-schedule/")))
    assert steps(box) == wanted
    assert all(form.one("button").text.endswith("Cleo Carter") for form in box.all("form"))


def test_nobody_arrives_before_the_day(signed_in: SignIn, sam: User, cleos_home: Client) -> None:
    tomorrow = in_days(1)
    make_visit(cleos_home, sitter=sam, status=S.ACCEPTED, visit_on=tomorrow)
    (box,) = boxes(read(signed_in(sam).get(f"/my-schedule/?on={tomorrow}")))
    assert steps(box) == []


def test_accepting_arriving_and_completing_lead_back_to_the_box(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    visit, browser = make_visit(cleos_home, sitter=sam), signed_in(sam)
    done = (("accept", "accepted"), ("arrive", "in_progress"), ("complete", "completed"))
    for step, status in done:
        answer = press(browser, "/my-schedule/", visit, step)
        back = f"/my-schedule/?on={visit.visit_on}#visit-{visit.pk}"
        assert (answer.status_code, answer.headers["Location"]) == (302, back)
        visit.refresh_from_db()
        assert visit.status == status
    assert visit.arrived_at
    assert visit.completed_at


def test_rule_95_a_visit_is_completed_without_having_arrived(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam, status=S.ACCEPTED)
    press(signed_in(sam), "/my-schedule/", visit, "complete")
    visit.refresh_from_db()
    assert (visit.status, visit.arrived_at) == ("completed", None)


def test_a_declined_visit_leaves_the_day(signed_in: SignIn, sam: User, cleos_home: Client) -> None:
    visit, browser = make_visit(cleos_home, sitter=sam), signed_in(sam)
    (box,) = boxes(read(browser.get("/my-schedule/")))
    question = next(a.attrs["href"] for a in box.all("a") if "/decline/" in a.attrs["href"])
    form = read(browser.get(question)).one("form", cls="form-narrow")
    answer = browser.post(f"/visits/{visit.pk}/decline/", sent(form))
    assert answer.headers["Location"] == f"/my-schedule/?on={visit.visit_on}#visit-{visit.pk}"
    assert boxes(read(browser.get(answer.headers["Location"]))) == []
    visit.refresh_from_db()
    assert visit.status == "declined"


def test_rule_83_an_offer_is_accepted_once_and_the_second_is_told(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client
) -> None:
    offer = make_visit(cleos_home, is_for_anyone=True, visit_on=in_days(2))
    browsers = [signed_in(who) for who in (sam, stan)]
    for browser in browsers:
        offered = read(browser.get("/my-schedule/")).one(data_offers="")
        assert offered.one("h2").text == "Offered to everyone"
        (box,) = boxes(offered)
        assert steps(box) == ["accept"]
    (form,) = offered_form(browsers[0])
    for browser in reversed(browsers):
        answer = browser.post(form.attrs["action"], sent(form))
        assert answer.headers["Location"] == f"/my-schedule/?on={in_days(0)}#visit-{offer.pk}"
    page = read(browsers[0].get("/my-schedule/"))
    assert "already taken this visit" in page.one("div", id="toasts").text
    assert page.all(data_offers="") == []
    offer.refresh_from_db()
    assert (offer.sitter, offer.status) == (stan, "accepted")
    accepted = read(browsers[1].get(f"/my-schedule/?on={offer.visit_on}"))
    assert [int(each.attrs["data-visit"]) for each in boxes(accepted)] == [offer.pk]


def test_rule_22_a_blocked_sitter_does_not_see_an_offer(
    signed_in: SignIn, stan: User, cleos_home: Client
) -> None:
    cleos_home.blocked_sitters.add(stan)
    make_visit(cleos_home, is_for_anyone=True)
    assert read(signed_in(stan).get("/my-schedule/")).all(data_visit="") == []


@pytest.mark.parametrize("on", ["2026-02-30", "tomorrow", "", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_today(
    signed_in: SignIn, sam: User, cleos_home: Client, on: str
) -> None:
    for view in ("day", "week"):
        page = read(signed_in(sam).get("/my-schedule/", {"on": on, "view": view}))
        assert page.all(data_day=in_days(0).isoformat())


def test_the_week_has_seven_days_with_their_visits(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    day = date(2027, 3, 12)
    made = [
        make_visit(cleos_home, sitter=sam, visit_on=day + timedelta(days=number))
        for number in (0, 2, 6, 7)
    ]
    page = read(signed_in(sam).get("/my-schedule/", {"on": day.isoformat(), "view": "week"}))
    days = page.all("section", data_day="")
    assert [section.attrs["data-day"] for section in days] == [
        (day + timedelta(days=number)).isoformat() for number in range(7)
    ]
    found = [[node.attrs["data-visit"] for node in each.all(data_visit="")] for each in days]
    own = [str(visit.pk) for visit in made]
    assert found == [[own[0]], [], [own[1]], [], [], [], [own[2]]]
    links = {link.attrs.get("rel"): link.attrs["href"] for link in page.all("a", rel="")}
    assert links["prev"] == "/my-schedule/?view=week&on=2027-03-05"
    assert links["next"] == "/my-schedule/?view=week&on=2027-03-19"


def test_a_night_is_on_both_days_and_what_was_never_completed_stays_today(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    night = make_block("Night", 20, 8, is_overnight=True)
    with time_machine.travel(datetime(2027, 3, 14, 16, tzinfo=UTC), tick=False):
        slept = make_visit(cleos_home, sitter=sam, block=night, visit_on=date(2027, 3, 13))
        open_one = make_visit(
            cleos_home, sitter=sam, status=S.IN_PROGRESS, visit_on=date(2027, 3, 10)
        )
        done = make_visit(cleos_home, sitter=sam, status=S.COMPLETED, visit_on=date(2027, 3, 10))
        browser = signed_in(sam)
        shown = [
            [
                int(box.attrs["data-visit"])
                for box in boxes(read(browser.get(f"/my-schedule/?on={on}")))
            ]
            for on in ("2027-03-13", "2027-03-14", "2027-03-10")
        ]
    assert shown == [[slept.pk], [open_one.pk, slept.pk], [open_one.pk, done.pk]]


def fill_day(count: int, sitter: User, other: User) -> None:
    for number in range(count):
        home = make_client(street=f"{number} Elm Street", primary_sitter=sitter)
        pets = [
            make_pet(home, name=f"{name} {number}", allergies="corn", photo=make_photo(home))
            for name in ("Rex", "Tom")
        ]
        update_pet(pets[0], values={"medication": "insulin"}, by=None)
        make_visit(home, sitter=sitter, pets=pets, block=make_block(f"Block {home.pk}"))
        make_visit(home, is_for_anyone=True, pets=pets, visit_on=in_days(1))
        make_visit(home, sitter=other)


def test_the_day_costs_the_same_for_1_3_and_30_visits(
    signed_in: SignIn, sam: User, stan: User
) -> None:
    browser, counts = signed_in(sam), []
    urls = ("/my-schedule/", "/my-schedule/?view=week")
    for more in (1, 2, 27):
        fill_day(more, sam, stan)
        asked = []
        for url in urls:
            browser.get(url)
            with CaptureQueriesContext(connection) as counted:
                assert browser.get(url).status_code == 200
            asked.append(len(counted))
        counts.append(asked)
    assert counts == [counts[0]] * 3
    assert counts[0][0] <= 23
    assert counts[0][1] <= 8
    assert Visit.objects.filter(sitter=sam).count() == 30
