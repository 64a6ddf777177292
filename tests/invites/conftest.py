"""A household that is invited, and browsers of the office."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.invites.actions import invite_client
from pawfile.invites.models import Invite
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.invites.letters import SITE

ADDRESS = "pia@example.com"


@pytest.fixture
def park(db: None) -> Client:
    return make_client(first_name="Pia", last_name="Park", email=ADDRESS)


@pytest.fixture
def invite(park: Client, mona: User) -> Invite:
    """Mona's to Pia, open."""
    return invite_client(client=park, email=ADDRESS, words="", by=mona, site=SITE)


@pytest.fixture
def office(signed_in: Callable[[User], Browser], mona: User) -> Browser:
    return signed_in(mona)
