"""The prices of one client: the page, its form, the part of the profile, the price in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.models import CustomPrice, Service, Visit
from pawfile.schedule.prices import set_custom_price
from tests.profiles.pages import Node, fill_in, form_fields, problems, read, send, sent_by
from tests.schedule.offers import make_service, visit_at

SignIn = Callable[[User], Browser]
JUNE = [date(2026, 6, day) for day in (1, 5, 9)]
AMOUNT = "Write an amount from 0 to 99,999.99, like 20 or 18.50."
DAY = "Say a day of the calendar, like 2026-06-05."


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def walk(db: None) -> Service:
    return make_service("Walk", "20")


def url_of(client: Client) -> str:
    return f"/clients/{client.pk}/prices/"


def shown(page: Node) -> dict[str, str]:
    return {row.one("th").text: row.all("td")[-1].text for row in page.all("tr", data_service="")}


def set_price(
    client: Client, service: Service, price: str, on: date | None, by: User | None = None
) -> None:
    set_custom_price(client=client, service=service, price=Decimal(price), effective_on=on, by=by)


def prices() -> list[str]:
    return [str(price) for price in Visit.objects.order_by("pk").values_list("price", flat=True)]


def test_without_visits_a_price_is_saved_at_once_and_asks_for_no_day(
    monas: Browser, walk: Service, cleos_home: Client
) -> None:
    """Rule 16, on the page."""
    url = url_of(cleos_home)
    assert form_fields(read(monas.get(url))) == ["service", "price"]
    answer = fill_in(monas, url, service=walk.pk, price="18", effective_on="2026-06-05")
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    assert shown(read(monas.get(url))) == {"Walk": "$18.00"}
    assert CustomPrice.objects.get().effective_on is None


def test_a_price_that_changes_visits_says_how_many_and_asks_once(
    monas: Browser, walk: Service, cleos_home: Client
) -> None:
    """Rule 17, on the page."""
    url = url_of(cleos_home)
    for day in JUNE:
        visit_at(cleos_home, walk, day)
    typed = {"service": str(walk.pk), "price": "18", "effective_on": "2026-06-05"}
    answer = fill_in(monas, url, **typed)
    page = read(answer)
    assert answer.status_code == 422
    assert page.one("div", role="alert").one("h2").text == "2 scheduled visits get another price"
    assert {key: sent_by(page)[key] for key in typed} == {k: [v] for k, v in typed.items()}
    assert prices() == ["20.00"] * 3
    assert send(monas, url, page).status_code == 302
    assert prices() == ["20.00", "18.00", "18.00"]


def test_another_number_of_visits_is_asked_about_again(
    monas: Browser, walk: Service, cleos_home: Client
) -> None:
    url = url_of(cleos_home)
    visit_at(cleos_home, walk, JUNE[2])
    page = read(fill_in(monas, url, service=walk.pk, price="18", effective_on="2026-06-05"))
    visit_at(cleos_home, walk, JUNE[1])
    answer = send(monas, url, page)
    assert (answer.status_code, prices()) == (422, ["20.00", "20.00"])
    assert send(monas, url, read(answer)).status_code == 302
    assert prices() == ["18.00", "18.00"]


def test_an_empty_price_is_the_services_again(
    monas: Browser, walk: Service, cleos_home: Client, mona: User
) -> None:
    url = url_of(cleos_home)
    set_price(cleos_home, walk, "18", None, mona)
    assert fill_in(monas, url, service=walk.pk, price="").status_code == 302
    assert shown(read(monas.get(url))) == {"Walk": "The same"}


@time_machine.travel("2026-06-06 16:00Z", tick=False)
def test_the_list_says_since_when_and_what_comes_later(
    signed_in: SignIn, mona: User, walk: Service, cleos_home: Client
) -> None:
    url = url_of(cleos_home)
    make_service("Sit", "50")
    visit_at(cleos_home, walk, JUNE[0])
    set_price(cleos_home, walk, "18", JUNE[1], mona)
    set_price(cleos_home, walk, "16", JUNE[2], mona)
    page = read(signed_in(mona).get(url))
    assert shown(page) == {
        "Sit": "The same", "Walk": "$18.00 since 5 June 2026, $16.00 from 9 June 2026",
    }  # fmt: skip
    told = [line.text for line in page.one("section", id="price-history").all("li")]
    assert told == [
        "Walk: $16.00 from 9 June 2026today 12:00 by Mona Manager",
        "Walk: $18.00 from 5 June 2026today 12:00 by Mona Manager",
    ]


def test_the_profile_loads_the_prices_of_its_own(
    monas: Browser, walk: Service, cleos_home: Client, mona: User
) -> None:
    url = url_of(cleos_home)
    profile = read(monas.get(f"/clients/{cleos_home.pk}/"))
    assert [node.tag for node in profile.all(hx_get=url)] == ["div"]
    part = read(monas.get(url, headers={"HX-Request": "true"}))
    assert "This client pays what the services cost." in part.text
    set_price(cleos_home, walk, "18", None, mona)
    make_service("Sit", "50")
    part = read(monas.get(url, headers={"HX-Request": "true"}))
    assert [line.text for line in part.all("li")] == ["Walk$18.00"]
    assert part.all("form") == []


def test_an_inactive_service_is_offered_only_to_who_has_a_price_for_it(
    monas: Browser, walk: Service, cleos_home: Client, mona: User
) -> None:
    url = url_of(cleos_home)
    set_price(cleos_home, walk, "18", None, mona)
    make_service("Night", is_active=False)
    Service.objects.filter(pk=walk.pk).update(is_active=False)
    options = read(monas.get(url)).one("select", name="service").all("option")
    assert [option.text for option in options] == ["Choose a service", "Walk"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"service": ""}, ["Service: Choose a service."]),
        ({"service": "77"}, ["Service: Choose a service."]),
        ({"service": "x"}, ["Service: Choose a service."]),
        *[({"price": bad}, [f"Price in EUR: {AMOUNT}"]) for bad in ("-1", "1e9", "1.234", "x")],
        ({"effective_on": "2026-02-30"}, [f"Effective date: {DAY}"]),
        ({"effective_on": "soon"}, [f"Effective date: {DAY}"]),
    ],
)
def test_a_bad_price_is_refused_by_name_and_stays_typed(
    monas: Browser, walk: Service, cleos_home: Client, typed: dict[str, str], told: list[str]
) -> None:
    url = url_of(cleos_home)
    SiteOptions.objects.update_or_create(pk=1, defaults={"currency": "EUR"})
    visit_at(cleos_home, walk, JUNE[0])
    sent: dict[str, Any] = {"service": walk.pk, "price": "18", "effective_on": "2026-06-05"}
    answer = monas.post(url, {**sent, **typed})
    assert (answer.status_code, problems(read(answer))) == (422, told)
    assert (CustomPrice.objects.count(), prices()) == (0, ["20.00"])
    for key in {"price", "effective_on"} & set(typed):
        assert sent_by(read(answer))[key] == [typed[key]]


def test_the_page_costs_the_same_for_one_and_for_three(
    monas: Browser, cleos_home: Client, mona: User
) -> None:
    url = url_of(cleos_home)
    counts = []
    for name in ("Walk", "Sit", "Night"):
        set_price(cleos_home, make_service(name), "18", None, mona)
        monas.get(url)
        with CaptureQueriesContext(connection) as asked:
            monas.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 12
