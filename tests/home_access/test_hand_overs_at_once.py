"""Two who hand over one key in the same moment: one hand-over, one answer."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pawfile.access.actions.hand_overs import (
    begin_hand_over,
    confirm_hand_over,
    refuse_hand_over,
)
from pawfile.access.actions.keys import add_key
from pawfile.access.models import HandOver, Key, KeyPlace, Spot
from pawfile.accounts.models import Role, User
from tests.at_once import at_once
from tests.factories import make_client, make_key, make_user

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = Spot(KeyPlace.OFFICE)


def people() -> tuple[User, User, User]:
    return (
        make_user(Role.MANAGER, "Mona"),
        make_user(Role.SITTER, "Ann"),
        make_user(Role.SITTER, "Bob"),
    )


def test_a_key_is_given_to_one_of_two() -> None:
    mona, ann, bob = people()
    key = make_key(make_client())
    results = at_once(
        *[
            partial(begin_hand_over, key=key, to=Spot(KeyPlace.SITTER, each), by=mona)
            for each in (ann, bob)
        ]
    )
    assert sorted(type(each).__name__ for each in results) == ["HandOver", "ValidationError"]
    assert HandOver.objects.open().count() == 1


def test_confirmed_and_refused_at_once_is_one_of_both() -> None:
    mona, ann, _bob = people()
    for _round in range(3):
        key = make_key(make_client())
        begun = begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, ann), by=mona)
        results = at_once(
            partial(confirm_hand_over, hand_over=begun, by=ann),
            partial(refuse_hand_over, hand_over=begun, by=mona),
        )
        assert [isinstance(each, ValidationError) for each in results].count(True) == 1
        stored, key = HandOver.objects.get(pk=begun.pk), Key.objects.get(pk=key.pk)
        assert (stored.confirmed_at is None) != (stored.refused_at is None)
        assert (key.sitter == ann) == (stored.confirmed_at is not None)


def test_one_code_is_taken_once() -> None:
    """Rule 75, of two who type it in the same moment."""
    client = make_client()
    results = at_once(
        *[
            partial(add_key, client=client, code=code, spot=OFFICE, by=None)
            for code in ("K1", "k 1")
        ]
    )
    assert sorted(type(each).__name__ for each in results) == ["Key", "ValidationError"]
    assert Key.objects.count() == 1


def test_the_database_keeps_one_open_hand_over_a_key() -> None:
    """Whatever an action forgets."""
    key = make_key(make_client())
    begun = {"key": key, "from_text": "Office", "to_text": "Home", "to_place": KeyPlace.CLIENT}
    HandOver.objects.create(**begun)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(**begun)
