"""A secret of its own in every secret field, looked for everywhere: it is where it was opened."""

import logging
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import serializers
from django.db import connection
from django.test import Client as Browser

from pawfile.access.views import reveals
from pawfile.accounts.models import User
from pawfile.fields.models import CustomField
from pawfile.fields.registry import Kind
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.feeds import change_feed, renew_feed
from tests.access.addresses import ADDRESSES, PEOPLE
from tests.access.home import Home, make_home
from tests.database import on_sqlite
from tests.home_access.vault import browser_of
from tests.profiles.pages import read, shown_clients

SHIPPED = sorted(key for key, field in CLIENT.fields.items() if field.is_secret)


def canary(when: str, key: str) -> str:
    return "z" + sha256(f"{when} {key}".encode()).hexdigest()[:15]


class Planted:
    """Cleo's home with two secrets in each field: the one that is there, and the one before."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.own = {
            subject: CustomField.objects.create(
                subject=subject, label=f"Code of the {subject}", kind=Kind.SECRET
            ).key
            for subject in ("client", "pet")
        }
        SiteOptions.renew_fields()
        self.client_keys = [*SHIPPED, self.own["client"]]
        for when in ("old", "now"):
            client = Client.objects.get(pk=home.client.pk)
            values = {key: canary(when, key) for key in self.client_keys}
            update_client(client, values=values | {"has_alarm": True}, by=home.user)
            pet = Pet.objects.get(pk=home.pet.pk)
            key = self.own["pet"]
            update_pet(pet, values={key: canary(when, key)}, by=home.user)
        self.texts = [
            canary(when, key)
            for when in ("old", "now")
            for key in (*self.client_keys, self.own["pet"])
        ]

    def in_text(self, text: str) -> list[str]:
        return [each for each in self.texts if each in text]


@pytest.fixture
def planted(cleos_home: Client, carls_home: Client, rex: Pet, ada: User) -> Planted:
    return Planted(make_home(cleos_home, rex, by=ada, other=carls_home))


@pytest.fixture
def people(planted: Planted, request: pytest.FixtureRequest) -> dict[str, User]:
    return {name: request.getfixturevalue(name) for name in PEOPLE if name != "nobody"}


def answer_of(browser: Browser, url: str, **headers: str) -> str:
    """The whole answer: status, headers and what is in it."""
    answer = browser.get(url, headers=headers)
    streamed: Any = getattr(answer, "streaming_content", None)
    body = b"".join(streamed) if answer.streaming else answer.content
    return f"{answer.status_code} {answer.headers} {body.decode(errors='replace')}"


def test_a_secret_is_where_it_is_opened_and_only_then(planted: Planted, ada: User) -> None:
    """So the others of these tests look for something that can be found."""
    found = {}
    for key in planted.client_keys:
        url = f"/clients/{planted.home.client.pk}/secrets/{key}/reveal/"
        answer = browser_of(ada).post(url)
        found[key] = planted.in_text(answer.content.decode())
        assert "no-store" in answer.headers["Cache-Control"]
    assert found == {key: [canary("now", key)] for key in planted.client_keys}
    key = planted.own["pet"]
    answer = browser_of(ada).post(f"/pets/{planted.home.pet.pk}/secrets/{key}/reveal/")
    assert planted.in_text(answer.content.decode()) == [canary("now", key)]


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_answers_with_a_secret(
    who: str, planted: Planted, people: dict[str, User], caplog: pytest.LogCaptureFixture
) -> None:
    """Every address of the site, as a page and as a part of one; logs too."""
    caplog.set_level(logging.DEBUG)
    browser = browser_of(people[who]) if who in people else Browser()
    home, found = planted.home, {}
    for name, address in ADDRESSES.items():
        if name == "account_logout":
            continue
        url = address.url(name, home)
        text = answer_of(browser, url) + answer_of(browser, url, hx_request="true")
        found[name] = planted.in_text(text)
    assert [name for name, secrets in found.items() if secrets] == []
    assert len(found) == len(ADDRESSES) - 1
    assert planted.in_text(caplog.text) == []


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "nobody"])
def test_pages_made_for_one_thing_hold_no_secret(
    who: str, planted: Planted, people: dict[str, User]
) -> None:
    """The history of each field, its column in the table, search, filters, day and week, feeds."""
    user, home = people[who], planted.home
    user.client_columns = planted.client_keys
    user.save()
    browser, client = browser_of(user), home.client.pk
    keys = planted.client_keys
    urls = [
        *(f"/clients/{client}/changes/{key}/" for key in keys),
        f"/pets/{home.pet.pk}/changes/{planted.own['pet']}/",
        "/clients/?status=all",
        *(f"/schedule/?view={view}&client={client}" for view in ("day", "week", "month", "table")),
        f"/my-schedule/?on={home.visit.visit_on}",
        "/my-schedule/?view=week",
        f"/clients/?sort=name&q={home.client.last_name}",
        f"/clients/picker/?q={home.client.last_name}",
        "/home-access/export/",
        f"/clients/{client}/print/?as=pdf",
    ]
    secret = renew_feed(by=user)
    change_feed(by=user, has_address=True, has_note=not user.is_client)
    texts = [answer_of(browser, url) for url in [*urls, f"/calendar/{secret}.ics"]]
    assert [planted.in_text(text) for text in texts] == [[]] * len(texts)
    for text in planted.texts:
        page = browser.get(f"/clients/?status=all&q={text}")
        assert page.status_code == 403 or shown_clients(read(page)) == []


def test_no_mail_holds_a_secret(planted: Planted, ada: User, sam: User) -> None:
    client = planted.home.client
    browser_of(sam).post(
        f"/clients/{client.pk}/secrets/door_code/reveal/", {"reason": "The alarm is ringing now."}
    )
    browser_of(ada).post(f"/clients/{client.pk}/secrets/alarm_code/reveal/")
    mails = Mail.objects.all()
    assert len(mails) > 1
    texts = [f"{mail.to} {mail.subject} {mail.text} {mail.html}" for mail in mails]
    assert [planted.in_text(text) for text in texts] == [[]] * len(texts)


def cells() -> Iterator[object]:
    """Every value of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield from row


