"""The limits hold where several server processes answer at once."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bench.doors import Visitor
from bench.processes import serving

EMAIL, PASSWORD = "ada@example.com", "paws-and-tails"


def guess(port: int, number: int) -> int:
    """The status of one wrong password, typed in a browser of its own."""
    visitor = Visitor(HTTPConnection("127.0.0.1", port, timeout=60))
    assert visitor.open("/accounts/login/")
    sent = {
        "login": EMAIL, "password": f"guess-{number}", "csrfmiddlewaretoken": visitor.token,
    }  # fmt: skip
    status, _headers = visitor.ask("POST", "/accounts/login/", urlencode(sent))
    visitor.connection.close()
    return status


@pytest.mark.own_database
def test_of_guesses_at_two_processes_exactly_the_allowed_ones_get_through(tmp_path: Path) -> None:
    """Ten in a quarter of an hour (``TRY_LIMITS``), however many come at once."""
    environment = {**os.environ, "PAWFILE_DATA": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "pawfile.settings"
    for name in ("DATABASE_URL", "SECRET_KEY"):
        environment.pop(name, None)
    made = [sys.executable, "-m", "pawfile.cli", "createadmin", "--email", EMAIL, "--name", "Ada"]
    subprocess.run([*made, "--password", PASSWORD], env=environment, check=True)
    with serving(environment) as server, ThreadPoolExecutor(max_workers=8) as people:
        statuses = list(people.map(lambda number: guess(server.port, number), range(24)))
    assert Counter(statuses) == {200: 10, 429: 14}
