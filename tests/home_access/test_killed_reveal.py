"""Killing the server between a code and its row leaves no code that has none."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import transaction

from pawfile.access.actions.reveals import reveal_secret
from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.home_access.vault import CODE, rows
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)
ROW = ("Mona Manager", "door_code", "office")


def pressed(moment: str, user: User, client: Client) -> tuple[int, bool]:
    """How the process ended, and whether it had answered with the code."""
    keys = settings.VAULT_KEYS_FILE.read_text().strip().replace("\n", ",")
    done = subprocess.run(
        [sys.executable, "-m", "tests.home_access.dying", moment, str(user.pk), str(client.pk)],
        env={**os.environ, "DATABASE_URL": database_url(), "PAWFILE_VAULT_KEYS": keys},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, CODE in done.stdout


@pytest.mark.parametrize(
    ("moment", "ended", "written"),
    [
        ("before commit", (-9, False), []),
        ("after commit", (-9, False), [ROW]),
        ("never", (0, True), [ROW]),
    ],
)
def test_no_code_comes_without_its_row(
    codes: Client, mona: User, moment: str, ended: tuple[int, bool], written: list[object]
) -> None:
    """Killed, there may be a row too many, never one too few."""
    assert (pressed(moment, mona, codes), rows()) == (ended, written)


def test_inside_another_transaction_nothing_opens(codes: Client, mona: User) -> None:
    """There a row could still be taken back after the code was told."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        reveal_secret(client=codes, key="door_code", by=mona)
    assert rows() == []
