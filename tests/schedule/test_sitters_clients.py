"""Rules 39, 40, 22, 45: a sitter sees the clients of the own visits, of offers, and no others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit
from tests.factories import make_client, make_visit
from tests.profiles.pages import content

SignedIn = Callable[[User], Browser]


def seen(user: User) -> set[str]:
    return {client.first_name for client in Client.objects.visible_to(user)}


def homes(*names: str) -> list[Client]:
    return [make_client(first_name=name) for name in names]


def test_rule_39_exactly_the_clients_of_past_current_and_future_visits(stan: User) -> None:
    ann, ben, cid, _dan = homes("Ann", "Ben", "Cid", "Dan")
    today = timezone.localdate()
    make_visit(ann, sitter=stan, status="completed", visit_on=today - timedelta(days=900))
    make_visit(ben, sitter=stan, status="in_progress", visit_on=today)
    make_visit(cid, sitter=stan, visit_on=today + timedelta(days=300))
    make_visit(cid, sitter=stan, visit_on=today + timedelta(days=301))
    assert seen(stan) == {"Ann", "Ben", "Cid"}
    assert Client.objects.visible_to(stan).count() == 3


@pytest.mark.parametrize("status", ["canceled", "declined", "unavailable", "requested"])
def test_a_visit_called_off_or_declined_shows_no_client(stan: User, status: str) -> None:
    (ann,) = homes("Ann")
    visit = make_visit(ann, sitter=stan)
    assert seen(stan) == {"Ann"}
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert seen(stan) == set()


def test_rule_40_the_direct_address_of_a_stranger_is_not_there(
    signed_in: SignedIn, stan: User
) -> None:
    ann, dan = homes("Ann", "Dan")
    make_visit(ann, sitter=stan)
    assert signed_in(stan).get(f"/clients/{ann.pk}/").status_code == 200
    assert signed_in(stan).get(f"/clients/{dan.pk}/").status_code == 404


def test_rule_45_the_search_finds_them_and_no_stranger(signed_in: SignedIn, stan: User) -> None:
    ann, _dan = homes("Anselma", "Anselmo")
    make_visit(ann, sitter=stan)
    page = content(signed_in(stan).get("/clients/?q=ansel"))
    assert ("Anselma" in page, "Anselmo" in page) == (True, False)


def test_an_offer_to_anyone_shows_the_client_until_somebody_accepts(sam: User, stan: User) -> None:
    (ann,) = homes("Ann")
    offer = make_visit(ann, is_for_anyone=True)
    assert (seen(sam), seen(stan)) == ({"Ann"}, {"Ann"})
    Visit.objects.filter(pk=offer.pk).update(is_for_anyone=False, sitter=sam, status="accepted")
    assert (seen(sam), seen(stan)) == ({"Ann"}, set())


def test_rule_22_a_blocked_sitter_sees_neither_past_visits_nor_offers(
    sam: User, stan: User
) -> None:
    (ann,) = homes("Ann")
    make_visit(ann, is_for_anyone=True)
    make_visit(ann, sitter=stan, status="completed")
    update_client(ann, values={"blocked_sitters": [stan]}, by=None)
    assert (seen(stan), list(Visit.objects.visible_to(stan))) == (set(), [])
    assert seen(sam) == {"Ann"}


def test_whose_visit_is_given_to_another_loses_sight_of_the_client(sam: User, stan: User) -> None:
    (ann,) = homes("Ann")
    visit = make_visit(ann, sitter=stan)
    Visit.objects.filter(pk=visit.pk).update(sitter=sam)
    assert (seen(sam), seen(stan)) == ({"Ann"}, set())


def test_the_number_of_queries_does_not_grow_with_the_visits(
    signed_in: SignedIn, stan: User
) -> None:
    counts = []
    browser = signed_in(stan)
    browser.get("/clients/")
    for name in ("Ann", "Ben", "Cid"):
        (home,) = homes(name)
        make_visit(home, sitter=stan)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/clients/")
        counts.append(len(queries))
    assert counts[0] == counts[2]
