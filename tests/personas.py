"""The people of the tests, and browsers (Django test clients) in which they are signed in.

``ada`` administrator, ``mona`` manager, ``sam`` sitter of Cleo's home, ``stan`` sitter who never
met her, ``cleo`` client, ``carl`` another client. ``cleos_home`` and ``carls_home`` are the
profiles; ``rex`` lives with Cleo.

A test makes anew those that it names. A module of hundreds of tests that all need the same says
``pytestmark = pytest.mark.usefixtures("cast")``: they are made once, and each test gets copies.
What such a module adds to them is made with a fixture of the module's scope that takes ``cast``.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from pytest_django import DjangoDbBlocker

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_pet, make_user

#: ``made("ada")``: a copy of the module's Ada, or None where every test makes its own.
Made = Callable[[str], Any]

PEOPLE = {
    "ada": (Role.ADMINISTRATOR, "Ada Admin"),
    "mona": (Role.MANAGER, "Mona Manager"),
    "sam": (Role.SITTER, "Sam Sitter"),
    "stan": (Role.SITTER, "Stan Stranger"),
    "cleo": (Role.CLIENT, "Cleo Carter"),
    "carl": (Role.CLIENT, "Carl Cooper"),
}


@dataclass(frozen=True)
class Cast:
    """Everybody, made once for a module."""

    ada: User
    mona: User
    sam: User
    stan: User
    cleo: User
    carl: User
    cleos_home: Client
    carls_home: Client
    rex: Pet


def make_cleos_home(cleo: User, sam: User) -> Client:
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


def make_carls_home(carl: User) -> Client:
    return make_client(first_name="Carl", last_name="Cooper", logins=[carl])


def make_rex(cleos_home: Client) -> Pet:
    return make_pet(cleos_home, name="Rex", animal="Dog")


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database for what a module makes once; all of it is gone when its tests are done.

    Not for a module with tests that commit (``live_server``, ``transactional_db``).
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cast(module_db: None) -> Cast:
    people = {name: make_user(*who) for name, who in PEOPLE.items()}
    cleos_home = make_cleos_home(people["cleo"], people["sam"])
    carls_home = make_carls_home(people["carl"])
    return Cast(**people, cleos_home=cleos_home, carls_home=carls_home, rex=make_rex(cleos_home))


@pytest.fixture
def made(request: pytest.FixtureRequest, db: None) -> Made:
    has_cast = "cast" in request.fixturenames
    cast = deepcopy(request.getfixturevalue("cast")) if has_cast else None
    return lambda name: getattr(cast, name, None)


@pytest.fixture
def ada(made: Made) -> User:
    return made("ada") or make_user(*PEOPLE["ada"])


@pytest.fixture
def mona(made: Made) -> User:
    return made("mona") or make_user(*PEOPLE["mona"])


@pytest.fixture
def sam(made: Made) -> User:
    return made("sam") or make_user(*PEOPLE["sam"])


@pytest.fixture
def stan(made: Made) -> User:
    return made("stan") or make_user(*PEOPLE["stan"])


@pytest.fixture
def cleo(made: Made) -> User:
    return made("cleo") or make_user(*PEOPLE["cleo"])


@pytest.fixture
def carl(made: Made) -> User:
    return made("carl") or make_user(*PEOPLE["carl"])


@pytest.fixture
def cleos_home(made: Made, cleo: User, sam: User) -> Client:
    return made("cleos_home") or make_cleos_home(cleo, sam)


@pytest.fixture
def carls_home(made: Made, carl: User) -> Client:
    return made("carls_home") or make_carls_home(carl)


@pytest.fixture
def rex(made: Made, cleos_home: Client) -> Pet:
    return made("rex") or make_rex(cleos_home)


@pytest.fixture
def signed_in() -> Callable[[User], Browser]:
    """``signed_in(ada).get("/clients/")``"""

    def sign_in(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return sign_in
