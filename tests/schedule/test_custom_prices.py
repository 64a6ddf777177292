"""What a client pays: rules 15 to 17, and that what was done keeps its price."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.profiles.models import Client
from pawfile.schedule.models import CustomPrice, Service, Visit, VisitStatus
from pawfile.schedule.prices import Price, price_of, set_custom_price
from tests.factories import make_client
from tests.schedule.offers import make_service, visit_at

JUNE = [date(2026, 6, day) for day in (1, 5, 9)]


def amount(text: str) -> Decimal:
    return Decimal(text)


@pytest.fixture
def walk(db: None) -> Service:
    return make_service("Walk", "20")


def prices() -> list[Decimal]:
    return list(Visit.objects.order_by("pk").values_list("price", flat=True))


def test_a_custom_price_holds_for_its_service_only(cleos_home: Client, walk: Service) -> None:
    """Rule 15."""
    sit = make_service("Sit", "50")
    set_custom_price(
        client=cleos_home, service=walk, price=amount("18"), effective_on=None, by=None
    )
    got = [price_of(client=cleos_home, service=each, on=JUNE[0]) for each in (walk, sit)]
    assert got == [
        Price(amount("18"), "Custom price of Cleo Carter", is_custom=True),
        Price(amount("50"), "The price of Sit", is_custom=False),
    ]
    other = price_of(client=make_client(), service=walk, on=JUNE[0])
    assert other == Price(amount("20"), "The price of Walk", is_custom=False)


def test_without_visits_the_effective_date_has_no_effect(cleos_home: Client, walk: Service) -> None:
    """Rule 16."""
    changed = set_custom_price(
        client=cleos_home, service=walk, price=amount("18"), effective_on=JUNE[1], by=None
    )
    assert changed == 0
    assert price_of(client=cleos_home, service=walk, on=JUNE[0]).amount == amount("18")


def test_scheduled_visits_from_that_day_on_get_the_new_price(
    cleos_home: Client, walk: Service, ada: User
) -> None:
    """Rule 17."""
    for day in JUNE:
        visit_at(cleos_home, walk, day)
    changed = set_custom_price(
        client=cleos_home, service=walk, price=amount("18"), effective_on=JUNE[1], by=ada
    )
    assert (changed, prices()) == (2, [amount("20"), amount("18"), amount("18")])
    got = [price_of(client=cleos_home, service=walk, on=day) for day in JUNE]
    custom = Price(amount("18"), "Custom price of Cleo Carter since 5 June 2026", is_custom=True)
    assert got == [Price(amount("20"), "The price of Walk", is_custom=False), custom, custom]


@pytest.mark.parametrize("status", VisitStatus)
def test_what_is_over_or_called_off_keeps_its_price(
    cleos_home: Client, walk: Service, status: VisitStatus
) -> None:
    visit_at(cleos_home, walk, JUNE[1], status=status)
    changed = set_custom_price(
        client=cleos_home, service=walk, price=amount("18"), effective_on=None, by=None
    )
    kept = status in {VisitStatus.COMPLETED, VisitStatus.CANCELED, VisitStatus.UNAVAILABLE}
    assert (changed, prices()) == ((0, [amount("20")]) if kept else (1, [amount("18")]))


def test_others_keep_theirs_and_an_equal_price_is_no_change(
    cleos_home: Client, walk: Service
) -> None:
    sit = make_service("Sit", "20")
    visit_at(cleos_home, walk, JUNE[0], price=amount("18"))
    visit_at(cleos_home, walk, JUNE[0])
    visit_at(cleos_home, sit, JUNE[0])
    visit_at(make_client(), walk, JUNE[0])
    changed = set_custom_price(
        client=cleos_home, service=walk, price=amount("18"), effective_on=JUNE[0], by=None
    )
    assert (changed, prices()) == (1, [amount("18"), amount("18"), amount("20"), amount("20")])
    assert list(Visit.objects.order_by("pk").values_list("version", flat=True)) == [1, 2, 1, 1]


def test_of_several_the_one_set_last_counts_where_it_holds(
    cleos_home: Client, walk: Service
) -> None:
    for day in JUNE:
        visit_at(cleos_home, walk, day)
    for price, day in ((amount("18"), JUNE[0]), (amount("16"), JUNE[2]), (None, JUNE[1])):
        set_custom_price(client=cleos_home, service=walk, price=price, effective_on=day, by=None)
    now = [price_of(client=cleos_home, service=walk, on=day) for day in JUNE]
    assert [price.amount for price in now] == prices() == [amount("18"), amount("20"), amount("20")]
    assert [price.is_custom for price in now] == [True, False, False]


def test_a_new_price_stands_in_the_history_of_the_visit(
    cleos_home: Client, walk: Service, ada: User
) -> None:
    visit = visit_at(cleos_home, walk, JUNE[0])
    set_custom_price(client=cleos_home, service=walk, price=amount("18"), effective_on=None, by=ada)
    (event,) = visit.events.all()
    assert (event.text, event.version, event.done_by) == ("Price: $20.00 → $18.00", 2, ada)


@pytest.mark.parametrize(
    ("price", "fields", "status"),
    [
        ("0", {}, "Prospect"),
        ("18", {}, "Active"),
        ("18", {"is_training": True}, "Prospect"),
        ("18", {"status": VisitStatus.UNAVAILABLE}, "Prospect"),
    ],
)
def test_a_price_that_makes_a_visit_paid_makes_a_prospect_active(
    walk: Service, price: str, fields: dict[str, Any], status: str
) -> None:
    """Rules 7 and 9, through the price."""
    client = make_client()
    visit_at(client, walk, JUNE[0], price=amount("0"), **fields)
    set_custom_price(client=client, service=walk, price=amount(price), effective_on=None, by=None)
    assert Client.objects.get(pk=client.pk).status == status


def test_zero_is_a_price(cleos_home: Client, walk: Service) -> None:
    set_custom_price(client=cleos_home, service=walk, price=amount("0"), effective_on=None, by=None)
    price = price_of(client=cleos_home, service=walk, on=JUNE[0])
    assert (price.amount, price.is_custom) == (amount("0"), True)


def test_a_price_is_written_down_with_who_and_since_when(
    cleos_home: Client, walk: Service, ada: User
) -> None:
    visit_at(cleos_home, walk, JUNE[0])
    for price in (amount("18"), None):
        set_custom_price(client=cleos_home, service=walk, price=price, effective_on=JUNE[0], by=ada)
    assert [(row.price, row.effective_on, row.set_by) for row in CustomPrice.objects.all()] == [
        (amount("18"), JUNE[0], ada), (None, JUNE[0], ada),
    ]  # fmt: skip
    told = [
        (e.about, e.old_text, e.new_text, e.note, e.who) for e in Activity.objects.order_by("pk")
    ]
    assert told == [
        ("Walk, Cleo Carter", "The service's price", "$18.00", "Since 1 June 2026", "Ada Admin"),
        ("Walk, Cleo Carter", "$18.00", "The service's price", "Since 1 June 2026", "Ada Admin"),
    ]


def test_a_price_costs_one_query_however_often_it_changed(
    cleos_home: Client, walk: Service
) -> None:
    for price in ("18", "17", "16"):
        set_custom_price(
            client=cleos_home, service=walk, price=amount(price), effective_on=None, by=None
        )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        price_of(client=cleos_home, service=walk, on=JUNE[0])
    assert len(asked) == 1
