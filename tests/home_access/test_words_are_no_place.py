"""Words beside the profile: a code in them is asked about before anything is saved."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.messaging.models import InternalNote, Message
from pawfile.profiles.models import Client
from tests.messaging.talk import begin
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
CODE = "The alarm code is 4711."
TOLD = "This looks like a code."


def ask_twice(browser: Browser, url: str, given: dict[str, object]) -> None:
    """Refused with the tick to say that it is none; with the tick it is taken."""
    assert "is_no_code" not in content(browser.get(url))
    answer = browser.post(url, given)
    assert (answer.status_code, TOLD in content(answer)) == (422, True)
    assert len(read(answer).all("input", name="is_no_code")) == 1
    assert CODE in content(answer)
    assert browser.post(url, given | {"is_no_code": "on"}).status_code == 302


def test_a_client_who_answers_with_a_code_is_told_where_it_belongs(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client
) -> None:
    thread = begin(mona, client=cleos_home)
    ask_twice(signed_in(cleo), thread.get_absolute_url(), {"body": CODE})
    assert Message.objects.filter(body=CODE).count() == 1


def test_a_new_message_too(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    given: dict[str, object] = {"client": cleos_home.pk, "subject": "Tuesday", "body": CODE}
    ask_twice(signed_in(mona), "/messages/new/", given)
    assert Message.objects.filter(body=CODE).count() == 1


def test_an_internal_note_too(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    ask_twice(signed_in(mona), f"/clients/{cleos_home.pk}/internal-notes/", {"text": CODE})
    assert InternalNote.objects.filter(text=CODE).count() == 1


def test_the_note_of_a_key_too(signed_in: SignIn, mona: User, cleos_home: Client) -> None:
    browser, new = signed_in(mona), f"/keys/new/?client={cleos_home.pk}"
    ask_twice(browser, new, {"code": "K-1", "at": "office", "note": CODE})
    key = cleos_home.keys.get()
    given: dict[str, object] = {"code": "K-1", "note": f"{CODE} Front.", "version": key.version}
    answer = browser.post(f"/keys/{key.pk}/edit/", given)
    assert (answer.status_code, TOLD in content(answer)) == (422, True)


@pytest.mark.parametrize("words", ["Rex was at the vet, 4711 Main Street.", "Call 555 0142."])
def test_what_only_has_numbers_is_not_asked_about(
    signed_in: SignIn, mona: User, cleos_home: Client, words: str
) -> None:
    thread = begin(mona, client=cleos_home)
    assert signed_in(mona).post(thread.get_absolute_url(), {"body": words}).status_code == 302
    assert Message.objects.filter(body=words).count() == 1


def test_a_reason_to_open_a_code_says_no_code(signed_in: SignIn, sam: User, codes: Client) -> None:
    url = f"/clients/{codes.pk}/secrets/door_code/reveal/"
    answer = signed_in(sam).post(url, {"reason": CODE})
    assert (answer.status_code, TOLD in content(answer)) == (422, True)
