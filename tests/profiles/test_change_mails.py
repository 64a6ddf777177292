"""The office hears of what clients changed as the option says: so many, a link, and no values."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import tick_off, update_client
from pawfile.profiles.models import Client, ClientChange
from pawfile.profiles.notices import tell_office


def change(client: Client, by: User | None, **values: object) -> None:
    update_client(Client.objects.get(pk=client.pk), values=values, by=by)


def choose(when: str, **options: object) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(change_mails=when, time_zone="UTC", processing_hour=18, **options)


def mails() -> list[tuple[str, str]]:
    found = Mail.objects.filter(template="client_changes").order_by("pk")
    return [(mail.to.split(".")[0], mail.subject) for mail in found]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``at(19)`` makes it 19:00 of one day; ``at(19, 2)`` of the next."""

    def set_clock(hour: int, day: int = 1) -> None:
        moment = datetime(2030, 5, day, hour, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


def test_soon_after_several_changes_are_one_mail_to_each(
    ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    choose("at_once")
    change(cleos_home, cleo, city="Dublin", street="1 Elm Street")
    change(cleos_home, ada, state="OR")
    tell_office()
    tell_office()
    assert mails() == [("ada", "2 changes by clients"), ("mona", "2 changes by clients")]
    mail = Mail.objects.filter(template="client_changes")[0]
    assert [w for w in ("Dublin", "Elm", "City", "Cleo") if w in mail.text + mail.html] == []
    change(cleos_home, cleo, city="Powell")
    tell_office()
    assert mails()[2:] == [("ada", "1 change by a client"), ("mona", "1 change by a client")]


def test_what_was_ticked_off_meanwhile_is_not_told(
    ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    choose("at_once")
    change(cleos_home, cleo, city="Dublin")
    tick_off(ClientChange.objects.filter(is_by_client=True), by=mona)
    tell_office()
    assert mails() == []


def test_a_change_of_a_field_hidden_from_managers_is_told_to_administrators_only(
    ada: User, mona: User, cleo: User, cleos_home: Client
) -> None:
    choose("at_once")
    FieldRule.objects.create(subject="client", key="city", manager=Access.HIDE)
    SiteOptions.renew_fields()
    change(cleos_home, cleo, city="Dublin")
    tell_office()
    assert mails() == [("ada", "1 change by a client")]


def test_once_a_day_at_the_processing_hour(
    ada: User, cleo: User, cleos_home: Client, at: Any
) -> None:
    choose("daily")
    at(17)
    change(cleos_home, cleo, city="Dublin")
    tell_office()
    assert mails() == []
    at(18)
    tell_office()
    change(cleos_home, cleo, city="Powell")
    tell_office()
    assert mails() == [("ada", "1 change by a client")]
    at(18, 2)
    tell_office()
    tell_office()
    assert mails() == [("ada", "1 change by a client")] * 2


def test_never_is_never(ada: User, cleo: User, cleos_home: Client) -> None:
    choose("never")
    change(cleos_home, cleo, city="Dublin")
    tell_office()
    assert mails() == []
