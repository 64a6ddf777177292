"""Secret fields: sealed in the database, dots on pages, never a plain text for anybody."""

import json
import logging

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.registry import Kind
from pawfile.lib.columns import key_ring
from pawfile.profiles.actions import update_client
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models import Client, ClientChange, ClientWord, Pet
from tests.access.addresses import ADDRESSES
from tests.access.home import make_home
from tests.factories import make_client
from tests.fields.sentinels import word
from tests.profiles.pages import content, facts, fill_in, read, sent_by

SECRETS = [field.key for field in CLIENT.fields.values() if field.kind == Kind.SECRET]
PLAIN = {key: word("secret", key) for key in SECRETS}
OLD = {key: word("old secret", key) for key in SECRETS}


@pytest.fixture
def home(cleos_home: Client, ada: User) -> Client:
    """Every secret filled in, then changed."""
    update_client(cleos_home, values={"has_alarm": True, **OLD}, by=ada)
    return update_client(Client.objects.get(pk=cleos_home.pk), values=PLAIN, by=ada)


def sign_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def leaks(text: str) -> list[str]:
    return [secret for secret in (*PLAIN.values(), *OLD.values()) if secret in text]


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_no_page_shows_a_secret_to_anybody(
    home: Client, rex: Pet, ada: User, who: str, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    client, other = Client.objects.get(pk=home.pk), make_client()
    around = make_home(client, rex, by=ada, other=other)
    sealed = [getattr(home, key).token_for_database for key in SECRETS]
    opened = 0
    for name, address in ADDRESSES.items():
        answer = browser.get(address.url(name, around))
        page = content(answer)
        opened += answer.status_code == 200
        assert leaks(page) == [], name
        assert [token for token in sealed if token in page] == [], name
    for key in SECRETS:
        page = content(browser.get(f"/clients/{home.pk}/changes/{key}/"))
        assert leaks(page) == []
        assert page.count("Changed. The code itself is not kept here.") == 2
    assert opened > 15


def test_a_secret_is_shown_as_dots_and_only_if_there_is_one(
    home: Client, cleos_home: Client, mona: User
) -> None:
    update_client(home, values={"gate_code": ""}, by=None)
    page = facts(read(sign_in(mona).get(f"/clients/{home.pk}/")))
    assert page["Door code"] == "••••••Saved and sealedReveal Door code"
    assert page["Gate code"] == "Empty now"


@pytest.mark.parametrize("query", [*PLAIN.values(), *OLD.values()])
def test_a_secret_finds_nobody(home: Client, ada: User, query: str) -> None:
    assert "data-client" not in content(sign_in(ada).get("/clients/", {"q": query}))


def test_the_database_has_sealed_texts_only(home: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(SECRETS)} FROM profiles_client")
        (row,) = cursor.fetchall()
    assert leaks(repr(row)) == []
    assert [text.startswith("v1.") for text in row] == [True] * len(SECRETS)
    assert leaks(repr(list(ClientChange.objects.values()))) == []
    assert leaks(repr(list(ClientWord.objects.values()))) == []
    assert [key_ring().unseal(getattr(home, key)) for key in SECRETS] == list(PLAIN.values())


def test_a_change_of_a_secret_is_kept_without_any_value(home: Client) -> None:
    changes = ClientChange.objects.filter(key__in=SECRETS).values_list(
        "key", "old_text", "new_text"
    )
    assert sorted(changes) == sorted((key, "", "") for key in SECRETS * 2)


def test_a_secret_neither_renders_nor_serialises_nor_logs(
    home: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for spoil in (str, format, json.dumps):
        with pytest.raises(TypeError):
            spoil(home.door_code)
    with pytest.raises(TypeError):
        serializers.serialize("json", [home])
    logging.getLogger("pawfile").warning("opened %r", home.door_code)
    assert caplog.messages == ["opened <Secret>"]


def test_the_edit_form_never_has_the_saved_secret(home: Client, mona: User) -> None:
    sent = sent_by(read(sign_in(mona).get(f"/clients/{home.pk}/edit/")))
    assert {key: sent[key] for key in SECRETS} == {key: [""] for key in SECRETS}


def test_an_empty_box_keeps_the_saved_secret(home: Client, mona: User) -> None:
    before = {key: getattr(home, key) for key in SECRETS}
    url = f"/clients/{home.pk}/edit/"
    assert fill_in(sign_in(mona), url, door_code="", gate_code="  ").status_code == 302
    fresh = Client.objects.get(pk=home.pk)
    assert {key: getattr(fresh, key) for key in SECRETS} == before
    assert fresh.version == home.version


def test_the_same_code_typed_again_is_no_change(home: Client, mona: User) -> None:
    answer = fill_in(sign_in(mona), f"/clients/{home.pk}/edit/", door_code=PLAIN["door_code"])
    assert answer.status_code == 302
    fresh = Client.objects.get(pk=home.pk)
    assert (fresh.version, fresh.door_code) == (home.version, home.door_code)


def test_a_new_code_replaces_the_saved_one(home: Client, mona: User) -> None:
    fill_in(sign_in(mona), f"/clients/{home.pk}/edit/", door_code=" 4711# ")
    fresh = Client.objects.get(pk=home.pk)
    assert key_ring().unseal(fresh.door_code) == " 4711# "
    assert fresh.version == home.version + 1


def test_a_saved_code_is_removed_by_its_box(home: Client, mona: User) -> None:
    fill_in(sign_in(mona), f"/clients/{home.pk}/edit/", door_code="9", door_code_clear="on")
    fresh = Client.objects.get(pk=home.pk)
    assert not fresh.door_code
    assert fresh.gate_code == home.gate_code
    assert list(fresh.changes.order_by("-pk").values_list("key", flat=True)[:1]) == ["door_code"]


def test_messages_and_mail_never_name_a_code(home: Client, mona: User) -> None:
    answer = fill_in(sign_in(mona), f"/clients/{home.pk}/edit/", door_code="qqzzqqzzqq")
    assert "qqzzqqzzqq" not in content(sign_in(mona).get(answer.headers["Location"]))
