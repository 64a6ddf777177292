"""One home for all tests of a module: it has a record for every address."""

from copy import deepcopy

import pytest

from tests.access.home import Home, make_home
from tests.personas import Cast


@pytest.fixture(scope="module")
def home_of_all(cast: Cast) -> Home:
    client, pet = deepcopy((cast.cleos_home, cast.rex))
    return make_home(client, pet, by=cast.ada, other=cast.carls_home)


@pytest.fixture
def home(home_of_all: Home, db: None) -> Home:
    return deepcopy(home_of_all)
