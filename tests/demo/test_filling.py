import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.test import override_settings
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.cli import main
from pawfile.demo.company import make_company
from pawfile.demo.crowd import Crowd
from pawfile.demo.dice import Dice
from pawfile.demo.fill import SIGN_INS, FilledDatabaseError, fill_demo
from pawfile.demo.households import HOUSEHOLDS
from pawfile.demo.load import Plan, Task, load_crowd, make
from pawfile.demo.people import seal_codes
from pawfile.demo.processes import in_order
from pawfile.demo.shape import Circle
from pawfile.lib.columns import SecretField
from pawfile.profiles.models import (
    Client,
    ClientChange,
    ClientWord,
    Pet,
    PetChange,
    Photo,
    Tag,
)
from pawfile.search.models import Vocabulary
from tests.demo.conftest import demo_company
from tests.factories import make_client, make_pet, make_user

pytestmark = pytest.mark.django_db
MODELS: tuple[type[models.Model], ...] = (
    User, Client, Pet, ClientWord, ClientChange, PetChange, Photo, Tag, Vocabulary,
)  # fmt: skip


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


def quiet(text: str) -> None:
    """Says nothing."""


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the company, without ids, times, passwords and sealed texts."""
    found = {}
    for model in MODELS:
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not isinstance(field, models.DateTimeField | models.ForeignKey | SecretField)
            and field.attname not in ("id", "password")
        ]
        found[model.__name__] = sorted(model._base_manager.values_list(*names), key=repr)
    links = Client.objects.values_list("sort_name", "tags__name", "blocked_sitters__name")
    return {**found, "links": sorted(links, key=repr)}


def invent(count: int, *, seed: int = 1) -> None:
    """A company with invented clients only."""
    load_crowd(make_company(timezone.now()).circle(), count=count, seed=seed, say=quiet)


def test_the_same_seed_makes_the_same_company(tmp_path: Path) -> None:
    with demo_company(tmp_path, clients=70, seed=7):
        first = contents()
    with demo_company(tmp_path, clients=70, seed=7):
        assert contents() == first


def test_another_seed_makes_other_people() -> None:
    names = []
    for seed in (7, 8):
        with transaction.atomic():
            invent(20, seed=seed)
            names.append([str(client) for client in Client.objects.all()])
            transaction.set_rollback(True)
    assert len(set(names[0]) & set(names[1])) < 3


def test_a_second_fill_writes_over_the_photos_of_the_first(tmp_path: Path) -> None:
    for _ in range(2):
        with demo_company(tmp_path, clients=1):
            for photo in Photo.objects.all():
                assert default_storage.exists(photo.path("large"))
    assert len(list(tmp_path.rglob("*.jpg"))) == 4


def test_a_very_small_company_has_those_who_sign_in() -> None:
    fill_demo(clients=2, seed=1, say=quiet)
    assert [str(client) for client in Client.objects.order_by("pk")] == [
        "Eleanor Whitcomb",
        "Walter Nowak",
    ]


def test_a_database_with_a_client_is_refused() -> None:
    make_client()
    make_client()
    with pytest.raises(FilledDatabaseError, match="already holds 2 clients; the demo fills only"):
        fill_demo(clients=None, seed=1, say=quiet)
    assert Client.objects.count() == 2


def test_a_database_with_a_user_is_refused() -> None:
    make_user(Role.ADMINISTRATOR, "Ada")
    with pytest.raises(FilledDatabaseError, match="already holds 1 user;"):
        fill_demo(clients=None, seed=1, say=quiet)


def test_a_fill_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    with override_settings(MEDIA_ROOT=blocked / "uploads"), pytest.raises(NotADirectoryError):
        fill_demo(clients=60, seed=1, say=quiet)
    assert {model.__name__: model._base_manager.count() for model in MODELS} == dict.fromkeys(
        (model.__name__ for model in MODELS), 0
    )


def test_ids_go_on_after_the_invented_ones() -> None:
    invent(25)
    newest, newest_pet = (m._base_manager.order_by("-pk")[0].pk for m in (Client, Pet))
    client = make_client(first_name="Cleo")
    assert client.pk == newest + 1
    assert make_pet(client).pk == newest_pet + 1


@transaction.atomic
def add_a_word_of_nobody() -> None:
    ClientWord.objects.create(record_id=10**9, word="stray", key="first_name")
    connection.check_constraints()


def test_indexes_and_foreign_keys_are_as_before() -> None:
    def constraints() -> dict[str, dict[str, Any]]:
        names = [
            *(model._meta.db_table for model in MODELS),
            "profiles_client_tags",
            "profiles_client_blocked_sitters",
        ]
        with connection.cursor() as cursor:
            return {name: connection.introspection.get_constraints(cursor, name) for name in names}

    before = constraints()
    invent(25)
    assert constraints() == before
    with pytest.raises(IntegrityError):
        add_a_word_of_nobody()


def test_other_processes_make_the_same_households() -> None:
    user = make_user(Role.SITTER, "Stan")
    circle = Circle(user.joined_at, (user.pk,), (user.pk,), (1,), (1,))
    plan = Plan(circle=circle, seed=3, first_client=10, first_pet=20, as_lines=True)
    codes = seal_codes(Dice(3))
    tasks = [Task(plan, range(start, start + 20), codes) for start in range(0, 200, 20)]
    assert list(in_order(make, tasks, processes=2)) == list(map(make, tasks))


def test_helping_processes_end_with_the_one_that_is_killed() -> None:
    code = (
        "import sys, time; from pawfile.demo.processes import in_order;"
        "results = in_order(time.sleep, [0, 0, 99, 99, 99], processes=2);"
        "next(results); print('working', flush=True); next(results); next(results)"
    )
    # The pipe is closed when the last process that holds it has ended.
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"working\n"
        killed.kill()
        assert killed.communicate(timeout=30)[0] == b""


def test_ids_of_pets_follow_the_numbers_of_their_clients() -> None:
    user = make_user(Role.SITTER, "Stan")
    circle = Circle(user.joined_at, (user.pk,), (user.pk,), (1,), (1,))
    crowd = Crowd(circle, seed=3, first_client=100, first_pet=500, as_lines=False)
    codes = seal_codes(Dice(3))
    for numbers in (range(30), range(30, 45)):
        crowd.fill(numbers, codes)
    made = [row[crowd.pets.columns.index("id")] for row in crowd.pets.rows]
    assert made == [str(number) for number in range(500, 500 + len(made))]


def test_the_command_says_what_it_made_and_who_signs_in() -> None:
    result = CliRunner().invoke(main, ["demo", "--clients", "54"])
    assert result.exit_code == 0, result.output
    assert "Maple & Main Pet Care: 54 clients with" in result.output
    assert "clients a second" in result.output
    assert all(email in result.output for email, _role in SIGN_INS)
    assert len(HOUSEHOLDS) == 52


def test_the_command_refuses_a_filled_database() -> None:
    make_client()
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 1
    assert result.output == (
        "Error: This database already holds 1 client; the demo fills only an empty one.\n"
    )


@pytest.mark.parametrize("count", ["0", "1000001", "many"])
def test_the_command_refuses_an_impossible_number(count: str) -> None:
    result = CliRunner().invoke(main, ["demo", "--clients", count])
    assert result.exit_code == 2
    assert "--clients" in result.output


def test_the_help_says_what_happens() -> None:
    output = CliRunner().invoke(main, ["demo", "--help"]).output
    for part in ("empty database", "1<=x<=1000000", "one transaction", "--seed"):
        assert part in " ".join(output.split())
