"""Words longer than the index holds are found by their whole text all the same."""

from collections.abc import Callable

from django.test import Client as Browser

from pawfile.accounts.models import User
from tests.factories import make_client
from tests.profiles.pages import read, shown_clients

SignIn = Callable[[User], Browser]


def found(browser: Browser, query: str) -> list[int]:
    return shown_clients(read(browser.get("/clients/", {"q": query})))


def test_a_long_email_is_found_whole(signed_in: SignIn, mona: User) -> None:
    """It is what people paste."""
    email = "christopher.montgomery-smith@veterinary-hospital.example.com"
    client = make_client(email=email)
    assert found(signed_in(mona), email) == [client.pk]
    assert found(signed_in(mona), email.upper()) == [client.pk]


def test_a_long_word_is_found_whole_and_by_its_beginning(signed_in: SignIn, mona: User) -> None:
    name = "Taumatawhakatangihangakoauauotamateaturipukakapiki"
    client = make_client(last_name=name)
    for query in (name, name[:10], name.lower()):
        assert found(signed_in(mona), query) == [client.pk]


def test_a_row_of_digits_that_is_no_phone_is_found(signed_in: SignIn, mona: User) -> None:
    digits = "12345678901234567890" * 4
    client = make_client(cell_phone=digits)
    for query in (digits, digits[:12]):
        assert found(signed_in(mona), query) == [client.pk]
