"""Home tells the office how many texts have codes, and at how many homes codes are to change."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from pawfile.access.actions.finds import dismiss_find
from pawfile.access.models import Find
from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client
from pawfile.schedule.actions.journals import add_note
from tests.factories import make_client, make_reveal, make_user

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Browser]
NOTE = "Garage code 4906"


def home_of(browser: Browser) -> str:
    return browser.get("/").content.decode()


def known_to_somebody_gone(client: Client) -> None:
    gone = make_user(Role.SITTER, f"Gone {client.pk}", is_active=False)
    for key in ("alarm_code", "door_code"):
        make_reveal(client, by=gone, key=key)


def test_the_office_reads_how_many_and_is_led_there(
    cleos_home: Client, mona: User, sam: User, signed_in: SignIn
) -> None:
    office = signed_in(mona)
    assert "data-home-access" not in home_of(office)
    make_client(entry_instructions=NOTE)
    for _again in range(2):
        add_note(client=cleos_home, text=NOTE, by=sam)
    known_to_somebody_gone(cleos_home)
    page = home_of(office)
    assert '<li data-finds="2"><a href="/codes-in-text/">2 texts look like' in page
    assert '<li data-codes-to-change="1"><a href="/codes-to-change/">Codes to change at 1' in page
    for find in Find.objects.all():
        dismiss_find(find=find, by=mona)
    assert "data-finds" not in home_of(office)


def test_sitters_and_clients_read_nothing_of_it(
    cleos_home: Client, sam: User, cleo: User, signed_in: SignIn
) -> None:
    add_note(client=cleos_home, text=NOTE, by=sam)
    known_to_somebody_gone(cleos_home)
    assert ["data-home-access" in home_of(signed_in(who)) for who in (sam, cleo)] == [False, False]


def test_the_number_of_queries_does_not_grow(
    mona: User, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = signed_in(mona)
    known_to_somebody_gone(make_client(entry_instructions=NOTE))
    home_of(office)
    with CaptureQueriesContext(connection) as one:
        home_of(office)
    for _more in range(2):
        known_to_somebody_gone(make_client(entry_instructions=NOTE))
    with django_assert_num_queries(len(one)):
        home_of(office)
