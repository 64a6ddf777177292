"""The pages about codes in text: the office's list, moving, dismissing."""

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from pawfile.access.models import Find, FindState
from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.lib.columns import key_ring
from pawfile.profiles.models import Client
from tests.factories import make_client, make_pet

pytestmark = pytest.mark.django_db

NOTE = "Garage 9 9 1 2, leash on the hook."


@pytest.fixture
def home() -> Client:
    return make_client(entry_instructions=NOTE)


@pytest.fixture
def office(client: Browser, mona: User) -> Browser:
    client.force_login(mona)
    return client


def find() -> Find:
    return Find.objects.get()


def test_the_list_names_whose_and_where_but_no_code(home: Client, office: Browser) -> None:
    make_pet(home, feeding="Food is behind the gate, code 7788#.")
    page = office.get("/codes-in-text/").content.decode()
    assert page.count("data-find=") == 2
    assert home.name in page
    assert "Rex" in page
    assert "9 9 1 2" not in page
    assert "7788" not in page


def test_the_list_says_when_there_is_nothing(office: Browser) -> None:
    assert "No codes in text" in office.get("/codes-in-text/").content.decode()


def test_one_click_moves(home: Client, office: Browser) -> None:
    answer = office.post(f"/codes-in-text/{find().pk}/move/", {"into": "client.garage_code"})
    assert answer["Location"] == "/codes-in-text/"
    assert key_ring().unseal(Client.objects.get(pk=home.pk).garage_code) == "9 9 1 2"


def test_from_the_profile_it_leads_back_there(home: Client, office: Browser) -> None:
    sent = {"into": "client.garage_code", "back": "profile"}
    answer = office.post(f"/codes-in-text/{find().pk}/move/", sent)
    assert answer["Location"] == f"/clients/{home.pk}/"


@pytest.mark.parametrize("into", ["", "client.city", "client.nonsense", "pet.garage_code"])
def test_only_fields_of_the_vault_can_be_chosen(home: Client, office: Browser, into: str) -> None:
    answer = office.post(f"/codes-in-text/{find().pk}/move/", {"into": into})
    assert answer.status_code == 422
    assert Client.objects.get(pk=home.pk).entry_instructions == NOTE


def test_two_codes_are_asked_about_without_showing_either(office: Browser) -> None:
    home = make_client(entry_instructions=NOTE, garage_code="1111")
    address = f"/codes-in-text/{find().pk}/move/"
    answer = office.post(address, {"into": "client.garage_code"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Which is right" in page
    assert "9 9 1 2" not in page
    assert "1111" not in page
    office.post(address, {"into": "client.garage_code", "keep": "text"})
    assert key_ring().unseal(Client.objects.get(pk=home.pk).garage_code) == "9 9 1 2"


def test_a_dismissed_one_leaves_the_list(home: Client, office: Browser) -> None:
    office.post(f"/codes-in-text/{find().pk}/dismiss/")
    assert find().state == FindState.DISMISSED
    assert "data-find=" not in office.get("/codes-in-text/").content.decode()


def test_moving_twice_finds_nothing(home: Client, office: Browser) -> None:
    address = f"/codes-in-text/{find().pk}/move/"
    office.post(address, {"into": "client.garage_code"})
    assert office.post(address, {"into": "client.garage_code"}).status_code == 404


def test_dismissing_needs_a_press_of_the_button(home: Client, office: Browser) -> None:
    assert office.get(f"/codes-in-text/{find().pk}/dismiss/").status_code == 405
    assert find().state == FindState.OPEN


@pytest.mark.parametrize("level", [Access.HIDE, Access.READ])
def test_a_text_that_a_manager_may_not_change_is_not_the_managers_to_move(
    home: Client, office: Browser, level: Access
) -> None:
    FieldRule.objects.create(subject="client", key="entry_instructions", manager=level)
    assert "data-find=" not in office.get("/codes-in-text/").content.decode()
    assert office.get(f"/codes-in-text/{find().pk}/move/").status_code == 404
    assert office.post(f"/codes-in-text/{find().pk}/dismiss/").status_code == 404


def test_a_hidden_field_of_the_vault_is_not_offered(home: Client, office: Browser) -> None:
    FieldRule.objects.create(subject="client", key="garage_code", manager=Access.HIDE)
    assert "client.garage_code" not in office.get("/codes-in-text/").content.decode()
    sent = {"into": "client.garage_code"}
    assert office.post(f"/codes-in-text/{find().pk}/move/", sent).status_code == 422


def test_an_inactive_pets_text_is_for_administrators(
    home: Client, office: Browser, ada: User
) -> None:
    make_pet(home, name="Ghost", feeding="Lockbox: 0852", active=False)
    assert "Ghost" not in office.get("/codes-in-text/").content.decode()
    office.force_login(ada)
    assert "Ghost" in office.get("/codes-in-text/").content.decode()


def test_the_number_of_queries_does_not_grow(
    home: Client, office: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office.get("/codes-in-text/")
    with CaptureQueriesContext(connection) as one:
        office.get("/codes-in-text/")
    for _more in range(2):
        make_pet(make_client(entry_instructions=NOTE), feeding="Lockbox: 0852")
    with django_assert_num_queries(len(one)):
        office.get("/codes-in-text/")
