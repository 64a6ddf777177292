"""Clients are asked by mail to look through what is due: once, by link only."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.models import SectionRule
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import confirm_section, update_client
from pawfile.profiles.models import Client, Pet, ReviewAsk
from pawfile.profiles.models.client import Status
from pawfile.profiles.review_asks import ask_for_reviews, look_for_reviews
from tests.factories import make_client
from tests.invites.letters import links_in
from tests.profiles.reviewing import MONTH, ask_about, known_for


@pytest.fixture(autouse=True)
def due(cleos_home: Client, rex: Pet) -> None:
    SiteOptions.load()
    ask_about("client", "access", "home")
    ask_about("pet", "care", months=12)
    known_for(7, cleos_home, rex)


def look(months: int = 0) -> list[str]:
    """The worker looks so many months from now; whom it has mailed by then."""
    with time_machine.travel(timezone.now() + months * MONTH, tick=False):
        look_for_reviews()
        ask_for_reviews.call()
    return list(Mail.objects.order_by("pk").values_list("to", flat=True))


def test_one_mail_with_a_link_whatever_is_due() -> None:
    assert look() == ["cleo@example.com"]
    assert look() == ["cleo@example.com"]
    mail = Mail.objects.get()
    assert mail.subject == "Is what we know about your home still right?"
    assert links_in(mail) == {"review": "http://127.0.0.1:8000/my/review/"}
    assert "Maple" not in mail.text + mail.html


def test_as_long_as_it_is_due_the_next_mail_goes_out_with_the_next_round() -> None:
    assert len(look()) == 1
    assert len(look(5)) == 1
    assert len(look(7)) == 2


def test_who_has_confirmed_is_not_asked_and_pets_are_asked_about_too(
    cleos_home: Client, rex: Pet, cleo: User
) -> None:
    for section in ("access", "home"):
        home = Client.objects.get(pk=cleos_home.pk)
        confirm_section(record=home, section=section, version=home.version, by=cleo)
    assert look() == []
    known_for(13, rex)
    assert look() == ["cleo@example.com"]


def test_who_cannot_look_is_not_asked(cleos_home: Client, carls_home: Client) -> None:
    """Without an address, without a login, inactive, or nothing to see."""
    known_for(7, carls_home, make_client(email="none@example.com"))
    home = Client.objects.get(pk=cleos_home.pk)
    update_client(home, values={"status": Status.INACTIVE}, by=None)
    assert look() == []


def test_who_wants_no_such_mail_gets_none_and_is_not_looked_at_every_hour(
    cleos_home: Client,
) -> None:
    home = Client.objects.get(pk=cleos_home.pk)
    update_client(home, values={"communication_topics": ["Marketing"]}, by=None)
    assert look() == []
    assert ReviewAsk.objects.get().client == cleos_home
    assert ReviewAsk.objects.get().asked_at > timezone.now() - timedelta(hours=1)


def test_without_sections_to_look_through_nobody_is_asked() -> None:
    SectionRule.objects.update(review_months=0)
    assert look() == []
