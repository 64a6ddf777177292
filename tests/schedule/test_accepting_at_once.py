"""Rule 83: of several sitters who accept one offer in the same moment exactly one has it."""

from functools import partial

import pytest

from pawfile.accounts.models import Role
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.actions.moves import AlreadyTakenError, accept_visit, cancel_visit
from pawfile.schedule.models import Visit
from tests.at_once import at_once
from tests.factories import make_client, make_user, make_visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_acceptance_has_it_and_all_others_are_told() -> None:
    sitters = [make_user(Role.SITTER, name) for name in ("Ann", "Bob", "Cay", "Dan")]
    client = make_client()
    for _round in range(3):
        offer = make_visit(client, is_for_anyone=True)
        results = at_once(*[partial(accept_visit, visit=offer, by=each) for each in sitters])
        assert [type(result) for result in results].count(AlreadyTakenError) == 3
        stored = Visit.objects.get(pk=offer.pk)
        (won,) = [s for s, r in zip(sitters, results, strict=True) if isinstance(r, Visit)]
        assert (stored.sitter, stored.status, stored.is_for_anyone) == (won, "accepted", False)
        assert stored.events.count() == 1
        assert [list(Visit.objects.visible_to(s).filter(pk=offer.pk)) for s in sitters] == [
            [stored] if s == won else [] for s in sitters
        ]


def test_accepting_while_the_office_gives_it_to_another_leaves_one_sitter() -> None:
    ann, bob = make_user(Role.SITTER, "Ann"), make_user(Role.SITTER, "Bob")
    for _round in range(3):
        offer = make_visit(make_client(), is_for_anyone=True)
        accepted, given = at_once(
            partial(accept_visit, visit=offer, by=ann),
            partial(assign_visit, visit=offer, assign_to="sitter", sitter=bob, by=None),
        )
        stored = Visit.objects.get(pk=offer.pk)
        assert isinstance(given, Visit)
        assert (stored.sitter, stored.status, stored.is_for_anyone) == (bob, "assigned", False)
        assert isinstance(accepted, Visit | AlreadyTakenError)


def test_accepting_while_the_office_cancels_leaves_it_canceled() -> None:
    ann = make_user(Role.SITTER, "Ann")
    for _round in range(3):
        offer = make_visit(make_client(), is_for_anyone=True)
        at_once(
            partial(accept_visit, visit=offer, by=ann),
            partial(cancel_visit, visit=offer, reason="Rain", by=None),
        )
        assert Visit.objects.get(pk=offer.pk).status == "canceled"
