"""New visits: several services at once, the price and why, warnings that may be passed over."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import TimeOff, Visit
from pawfile.schedule.prices import set_custom_price
from tests.factories import make_block, make_client, make_pet, make_service, make_visit
from tests.profiles.pages import content, read

SignedIn = Callable[[User], Browser]
DAY = "2037-06-01"


@pytest.fixture
def adas(signed_in: SignedIn, ada: User) -> Browser:
    return signed_in(ada)


def url(client: Client, more: str = "") -> str:
    return f"/visits/new/?client={client.pk}{more}"


def answers(*services: object, **changed: object) -> dict[str, object]:
    given = {
        "services": [each.pk for each in services],  # type: ignore[attr-defined]
        "visit_on": DAY,
        "exact_time": "12:00",
        "assign_to": "nobody",
    }
    return given | changed


def test_the_form_asks_first_for_whom(adas: Browser, cleos_home: Client) -> None:
    make_client(first_name="Ina", last_name="Gone", status="Inactive")
    page = content(adas.get("/visits/new/"))
    assert ("For whom?" in page, "Carter, Cleo" in page, "Ina" in page) == (True, True, False)


def test_the_form_of_a_client_presets_what_is_known(
    adas: Browser, cleos_home: Client, rex: Pet, stan: User
) -> None:
    old = make_pet(cleos_home, name="Old", active=False)
    make_service(name="Walk")
    page = read(adas.get(url(cleos_home, f"&on=2037-07-04&sitter={stan.pk}")))
    ticked = [box.attrs["value"] for box in page.all("input", name="pets", checked="")]
    assert ticked == [str(rex.pk)]
    assert not page.all("input", name="pets", value=str(old.pk))
    assert page.one("input", name="visit_on").attrs["value"] == "2037-07-04"
    chosen = [each.text for each in page.one("select", name="assign_to").all(selected="")]
    assert chosen == ["Stan Stranger"]


def test_several_services_are_several_visits(adas: Browser, cleos_home: Client, rex: Pet) -> None:
    block = make_block()
    walk, feed = make_service(), make_service()
    given = answers(walk, feed, pets=[rex.pk], block=block.pk, exact_time="", note="Be kind")
    answer = adas.post(url(cleos_home), given)
    assert answer.status_code == 302
    made = list(Visit.objects.order_by("pk"))
    assert {visit.service for visit in made} == {walk, feed}
    assert [(v.visit_on, v.block, v.note, list(v.pets.all())) for v in made] == [
        (date(2037, 6, 1), block, "Be kind", [rex])
    ] * 2


def test_one_refused_service_leaves_none(adas: Browser, cleos_home: Client) -> None:
    block, other = make_block(), make_block("Evening", 17, 20)
    walk, feed = make_service(name="Walk"), make_service(name="Feed")
    feed.blocks.add(other)
    answer = adas.post(url(cleos_home), answers(walk, feed, block=block.pk, exact_time=""))
    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert "Feed is offered in: Evening." in content(answer)


def test_rule_88_staff_are_offered_services_without_a_name_for_clients(
    adas: Browser, cleos_home: Client
) -> None:
    make_service(name="Office errand", client_name="")
    make_service(name="Gone ride", is_active=False)
    page = content(adas.get(url(cleos_home)))
    assert ("Office errand" in page, "Gone ride" in page) == (True, False)


def test_the_price_and_its_reason_are_shown_before_saving(
    adas: Browser, cleos_home: Client
) -> None:
    walk = make_service(name="Walk", price=Decimal(20))
    set_custom_price(client=cleos_home, service=walk, price=Decimal(18), effective_on=None, by=None)
    page = read(adas.post(f"/visits/check/?client={cleos_home.pk}", answers(walk)))
    assert page.one(data_price="").text == ("Walk, 12:00–12:30 $18.00 Custom price of Cleo Carter")


def test_rule_101_a_sitter_who_is_off_or_busy_is_assigned_after_a_warning(
    adas: Browser, cleos_home: Client, sam: User
) -> None:
    TimeOff.objects.create(sitter=sam, first_on=date(2037, 5, 30), last_on=date(2037, 6, 2))
    busy = make_visit(make_client(), sitter=sam, visit_on=date(2037, 6, 1), exact_time=time(12))
    given = answers(make_service(), assign_to="primary")
    answer = adas.post(url(cleos_home), given)
    page = read(answer)
    said = [line.text for line in page.one(data_warnings="").all("li")]
    assert said == [
        "Sam Sitter is off from 30 May to 2 Jun.",
        f"Sam Sitter visits {busy.client} at that time (12:00–12:30).",
    ]
    assert Visit.objects.filter(client=cleos_home).count() == 0
    sign = page.one("input", name="is_sure").attrs["value"]
    assert adas.post(url(cleos_home), given | {"is_sure": "other warnings"}).status_code == 422
    assert adas.post(url(cleos_home), given | {"is_sure": sign}).status_code == 302
    assert Visit.objects.get(client=cleos_home).sitter == sam


def test_two_visits_that_both_fit_into_their_blocks_do_not_warn(
    adas: Browser, cleos_home: Client, sam: User
) -> None:
    block = make_block()
    day = date(2037, 6, 1)
    make_visit(make_client(), sitter=sam, visit_on=day, block=block)
    given = answers(make_service(), assign_to="primary", block=block.pk, exact_time="")
    assert adas.post(url(cleos_home), given).status_code == 302


def test_rule_20_and_21_a_blocked_sitter_is_neither_offered_nor_taken(
    adas: Browser, cleos_home: Client, stan: User
) -> None:
    update_client(cleos_home, values={"blocked_sitters": [stan]}, by=None)
    assert "Stan Stranger" not in content(adas.get(url(cleos_home, f"&sitter={stan.pk}")))
    answer = adas.post(url(cleos_home), answers(make_service(), assign_to=str(stan.pk)))
    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert "Choose somebody of the list" in content(answer)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"services": []}, "services"),
        ({"services": ["999999"]}, "services"),
        ({"services": ["x"]}, "services"),
        ({"visit_on": ""}, "visit_on"),
        ({"visit_on": "31.12.2037"}, "visit_on"),
        ({"visit_on": "2037-02-30"}, "visit_on"),
        ({"visit_on": "1026-02-03"}, "visit_on"),
        ({"visit_on": "9999-12-31"}, "visit_on"),
        ({"exact_time": ""}, "block"),
        ({"exact_time": "25:00"}, "exact_time"),
        ({"block": "999999"}, "block"),
        ({"block": "99999999999999999999999"}, "block"),
        ({"pets": ["999999"]}, "pets"),
        ({"pets": ["x"]}, "pets"),
        ({"assign_to": "secondary"}, "assign_to"),
        ({"assign_to": "sitter"}, "assign_to"),
        ({"assign_to": "999999"}, "assign_to"),
        ({"assign_to": "nonsense"}, "assign_to"),
        ({"assign_to": ""}, "assign_to"),
        ({"note": "x" * 5001}, "note"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    adas: Browser, cleos_home: Client, changed: dict[str, object], field: str
) -> None:
    given = answers(make_service(), note="Typed before") | changed
    answer = adas.post(url(cleos_home), given)
    page = read(answer)
    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert page.one(data_field=field).all(cls="field-error")
    if field != "note":
        assert "Typed before" in page.one("textarea", name="note").text


def test_pets_of_others_and_inactive_ones_are_refused(adas: Browser, cleos_home: Client) -> None:
    stranger = make_pet(make_client(), name="Tom")
    old = make_pet(cleos_home, name="Old", active=False)
    for pet in (stranger, old):
        answer = adas.post(url(cleos_home), answers(make_service(), pets=[pet.pk]))
        assert answer.status_code == 422
        assert "Choose among the active pets of this client." in content(answer)


def test_forged_status_price_and_version_are_ignored(adas: Browser, cleos_home: Client) -> None:
    walk = make_service(price=Decimal(20))
    forged = {"status": "completed", "price": "0.01", "version": "77", "series": "1"}
    adas.post(url(cleos_home), answers(walk) | forged)
    visit = Visit.objects.get()
    assert (visit.status, visit.price, visit.version) == ("assigned", Decimal(20), 1)


def test_an_inactive_client_gets_no_visit_and_a_reason(adas: Browser) -> None:
    gone = make_client(first_name="Ina", last_name="Gone", status="Inactive")
    answer = adas.post(url(gone), answers(make_service()))
    assert answer.status_code == 422
    assert "Ina Gone is inactive and gets no new visits." in content(answer)


@pytest.mark.parametrize("asked", ["999999", "0"])
def test_an_unknown_client_is_not_there(adas: Browser, db: None, asked: str) -> None:
    assert adas.get(f"/visits/new/?client={asked}").status_code == 404


@pytest.mark.parametrize("more", ["&on=nonsense", "&on=0001-01-01", "&sitter=x", "&sitter=0"])
def test_nonsense_in_the_address_presets_nothing(
    adas: Browser, cleos_home: Client, more: str
) -> None:
    assert adas.get(url(cleos_home, more)).status_code == 200


def test_the_number_of_queries_does_not_grow_with_services_and_sitters(
    adas: Browser, cleos_home: Client
) -> None:
    adas.get(url(cleos_home))
    counts = []
    for _round in range(3):
        make_service()
        make_pet(cleos_home)
        with CaptureQueriesContext(connection) as queries:
            adas.get(url(cleos_home))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_day_that_is_over_and_a_time_outside_the_block_are_asked_about(
    adas: Browser, cleos_home: Client
) -> None:
    service, block = make_service(name="Walk"), make_block("Morning", 7, 10)
    given = answers(service, visit_on="2020-06-01", block=block.pk, exact_time="16:00")
    page = read(adas.post(url(cleos_home), given))
    assert [line.text for line in page.one(data_warnings="").all("li")] == [
        "Mon 1 Jun 2020 is over: this visit is in the past.",
        "16:00 is outside of Morning (07:00–10:00).",
    ]
    assert Visit.objects.count() == 0
    sign = page.one("input", name="is_sure").attrs["value"]
    assert adas.post(url(cleos_home), given | {"is_sure": sign}).status_code == 302
    fits = given | {"visit_on": DAY, "exact_time": "07:00"}
    assert adas.post(url(cleos_home), fits).status_code == 302
