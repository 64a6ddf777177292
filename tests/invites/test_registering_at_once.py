"""The same address, and the same code, in the same moment: one login, and no crash."""

from functools import partial

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import invite_client
from pawfile.invites.models import Agreement, Consent, Invite, Registration
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.at_once import at_once
from tests.factories import make_client, make_user
from tests.invites.letters import SITE, code_to
from tests.invites.test_registering import PAT

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/register/"


def status_and_place(**typed: str) -> tuple[int, str]:
    answer = Browser().post(URL, PAT | typed)
    return answer.status_code, answer.headers.get("Location", "").partition("?")[0]


def test_one_address_registered_three_times_at_once_makes_one_login() -> None:
    SiteOptions.load()
    SiteOptions.objects.update(agreement_text="Be kind.")
    answers = at_once(*[partial(status_and_place, agreement="on")] * 3)
    assert answers == [(302, "/register/sent/")] * 3
    assert (User.objects.count(), Client.objects.count(), Registration.objects.count()) == (1, 1, 1)
    assert (Agreement.objects.count(), Consent.objects.count()) == (1, 1)
    templates = sorted(Mail.objects.values_list("template", flat=True))
    assert templates == ["registration_confirm", "registration_known", "registration_known"]


def test_one_code_in_two_tabs_makes_one_login() -> None:
    SiteOptions.load()
    mona = make_user(Role.MANAGER, "Mona")
    home = make_client(email=PAT["email"].lower())
    invite_client(client=home, email=home.email, words="", by=mona, site=SITE)
    answers = at_once(*[partial(status_and_place, code=code_to(home.email))] * 2)
    assert (302, "/start/") in answers
    (other,) = [answer for answer in answers if answer != (302, "/start/")]
    assert other in [(302, "/accounts/login/"), (422, "")]
    assert [login.email for login in home.logins.all()] == [home.email]
    assert User.objects.count() == 2


def test_one_code_at_two_other_addresses_joins_neither_before_the_proof() -> None:
    SiteOptions.load()
    mona = make_user(Role.MANAGER, "Mona")
    home = make_client(email="pia@example.com")
    invite_client(client=home, email=home.email, words="", by=mona, site=SITE)
    code = code_to(home.email)
    at_once(
        partial(status_and_place, code=code, email="one@example.com"),
        partial(status_and_place, code=code, email="two@example.com"),
    )
    assert (home.logins.count(), Invite.objects.get().used_at) == (0, None)
    assert User.objects.filter(role=Role.CLIENT).count() == 2
