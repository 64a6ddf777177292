"""Safety-critical changes are read before Arrived: by the sitter, and only what was shown."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.actions.acknowledging import UnreadChangesError, acknowledge_changes
from pawfile.schedule.actions.moves import arrive
from pawfile.schedule.models import Acknowledgement, Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_client, make_pet, make_user, make_visit
from tests.profiles.pages import Node, content, read
from tests.schedule.changing import change

SignIn = Callable[[User], Browser]
S = VisitStatus


@pytest.fixture
def visit(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    return make_visit(cleos_home, pets=[rex], sitter=sam, status=S.ACCEPTED)


@pytest.fixture
def sams(signed_in: SignIn, sam: User) -> Browser:
    return signed_in(sam)


def press_arrived(browser: Browser, visit: Visit, **sent: str) -> Any:
    return browser.post(f"/visits/{visit.pk}/arrive/", sent)


def status_of(visit: Visit) -> str:
    return Visit.objects.get(pk=visit.pk).status


def unread(page: Node) -> list[str]:
    return [line.one("strong").text for box in page.all("div", data_unread="")
            for line in box.all("li")]  # fmt: skip


def press_read(browser: Browser, page: Node) -> Any:
    """Press "I have read it" as a browser does: with the numbers that the page holds."""
    form = page.one("div", data_unread="").one("form")
    assert form.one("button").text.startswith("I have read it")
    sent: dict[str, list[str]] = {}
    for node in form.all("input"):
        sent.setdefault(node.attrs["name"], []).append(node.attrs["value"])
    return browser.post(form.attrs["action"], sent)


def test_arrived_is_refused_with_the_list_until_it_is_read(
    sams: Browser, visit: Visit, cleos_home: Client, rex: Pet, mona: User
) -> None:
    change(rex, mona, medication="Insulin <3 units>")
    change(cleos_home, mona, entry_instructions="Side door", door_code="4711", parking="Garage")
    answer = press_arrived(sams, visit, back="/my-schedule/#visit-7")
    page = read(answer)
    assert (answer.status_code, status_of(visit)) == (422, S.ACCEPTED)
    assert "Not arrived yet: 3 changes could hurt you or an animal." in page.text
    assert sorted(unread(page)) == ["Door code", "How to get in", "Rex, medication"]
    box = page.one("div", data_unread="3")
    assert "Insulin <3 units>" in box.text
    assert "Side door" in box.text
    assert "Door code: changed" in box.text
    assert "4711" not in content(answer)
    answer = press_read(sams, page)
    assert answer.headers["Location"] == "/my-schedule/#visit-7"
    assert press_arrived(sams, visit).status_code == 302
    assert status_of(visit) == S.IN_PROGRESS


def test_the_box_of_my_schedule_has_the_list_and_the_button(
    sams: Browser, visit: Visit, rex: Pet, mona: User
) -> None:
    change(rex, mona, allergies="Corn")
    page = read(sams.get("/my-schedule/"))
    assert unread(page) == ["Rex, allergies"]
    (arrived,) = [each for each in page.all("button") if each.text.startswith("Arrived")]
    assert "button-primary" not in arrived.attrs["class"]
    answer = press_read(sams, page)
    assert answer.headers["Location"].endswith(f"#visit-{visit.pk}")
    page = read(sams.get("/my-schedule/"))
    assert unread(page) == []
    (arrived,) = [each for each in page.all("button") if each.text.startswith("Arrived")]
    assert "button-primary" in arrived.attrs["class"]


def test_a_change_that_came_meanwhile_is_not_acknowledged_unseen(
    sams: Browser, visit: Visit, cleos_home: Client, rex: Pet, mona: User
) -> None:
    tom = make_pet(cleos_home, name="Tom", animal="Cat")
    change(rex, mona, medication="Insulin")
    page = read(sams.get(f"/visits/{visit.pk}/"))
    change(rex, mona, medication="Insulin twice")
    change(tom, mona, allergies="Corn")
    change(cleos_home, mona, uses_keys=False)
    press_read(sams, page)
    page = read(sams.get(f"/visits/{visit.pk}/"))
    assert sorted(unread(page)) == ["Rex, medication", "Tom, allergies", "Uses keys"]
    assert "Something else has changed meanwhile. Read that too." in page.text
    assert press_arrived(sams, visit).status_code == 422
    press_read(sams, page)
    assert press_arrived(sams, visit).status_code == 302


def test_what_was_read_stays_read_and_the_next_change_asks_again(
    sams: Browser, visit: Visit, rex: Pet, sam: User, mona: User
) -> None:
    change(rex, mona, days_ago=2, medication="Insulin")
    press_read(sams, read(sams.get(f"/visits/{visit.pk}/")))
    change(rex, mona, feeding="Twice")
    change(rex, sam, behavior_warnings="Bites")
    assert unread(read(sams.get(f"/visits/{visit.pk}/"))) == []
    change(rex, mona, behavior_warnings="Bites hats")
    assert unread(read(sams.get(f"/visits/{visit.pk}/"))) == ["Rex, behavior warnings"]
    assert press_arrived(sams, visit).status_code == 422


def test_each_sitter_reads_for_oneself(
    signed_in: SignIn, sams: Browser, visit: Visit, rex: Pet, mona: User
) -> None:
    cleos_home = visit.client
    other = make_user(Role.SITTER, "Olga Other")
    theirs = make_visit(cleos_home, sitter=other, status=S.ACCEPTED)
    change(rex, mona, medication="Insulin")
    press_read(sams, read(sams.get(f"/visits/{visit.pk}/")))
    assert press_arrived(signed_in(other), theirs).status_code == 422
    assert press_arrived(sams, visit).status_code == 302


def test_before_a_first_acknowledgement_the_window_counts_and_then_everything(
    sams: Browser, visit: Visit, rex: Pet, mona: User
) -> None:
    change(rex, mona, days_ago=100, medication="Insulin")
    assert unread(read(sams.get(f"/visits/{visit.pk}/"))) == []
    change(rex, mona, days_ago=80, allergies="Corn")
    press_read(sams, read(sams.get(f"/visits/{visit.pk}/")))
    PetChange.objects.all().delete()
    change(rex, mona, days_ago=100, medication="None any more")
    assert unread(read(sams.get(f"/visits/{visit.pk}/"))) == ["Rex, medication"]


def test_only_safety_critical_fields_that_the_sitter_sees_ask(
    sams: Browser, visit: Visit, cleos_home: Client, rex: Pet, mona: User
) -> None:
    change(rex, mona, medication="Insulin", feeding="Twice")
    change(cleos_home, mona, parking="Garage", alarm_code="1")
    FieldRule.objects.create(subject="pet", key="medication", sitter=Access.HIDE)
    assert press_arrived(sams, visit).status_code == 302


def test_the_company_says_which_fields_are_safety_critical(
    sams: Browser, visit: Visit, rex: Pet, mona: User
) -> None:
    change(rex, mona, medication="Insulin", feeding="Twice")
    FieldRule.objects.create(subject="pet", key="medication", is_safety_critical=False)
    FieldRule.objects.create(subject="pet", key="feeding", is_safety_critical=True)
    assert unread(read(press_arrived(sams, visit))) == ["Rex, feeding"]


def test_the_office_presses_arrived_for_somebody_without_being_asked(
    signed_in: SignIn, visit: Visit, rex: Pet, mona: User
) -> None:
    change(rex, mona, medication="Insulin")
    assert press_arrived(signed_in(mona), visit).status_code == 302
    assert status_of(visit) == S.IN_PROGRESS


def test_rule_95_completing_without_having_arrived_is_not_refused(
    sams: Browser, visit: Visit, rex: Pet, mona: User
) -> None:
    change(rex, mona, medication="Insulin")
    sams.post(f"/visits/{visit.pk}/complete/")
    assert status_of(visit) == S.COMPLETED


@pytest.mark.parametrize("sent", [{}, {"pet_change": "x"}, {"client_change": "9" * 30}])
def test_numbers_that_are_none_acknowledge_nothing(
    sams: Browser, visit: Visit, rex: Pet, mona: User, sent: dict[str, str]
) -> None:
    change(rex, mona, medication="Insulin")
    answer = sams.post(f"/clients/{visit.client_id}/since/read/", sent, follow=True)
    assert "These changes are not there any more. Look again." in content(answer)
    assert not Acknowledgement.objects.exists()


def test_changes_to_come_and_of_others_cannot_be_acknowledged(
    sams: Browser, visit: Visit, carls_home: Client, rex: Pet, mona: User
) -> None:
    cleos_home = visit.client
    strange = make_pet(carls_home, name="Bello")
    change(rex, mona, medication="Insulin")
    change(strange, mona, medication="Pills")
    change(carls_home, mona, door_code="1")
    url = f"/clients/{cleos_home.pk}/since/read/"
    newest = PetChange.objects.latest("pk").pk
    sams.post(url, {"pet_change": [newest, newest + 1, 2**62], "client_change": 2**62})
    sams.post(url, {"client_change": ClientChange.objects.latest("pk").pk})
    assert not Acknowledgement.objects.exists()
    assert sams.post(f"/clients/{carls_home.pk}/since/read/").status_code == 404


def test_an_older_tap_takes_nothing_back(
    cleos_home: Client, rex: Pet, sam: User, mona: User
) -> None:
    for dose in ("1", "2"):
        change(rex, mona, medication=dose)
    first, second = PetChange.objects.order_by("pk").values_list("pk", flat=True)
    for change_id in (second, first):
        acknowledge_changes(client=cleos_home, client_changes=[], pet_changes=[change_id], by=sam)
    assert Acknowledgement.objects.get().change_id == second


@pytest.mark.django_db(transaction=True)
def test_a_change_in_the_same_moment_is_read_or_stays_to_be_read() -> None:
    SiteOptions.load()
    sam, mona = make_user(Role.SITTER, "Sam"), make_user(Role.MANAGER, "Mona")
    for _round in range(3):
        home = make_client(primary_sitter=sam)
        rex, tom = make_pet(home, name="Rex"), make_pet(home, name="Tom")
        visit = make_visit(home, sitter=sam, status=S.ACCEPTED)
        change(rex, mona, medication="Insulin")
        shown = PetChange.objects.latest("pk").pk
        results = at_once(
            partial(acknowledge_changes, client=home, client_changes=[], pet_changes=[shown],
                    by=sam),
            partial(acknowledge_changes, client=home, client_changes=[], pet_changes=[shown],
                    by=sam),
            partial(update_pet, Pet.objects.get(pk=tom.pk), values={"allergies": "Corn"}, by=mona),
            partial(update_pet, Pet.objects.get(pk=rex.pk), values={"allergies": "Soy"}, by=mona),
        )  # fmt: skip
        assert [type(each) for each in results] == [int, int, Pet, Pet]
        (row,) = Acknowledgement.objects.filter(client=home)
        assert (row.pet, row.change_id) == (rex, shown)
        with pytest.raises(UnreadChangesError, match=": 2 changes"):
            arrive(visit=visit, by=User.objects.get(pk=sam.pk))
