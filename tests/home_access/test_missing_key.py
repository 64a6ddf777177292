"""A code whose key is not there: said clearly, and never written over."""

import pytest

from pawfile.accounts.models import User
from pawfile.lib.vault import KeyRing, Secret
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.home_access.vault import CODE, REASON, ask, browser_of, rows
from tests.profiles.pages import fill_in, problems, read


@pytest.fixture
def lost(codes: Client) -> Secret:
    """The door code, sealed with a key that this installation has not."""
    sealed = KeyRing({"lost": bytes(32)}).seal(CODE)
    Client._base_manager.filter(pk=codes.pk).update(door_code=sealed)
    return sealed


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_it_says_that_the_key_is_missing(
    codes: Client, lost: Secret, mona: User, headers: dict[str, str]
) -> None:
    url = f"/clients/{codes.pk}/secrets/door_code/reveal/"
    answer = browser_of(mona).post(url, headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, CODE in page) == (503, False)
    assert "The vault’s key is missing" in page
    assert "whoever runs the server" in page
    assert rows() == []


def test_nobody_is_told_of_an_emergency_that_opened_nothing(
    codes: Client, lost: Secret, sam: User, ada: User
) -> None:
    assert ask(sam, codes, reason=REASON) == (503, False)
    assert (rows(), Mail.objects.count()) == ([], 0)


@pytest.mark.parametrize("typed", [{"door_code": "1234"}, {"door_code_clear": "on"}])
def test_the_form_does_not_write_over_it(
    codes: Client, lost: Secret, mona: User, typed: dict[str, str]
) -> None:
    answer = fill_in(browser_of(mona), f"/clients/{codes.pk}/edit/", city="Bexley", **typed)
    assert answer.status_code == 422
    (said,) = problems(read(answer))
    assert said.startswith("Door code")
    assert "key" in said
    stored = Client.objects.get(pk=codes.pk)
    assert (stored.door_code, stored.city, stored.version) == (lost, "Columbus", codes.version)


def test_other_fields_are_saved_beside_it(codes: Client, lost: Secret, mona: User) -> None:
    answer = fill_in(browser_of(mona), f"/clients/{codes.pk}/edit/", city="Bexley")
    assert answer.status_code == 302
    stored = Client.objects.get(pk=codes.pk)
    assert (stored.door_code, stored.city) == (lost, "Bexley")