def test_no_table_holds_a_secret_that_can_be_read(planted: Planted, ada: User) -> None:
    browser_of(ada).post(f"/clients/{planted.home.client.pk}/secrets/door_code/reveal/")
    values = [
        bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else value
        for value in cells()
    ]
    assert "Cleo" in values
    assert [secrets for value in values if (secrets := planted.in_text(str(value)))] == []


@pytest.mark.django_db(transaction=True)
def test_the_database_file_holds_no_secret_that_can_be_read(
    cleos_home: Client, carls_home: Client, rex: Pet, ada: User
) -> None:
    if not on_sqlite():
        # There is no file of one's own there; the tables are looked through above.
        assert connection.vendor == "postgresql"
        return
    planted = Planted(make_home(cleos_home, rex, by=ada, other=carls_home))
    browser_of(ada).post(f"/clients/{cleos_home.pk}/secrets/door_code/reveal/")
    name = str(settings.DATABASES["default"]["NAME"])
    files = [path for path in Path(name).parent.iterdir() if path.name.startswith(Path(name).name)]
    # Read by another process: a file closed by this one would take SQLite's locks with it.
    kept = subprocess.run(["cat", *files], check=True, capture_output=True).stdout
    assert b"Cleo" in kept
    assert [text for text in planted.texts if text.encode() in kept] == []


def test_an_error_in_the_middle_of_opening_tells_no_secret(
    planted: Planted,
    ada: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The code is in the hands of the view, and then something breaks."""
    seen: list[str] = []

    def broken(*args: object, **kwargs: object) -> None:
        seen.append(str(args))
        raise RuntimeError("The printer is on fire.")

    monkeypatch.setattr(reveals, "render", broken)
    browser = browser_of(ada)
    browser.raise_request_exception = False
    answer = browser.post(f"/clients/{planted.home.client.pk}/secrets/door_code/reveal/")
    assert answer.status_code == 500
    assert planted.in_text("".join(seen)) == [canary("now", "door_code")]
    assert "on fire" in caplog.text
    captured = capsys.readouterr()
    told = f"{answer.content.decode()} {answer.headers} {caplog.text} {captured.out} {captured.err}"
    assert planted.in_text(told) == []


def test_a_secret_is_no_part_of_what_is_serialised(planted: Planted) -> None:
    """``dumpdata`` and its like refuse, they do not leave out."""
    with pytest.raises(TypeError, match="not serialised"):
        serializers.serialize("json", Client.objects.filter(pk=planted.home.client.pk))
