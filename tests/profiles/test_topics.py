"""About what a client wants mail."""

import pytest

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.fields import TOPICS
from pawfile.profiles.models import Client
from pawfile.profiles.topics import CONFIRMATIONS, JOURNALS, wants_mail


def wanted(client: Client) -> list[bool]:
    return [wants_mail(client, topic) for topic in (CONFIRMATIONS, JOURNALS)]


def test_who_never_answered_wants_everything(cleos_home: Client) -> None:
    assert wanted(cleos_home) == [True, True]


@pytest.mark.parametrize(
    ("ticked", "wants"),
    [([CONFIRMATIONS], [True, False]), ([JOURNALS], [False, True]), (["Marketing"], [False] * 2)],
)
def test_what_is_ticked_counts(cleos_home: Client, ticked: list[str], wants: list[bool]) -> None:
    cleos_home.communication_topics = ticked
    assert wanted(cleos_home) == wants


def test_who_took_every_tick_away_wants_none(cleos_home: Client, cleo: User) -> None:
    update_client(cleos_home, values={"communication_topics": [CONFIRMATIONS]}, by=cleo)
    update_client(cleos_home, values={"communication_topics": []}, by=cleo)
    assert wanted(Client.objects.get()) == [False, False]


def test_the_topics_are_those_of_the_catalogue() -> None:
    assert {CONFIRMATIONS, JOURNALS} <= {key for key, _label in TOPICS}
