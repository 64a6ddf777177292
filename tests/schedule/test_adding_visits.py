"""Rules 7 to 9, 15, 18 to 21, 91: a new visit, its price, its sitter, and the client's status."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pawfile.accounts.models import Role, User
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.actions.moves import (
    accept_visit,
    cancel_visit,
    mark_unavailable,
    restore_visit,
)
from pawfile.schedule.actions.visits import add_visit, change_visit, copy_visit
from pawfile.schedule.assigning import eligible_sitters
from pawfile.schedule.models import AssignTo, Visit, VisitStatus
from pawfile.schedule.prices import set_custom_price
from tests.factories import make_block, make_client, make_pet, make_service, make_user

DAY = date(2026, 6, 1)
NOON = time(12)


def problems(caught: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return dict(caught.value.message_dict)


def new_visit(client: Client, price: str = "25", **fields: Any) -> Visit:
    fields.setdefault("pets", [])
    fields.setdefault("service", None)
    service = fields.pop("service") or make_service(price=Decimal(price))
    given = {"exact_time": NOON, "visit_on": DAY, "by": None, **fields}
    return add_visit(client=client, service=service, **given)


def test_rule_7_a_paid_visit_makes_a_prospect_active_and_the_history_says_who(
    cleos_home: Client, ada: User
) -> None:
    new_visit(cleos_home, by=ada)
    cleos_home.refresh_from_db()
    assert cleos_home.status == "Active"
    (change,) = cleos_home.changes.all()
    assert (change.key, change.old_text, change.new_text, change.changed_by) == (
        "status", "Prospect", "Active", ada,
    )  # fmt: skip


def test_rule_8_so_does_a_visit_that_is_only_requested(cleos_home: Client, cleo: User) -> None:
    visit = new_visit(cleos_home, status=VisitStatus.REQUESTED, by=cleo)
    cleos_home.refresh_from_db()
    assert (visit.status, cleos_home.status) == ("requested", "Active")


@pytest.mark.parametrize(
    ("price", "fields"),
    [("0", {}), ("25", {"is_training": True}), ("25", {"status": VisitStatus.UNAVAILABLE})],
)
def test_rule_9_free_training_and_unavailable_visits_do_not(
    cleos_home: Client, price: str, fields: dict[str, object]
) -> None:
    new_visit(cleos_home, price, **fields)
    cleos_home.refresh_from_db()
    assert cleos_home.status == "Prospect"


def test_the_price_after_custom_prices_counts(cleos_home: Client) -> None:
    walk = make_service(price=Decimal(20))
    set_custom_price(client=cleos_home, service=walk, price=Decimal(0), effective_on=None, by=None)
    visit = new_visit(cleos_home, service=walk)
    cleos_home.refresh_from_db()
    assert (visit.price, cleos_home.status) == (Decimal(0), "Prospect")


def test_a_training_visit_that_becomes_a_regular_one_makes_the_prospect_active(
    cleos_home: Client,
) -> None:
    visit = new_visit(cleos_home, is_training=True)
    change_visit(visit=visit, values={"is_training": False}, opened_version=1, by=None)
    cleos_home.refresh_from_db()
    assert cleos_home.status == "Active"


def test_an_unavailable_visit_that_is_assigned_gets_its_price_and_makes_active(
    cleos_home: Client, sam: User
) -> None:
    visit = new_visit(cleos_home, status=VisitStatus.UNAVAILABLE)
    assert visit.price == 0
    visit = assign_visit(visit=visit, assign_to=AssignTo.SITTER, sitter=sam, by=None)
    cleos_home.refresh_from_db()
    assert (visit.price, cleos_home.status) == (Decimal(25), "Active")


def test_nothing_turns_active_back(cleos_home: Client) -> None:
    cancel_visit(visit=new_visit(cleos_home), reason="Rain", by=None)
    cleos_home.refresh_from_db()
    assert cleos_home.status == "Active"


def test_an_inactive_client_gets_no_visit(cleos_home: Client) -> None:
    update_client(cleos_home, values={"status": "Inactive"}, by=None)
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home)
    assert problems(caught) == {"client": ["Cleo Carter is inactive and gets no new visits."]}


def test_rule_15_a_custom_price_is_the_price_of_the_visit_and_of_no_other_service(
    cleos_home: Client,
) -> None:
    walk, sit = make_service(price=Decimal(20)), make_service(price=Decimal(30))
    set_custom_price(client=cleos_home, service=walk, price=Decimal(18), effective_on=None, by=None)
    prices = [new_visit(cleos_home, service=each).price for each in (walk, sit)]
    assert prices == [Decimal(18), Decimal(30)]


def test_rule_18_primary_is_the_primary_sitter(cleos_home: Client, sam: User) -> None:
    visit = new_visit(cleos_home, assign_to=AssignTo.PRIMARY)
    assert (visit.sitter, visit.status) == (sam, "assigned")


def test_rule_19_secondary_without_one_is_refused(cleos_home: Client) -> None:
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home, assign_to=AssignTo.SECONDARY)
    assert problems(caught) == {"assign_to": ["Cleo Carter has no secondary sitter."]}
    assert not Visit.objects.exists()


def test_where_nobody_has_to_accept_a_sitters_visit_is_accepted_at_once(
    cleos_home: Client,
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_acceptance": False})
    given = [new_visit(cleos_home, assign_to=to).status for to in (AssignTo.PRIMARY, "anyone")]
    assert given == ["accepted", "assigned"]


def test_rule_20_a_blocked_sitter_is_not_offered(cleos_home: Client, sam: User, stan: User) -> None:
    assert list(eligible_sitters(cleos_home)) == [sam, stan]
    update_client(cleos_home, values={"blocked_sitters": [stan]}, by=None)
    assert list(eligible_sitters(cleos_home)) == [sam]


def test_rule_21_a_blocked_sitter_is_refused_at_every_door(
    cleos_home: Client, sam: User, stan: User
) -> None:
    offer, given = new_visit(cleos_home, assign_to="anyone"), new_visit(cleos_home)
    held = new_visit(cleos_home, assign_to=AssignTo.SITTER, sitter=stan)
    gone = new_visit(cleos_home, assign_to=AssignTo.SITTER, sitter=stan)
    cancel_visit(visit=gone, reason="", by=None)
    cleos_home.refresh_from_db()
    update_client(
        cleos_home, values={"blocked_sitters": [sam, stan], "secondary_sitter": stan}, by=None
    )
    to_stan: dict[str, Any] = {"assign_to": AssignTo.SITTER, "sitter": stan}
    doors: list[Callable[[], object]] = [
        lambda: new_visit(cleos_home, **to_stan),
        lambda: new_visit(cleos_home, assign_to=AssignTo.PRIMARY),
        lambda: new_visit(cleos_home, assign_to=AssignTo.SECONDARY),
        lambda: assign_visit(visit=given, by=None, **to_stan),
        lambda: accept_visit(visit=offer, by=stan),
        lambda: accept_visit(visit=held, by=stan),
    ]
    for door in doors:
        with pytest.raises(ValidationError, match="blocked, or no active sitter"):
            door()
    assert copy_visit(visit=held, visit_on=DAY, by=None).sitter is None
    assert restore_visit(visit=gone, by=None).sitter is None


@pytest.mark.parametrize("role", [Role.CLIENT, Role.MANAGER])
def test_only_sitters_are_assigned(cleos_home: Client, role: Role) -> None:
    other = make_user(role, "Olga Other")
    with pytest.raises(ValidationError):
        new_visit(cleos_home, assign_to=AssignTo.SITTER, sitter=other)


def test_a_sitter_who_left_is_not_assigned(cleos_home: Client, sam: User) -> None:
    User.objects.get_queryset().filter(pk=sam.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        new_visit(cleos_home, assign_to=AssignTo.PRIMARY)


# Bad input


def test_a_pet_of_another_client_is_refused(cleos_home: Client, rex: Pet) -> None:
    stranger = make_pet(make_client(), name="Tom")
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home, pets=[rex, stranger])
    assert problems(caught) == {"pets": ["Tom is no pet of Cleo Carter."]}


def test_an_inactive_pet_is_refused(cleos_home: Client) -> None:
    old = make_pet(cleos_home, name="Old", active=False)
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home, pets=[old])
    assert problems(caught) == {"pets": ["Old is inactive."]}


def test_an_inactive_service_is_refused(cleos_home: Client) -> None:
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home, service=make_service(name="Ride", is_active=False))
    assert problems(caught) == {"service": ["Ride is no longer offered."]}


def test_a_block_in_which_the_service_is_not_offered_is_refused(cleos_home: Client) -> None:
    morning, evening = make_block("Morning"), make_block("Evening", 17, 20)
    walk = make_service(name="Walk")
    walk.blocks.add(morning)
    assert new_visit(cleos_home, service=walk, block=morning, exact_time=None).block == morning
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home, service=walk, block=evening, exact_time=None)
    assert problems(caught) == {"block": ["Walk is offered in: Morning."]}


@pytest.mark.parametrize("status", ["completed", "confirmed", "accepted", "nonsense"])
def test_no_visit_begins_with_a_forged_status(cleos_home: Client, status: str) -> None:
    with pytest.raises(ValidationError) as caught:
        new_visit(cleos_home, status=status)
    assert list(problems(caught)) == ["status"]


def test_rule_91_an_unavailable_visit_costs_nothing_and_is_nobodys(
    cleos_home: Client, sam: User
) -> None:
    visit = new_visit(cleos_home, assign_to=AssignTo.PRIMARY)
    assert list(Visit.objects.visible_to(sam)) == [visit]
    visit = mark_unavailable(visit=visit, by=None)
    assert (visit.price, visit.sitter) == (Decimal(0), None)
    assert not Visit.objects.visible_to(sam).exists()
