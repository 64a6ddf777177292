"""The people of the tests, and browsers (Django test clients) in which they are signed in.

``ada`` administrator, ``mona`` manager, ``sam`` sitter of Cleo's home, ``stan`` sitter who never
met her, ``cleo`` client, ``carl`` another client. ``cleos_home`` and ``carls_home`` are the
profiles; ``rex`` lives with Cleo.
"""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_pet, make_user


@pytest.fixture
def ada(db: None) -> User:
    return make_user(Role.ADMINISTRATOR, "Ada Admin")


@pytest.fixture
def mona(db: None) -> User:
    return make_user(Role.MANAGER, "Mona Manager")


@pytest.fixture
def sam(db: None) -> User:
    return make_user(Role.SITTER, "Sam Sitter")


@pytest.fixture
def stan(db: None) -> User:
    return make_user(Role.SITTER, "Stan Stranger")


@pytest.fixture
def cleo(db: None) -> User:
    return make_user(Role.CLIENT, "Cleo Carter")


@pytest.fixture
def carl(db: None) -> User:
    return make_user(Role.CLIENT, "Carl Cooper")


@pytest.fixture
def cleos_home(cleo: User, sam: User) -> Client:
    return make_client(
        first_name="Cleo",
        last_name="Carter",
        email="cleo@example.com",
        cell_phone="(614) 555-0123",
        street="12 Maple Street",
        city="Columbus",
        state="OH",
        zip_code="43085",
        primary_sitter=sam,
        logins=[cleo],
    )


@pytest.fixture
def carls_home(carl: User) -> Client:
    return make_client(first_name="Carl", last_name="Cooper", logins=[carl])


@pytest.fixture
def rex(cleos_home: Client) -> Pet:
    return make_pet(cleos_home, name="Rex", animal="Dog")


@pytest.fixture
def signed_in() -> Callable[[User], Browser]:
    """``signed_in(ada).get("/clients/")``"""

    def sign_in(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return sign_in
