"""Requests of clients: what is asked before, what is refused, and that prices are the company's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import confirm_section, update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.requests import request_visits
from pawfile.schedule.models import Service, TimeBlock, Visit, VisitStatus
from pawfile.schedule.prices import set_custom_price
from tests.factories import make_block, make_client, make_pet, make_service
from tests.profiles.pages import problems, read
from tests.profiles.reviewing import ask_about, known_for
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
URL = "/my-schedule/request/"


@pytest.fixture
def walk() -> Service:
    return make_service(name="Walk 30", client_name="Dog walk", price=Decimal("20.00"))


@pytest.fixture
def morning(walk: Service) -> TimeBlock:
    block = make_block("Morning", 7, 10)
    walk.blocks.add(block)
    return block


@pytest.fixture
def sent(rex: Pet, walk: Service, morning: TimeBlock) -> dict[str, Any]:
    """What Cleo's browser sends for a walk in a week."""
    day = in_days(7)
    return {
        "pets": [rex.pk], "service": walk.pk, "visit_on": day.isoformat(), "last_on": "",
        "block": morning.pk, "note": "The key is new.",
    }  # fmt: skip


def set_options(**values: Any) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(**values)


def test_a_request_waits_for_the_office_and_is_nobodys_yet(
    signed_in: SignIn, cleo: User, cleos_home: Client, rex: Pet, sent: dict[str, Any]
) -> None:
    answer = signed_in(cleo).post(URL, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my-schedule/")
    (visit,) = Visit.objects.all()
    assert (visit.client, list(visit.pets.all()), visit.status) == (cleos_home, [rex], "requested")
    assert (visit.sitter, visit.note, visit.created_by) == (None, "The key is new.", cleo)
    assert visit.visit_on.isoformat() == sent["visit_on"]


def test_rule_8_a_paid_request_makes_a_prospect_active(
    signed_in: SignIn, cleo: User, cleos_home: Client, sent: dict[str, Any]
) -> None:
    signed_in(cleo).post(URL, sent)
    cleos_home.refresh_from_db()
    assert cleos_home.status == "Active"


def test_rule_74_requests_wait_for_a_review_that_is_due(
    signed_in: SignIn, cleo: User, cleos_home: Client, sent: dict[str, Any]
) -> None:
    """If the company wants it; the page leads to what is to be looked through."""
    ask_about("client", "access")
    known_for(7, cleos_home)
    set_options(has_reviews_before_requests=True)
    browser = signed_in(cleo)
    answer = browser.post(URL, sent)
    page = read(answer)
    assert answer.status_code == 422
    assert page.all("form", data_guard="") == []
    link = page.one("div", data_review_due="1").one("a", cls="button")
    assert link.attrs["href"] == f"/my/review/?home={cleos_home.pk}"
    service, home = Service.objects.get(), Client.objects.get(pk=cleos_home.pk)
    with pytest.raises(ValidationError, match="Please look through"):
        request_visits(
            client=home, pets=list(home.pets.all()), service=service,
            days=[in_days(7)], by=User.objects.get(pk=cleo.pk),
        )  # fmt: skip
    assert not Visit.objects.exists()
    confirm_section(record=home, section="access", version=home.version, by=cleo)
    assert browser.post(URL, sent).status_code == 302


def test_a_review_that_is_due_holds_nothing_up_unless_the_company_wants_it(
    signed_in: SignIn, cleo: User, cleos_home: Client, sent: dict[str, Any]
) -> None:
    ask_about("client", "access")
    known_for(7, cleos_home)
    assert signed_in(cleo).post(URL, sent).status_code == 302


def test_rule_9_a_free_one_does_not(
    signed_in: SignIn, cleo: User, cleos_home: Client, walk: Service, sent: dict[str, Any]
) -> None:
    Service.objects.filter(pk=walk.pk).update(price=0)
    signed_in(cleo).post(URL, sent)
    cleos_home.refresh_from_db()
    assert (Visit.objects.count(), cleos_home.status) == (1, "Prospect")


def test_a_forged_price_sitter_or_status_is_ignored(
    signed_in: SignIn, cleo: User, sam: User, sent: dict[str, Any]
) -> None:
    forged = {"price": "0.01", "status": "accepted", "sitter": sam.pk, "is_training": "on"}
    signed_in(cleo).post(URL, {**sent, **forged})
    visit = Visit.objects.get()
    assert (visit.price, visit.status) == (Decimal("20.00"), "requested")
    assert (visit.sitter, visit.is_training) == (None, False)


def test_the_price_is_this_clients_own(
    signed_in: SignIn, cleo: User, cleos_home: Client, walk: Service, sent: dict[str, Any]
) -> None:
    set_custom_price(
        client=cleos_home, service=walk, price=Decimal("18.00"), effective_on=None, by=None
    )
    browser = signed_in(cleo)
    assert "Dog walk · $18.00" in read(browser.get(URL)).text
    browser.post(URL, sent)
    assert Visit.objects.get().price == Decimal("18.00")


def test_several_days_in_a_row_are_as_many_visits(
    signed_in: SignIn, cleo: User, sent: dict[str, Any]
) -> None:
    first = date.fromisoformat(sent["visit_on"])
    page = read(
        signed_in(cleo).post(
            URL, {**sent, "last_on": (first + timedelta(days=2)).isoformat()}, follow=True
        )
    )
    days = Visit.objects.order_by("visit_on").values_list("visit_on", flat=True)
    assert list(days) == [first + timedelta(days=number) for number in range(3)]
    assert "3 visits wait for the office" in page.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pets": []}, "Pets: Say which pets the visit is for."),
        ({"service": ""}, "Service: Choose a service."),
        ({"visit_on": ""}, "Day: Say a day, like 2026-03-08."),
        ({"visit_on": "2026-02-30"}, "Day: Say a day, like 2026-03-08."),
        ({"visit_on": "2020-01-01"}, "Day: Wed 1 Jan 2020 is over. Choose a day to come."),
        ({"visit_on": "9999-12-31"}, "Day: Fri 31 Dec 9999 is more than a year away."),
        ({"last_on": "2020-01-01"}, "Last day: The last day is before the first."),
        ({"last_on": "9999-12-31"}, "Last day: Ask for at most 31 days at once."),
        ({"block": ""}, "Time of day: Choose a time of day."),
        ({"block": "999"}, "Time of day: Choose one of these times of day."),
        ({"note": "a" * 2001}, "Note: "),
        ({"pets": ["x"]}, "Pets: Choose among your own pets."),
        ({"service": "99999999999999999999999"}, "Service: This service cannot be requested"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_kept(
    signed_in: SignIn, cleo: User, sent: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    answer = signed_in(cleo).post(URL, {**sent, **change})
    assert answer.status_code == 422
    page = read(answer)
    assert said in " | ".join(problems(page))
    if "note" not in change:
        assert "The key is new." in page.one("textarea", name="note").raw
    assert not Visit.objects.exists()


def test_one_bad_day_among_several_leaves_nothing_half_done(
    signed_in: SignIn, cleo: User, sent: dict[str, Any]
) -> None:
    first = date.fromisoformat(sent["visit_on"])
    set_options(blocked_dates=(first + timedelta(days=1)).isoformat())
    answer = signed_in(cleo).post(URL, {**sent, "last_on": (first + timedelta(days=2)).isoformat()})
    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_pets_of_others_and_inactive_ones_are_refused(
    signed_in: SignIn, cleo: User, cleos_home: Client, carls_home: Client, sent: dict[str, Any]
) -> None:
    for pet in (make_pet(carls_home, name="Fido"), make_pet(cleos_home, name="Old", active=False)):
        answer = signed_in(cleo).post(URL, {**sent, "pets": [pet.pk]})
        assert answer.status_code == 422
        assert "Pets: Choose among your own pets." in problems(read(answer))
        assert pet.name not in read(answer).text
    assert not Visit.objects.exists()


def test_rule_87_a_blocked_date_is_refused_by_name(
    signed_in: SignIn, cleo: User, sent: dict[str, Any]
) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 17, tzinfo=UTC), tick=False):
        set_options(blocked_dates="2026-12-24 – 2026-12-26")
        days = ("2026-12-23", "2026-12-25", "2026-12-26")
        answers = [signed_in(cleo).post(URL, {**sent, "visit_on": day}) for day in days]
    assert [answer.status_code for answer in answers] == [302, 422, 422]
    assert problems(read(answers[2])) == ["Day: We take no requests for Sat 26 Dec 2026."]
    assert Visit.objects.count() == 1


def test_a_request_comes_early_enough(signed_in: SignIn, cleo: User, sent: dict[str, Any]) -> None:
    """At 12:00 in New York; the morning of the next day begins in 19 hours."""
    with time_machine.travel(datetime(2026, 12, 1, 17, tzinfo=UTC), tick=False):
        tomorrow = {**sent, "visit_on": "2026-12-02"}
        set_options(last_minute_hours=20)
        answer = signed_in(cleo).post(URL, tomorrow)
        assert answer.status_code == 422
        assert problems(read(answer)) == [
            "Day: Wed 2 Dec 2026 is too soon: ask at least 20 hours before the visit, or call us."
        ]
        set_options(last_minute_hours=19)
        assert signed_in(cleo).post(URL, tomorrow).status_code == 302
        over = signed_in(cleo).post(URL, {**sent, "visit_on": "2026-12-01"})
        assert over.status_code == 422


def test_rule_88_a_service_without_a_name_for_clients_is_not_offered(
    signed_in: SignIn, cleo: User, walk: Service, sent: dict[str, Any]
) -> None:
    inner = make_service(name="Key pickup", client_name="")
    gone = make_service(name="Old walk", client_name="Old walk", is_active=False)
    browser = signed_in(cleo)
    offered = [node.attrs["value"] for node in read(browser.get(URL)).all("input", name="service")]
    assert offered == [str(walk.pk)]
    for service in (inner, gone):
        assert browser.post(URL, {**sent, "service": service.pk}).status_code == 422
    assert not Visit.objects.exists()


def test_a_service_is_asked_for_when_it_is_offered(
    signed_in: SignIn, cleo: User, sent: dict[str, Any]
) -> None:
    night = make_block("Night", 20, 23)
    answer = signed_in(cleo).post(URL, {**sent, "block": night.pk})
    assert answer.status_code == 422
    assert problems(read(answer)) == ["Time of day: Walk 30 is offered in: Morning."]


def test_without_blocks_an_hour_is_asked(
    signed_in: SignIn, cleo: User, sent: dict[str, Any]
) -> None:
    TimeBlock.objects.all().delete()
    browser = signed_in(cleo)
    assert browser.post(URL, {**sent, "exact_time": "25:00"}).status_code == 422
    assert browser.post(URL, {**sent, "exact_time": "9:30"}).status_code == 302
    visit = Visit.objects.get()
    assert f"{visit.exact_time:%H:%M}" == "09:30"


def test_rule_73_what_is_required_must_be_there_first(
    signed_in: SignIn, cleo: User, cleos_home: Client, sent: dict[str, Any]
) -> None:
    FieldRule.objects.create(subject="client", key="emergency_name", client=Access.REQUIRED)
    SiteOptions.renew_fields()
    browser = signed_in(cleo)
    page = read(browser.get(URL))
    needed = page.one(data_needed="")
    assert [link.text for link in needed.one("ul").all("a")] == ["Emergency contact"]
    assert f"/start/?home={cleos_home.pk}" in [link.attrs["href"] for link in needed.all("a")]
    assert page.all("input", name="service") == []
    assert browser.post(URL, sent).status_code == 422
    assert not Visit.objects.exists()


def test_rule_73_so_must_a_pet(
    signed_in: SignIn, cleo: User, rex: Pet, sent: dict[str, Any]
) -> None:
    update_pet(Pet.objects.get(pk=rex.pk), values={"active": False}, by=None)
    answer = signed_in(cleo).post(URL, sent)
    assert answer.status_code == 422
    assert "A pet" in read(answer).one(data_needed="").text
    assert not Visit.objects.exists()


def test_inactive_clients_cannot_request(
    signed_in: SignIn, cleo: User, cleos_home: Client, sent: dict[str, Any]
) -> None:
    home = Client.objects.get(pk=cleos_home.pk)
    update_client(home, values={"status": "Inactive"}, by=None)
    answer = signed_in(cleo).post(URL, sent)
    assert answer.status_code == 422
    assert "Your profile is inactive." in read(answer).text
    assert not Visit.objects.exists()


def test_the_home_is_one_of_the_own(
    signed_in: SignIn, cleo: User, carls_home: Client, sent: dict[str, Any]
) -> None:
    second = make_client(street="9 Lake Road", logins=[cleo])
    pet = make_pet(second, name="Tom")
    browser = signed_in(cleo)
    assert browser.post(f"{URL}?home={carls_home.pk}", sent).status_code == 404
    url = f"{URL}?home={second.pk}"
    assert browser.post(url, sent).status_code == 422  # Rex lives in the other home
    assert browser.post(url, {**sent, "pets": [pet.pk]}).status_code == 302
    assert Visit.objects.get().client == second


def test_what_was_asked_for_is_not_taken_twice(
    signed_in: SignIn, cleo: User, cleos_home: Client, sent: dict[str, Any]
) -> None:
    """A form sent again after Back; another pet, hour or day is another wish."""
    browser, tom = signed_in(cleo), make_pet(cleos_home, name="Tom", animal="Cat")
    day = date.fromisoformat(sent["visit_on"])
    assert browser.post(URL, sent).status_code == 302
    page = read(browser.post(URL, sent | {"last_on": (day + timedelta(days=1)).isoformat()}))
    assert f"You have asked for this on {day:%a} {day.day} {day:%b %Y} already." in page.text
    assert Visit.objects.count() == 1
    others: tuple[dict[str, Any], ...] = (
        {"pets": [*sent["pets"], tom.pk]},
        {"visit_on": (day + timedelta(days=1)).isoformat()},
    )
    assert [browser.post(URL, sent | other).status_code for other in others] == [302, 302]
    Visit.objects.update(status=VisitStatus.CANCELED)
    assert browser.post(URL, sent).status_code == 302
