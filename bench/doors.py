"""``python -m bench.doors``: does the time of an answer tell strangers who has a login?

The real server is started on each database with limits that nobody meets. Then one stranger after
the other gets the same wrong answer at the door: for addresses of staff, of clients, of people who
are not active, never proved their address or have no password, and for addresses of nobody. All
take turns in a new order every round, so that whatever else the machine does meets all alike.

For each kind the distribution is printed, and how often an answer for it takes longer than one for
nobody: 0.500 is a coin. ``nobody again`` is a second set of addresses of nobody: what chance alone
makes of it. A door tells when that share is more than ``ALLOWED`` away from a coin *and* chance
makes it so less than once in a thousand times (Mann-Whitney).
"""

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from math import erfc, sqrt
from statistics import median, quantiles
from time import perf_counter
from types import FrameType
from urllib.parse import urlencode

from bench.processes import ROOT, Environment, Server, company, serving

ALLOWED = 0.1
BY_CHANCE = 0.001
NOBODY = "nobody"
#: Kind → addresses of it. They are made by ``bench.doors_people``.
PEOPLE = {
    kind: [f"{kind.replace(' ', '-')}{number}@doors.test" for number in range(5)]
    for kind in (
        "staff", "client", "inactive", "unproven", "no password", NOBODY, "nobody again",
    )
}  # fmt: skip
WRONG = "a-wrong-password-9"
#: Name → address, what is sent for an e-mail address, and the status of every answer.
Fields = Callable[[str], dict[str, str]]
DOORS: dict[str, tuple[str, Fields, int]] = {
    "sign-in": ("/accounts/login/", lambda email: {"login": email, "password": WRONG}, 200),
    "reset": ("/accounts/reset/", lambda email: {"email": email}, 302),
    "registration": (
        "/register/",
        lambda email: {
            "first_name": "Ann", "last_name": "Bell", "email": email,
            "cell_phone": "(614) 555-0123", "password": "three-quiet-words-9",
        },
        302,
    ),
}  # fmt: skip


@dataclass
class Visitor:
    """A browser with one connection, kept open."""

    connection: http.client.HTTPConnection
    cookies: str = ""
    token: str = ""

    def open(self, path: str) -> bool:
        """Get the page and what its form needs; whether there is such a page."""
        status, headers = self.ask("GET", path)
        cookies: SimpleCookie = SimpleCookie(headers.get("Set-Cookie", ""))
        if status == 200 and "csrftoken" in cookies:
            self.token = cookies["csrftoken"].value
            self.cookies = f"csrftoken={self.token}"
        return status == 200

    def send(self, path: str, fields: Mapping[str, str], *, hoped: int) -> float:
        """Seconds until the whole answer was here."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token})
        started = perf_counter()
        status, _headers = self.ask("POST", path, body)
        took = perf_counter() - started
        if status != hoped:
            raise RuntimeError(f"{path} answered {status}, not {hoped}, to {fields}")
        return took

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, http.client.HTTPMessage]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.connection.request(method, path, body, {"Cookie": self.cookies, **kind})
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, answer.headers


def share_longer(these: list[float], those: list[float]) -> tuple[float, float]:
    """How often one of ``these`` is longer than one of ``those``, and how often chance alone takes
    it so far from a half: the rank test of Mann and Whitney, for many values without ties."""
    ranks = {value: rank for rank, value in enumerate(sorted(these + those), start=1)}
    n, m = len(these), len(those)
    wins = sum(ranks[value] for value in these) - n * (n + 1) / 2
    z = (wins - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return wins / (n * m), erfc(abs(z) / sqrt(2))


def measured(server: Server, door: str, rounds: int) -> dict[str, list[float]]:
    """Kind → seconds of each answer; nothing where the server has no such door."""
    path, fields, hoped = DOORS[door]
    visitor = Visitor(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60))
    if not visitor.open(path):
        return {}
    waits: dict[str, list[float]] = {kind: [] for kind in PEOPLE}
    for number in range(-5, rounds):  # the first rounds only warm up
        for kind in random.sample(list(PEOPLE), len(PEOPLE)):
            email = PEOPLE[kind][number % 5]
            took = visitor.send(path, fields(email), hoped=hoped)
            if number >= 0:
                waits[kind].append(took)
    visitor.connection.close()
    return waits


def table(waits: Mapping[str, list[float]]) -> tuple[list[str], list[str]]:
    """Lines to print, and the kinds that can be told from nobody."""
    lines = [f"  {'':<14}{'n':>5}{'p5':>9}{'p50':>9}{'p95':>9} ms {'longer':>8}{'chance':>8}"]
    told = []
    for kind, found in waits.items():
        steps = [step * 1000 for step in quantiles(found, n=20)]
        line = f"  {kind:<14}{len(found):>5}{steps[0]:>9.2f}{median(found) * 1000:>9.2f}"
        line += f"{steps[-1]:>9.2f}    "
        if kind != NOBODY:
            share, chance = share_longer(found, waits[NOBODY])
            is_told = abs(share - 0.5) > ALLOWED and chance < BY_CHANCE
            told += [kind] if is_told else []
            line += f"{share:>8.3f}{chance:>8.3f}{'  TOLD' if is_told else ''}"
        lines.append(line)
    return lines, told


@contextmanager
def doors_open(database: str) -> Iterator[Server]:
    with company(database, 50, "") as made:
        environment: Environment = {**made, "DJANGO_SETTINGS_MODULE": "bench.doors_settings"}
        command = [sys.executable, "-m", "bench.doors_people"]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        with serving(environment) as server:
            yield server


def stop(number: int, frame: FrameType | None) -> None:
    """Ended from outside: leave through every ``finally``."""
    sys.exit(128 + number)


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    parser = argparse.ArgumentParser(prog="python -m bench.doors", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="answers of each kind")
    parser.add_argument("--door", action="append", choices=DOORS, help="may be repeated")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked = parser.parse_args()
    told = []
    for database in ["sqlite", "postgresql"] if asked.database == "both" else [asked.database]:
        with doors_open(database) as server:
            for door in asked.door or DOORS:
                waits = measured(server, door, asked.rounds)
                lines, found = table(waits) if waits else (["  no such page"], [])
                print("\n".join([f"\n{door} on {database}", *lines]), flush=True)
                told += [f"{door} on {database}: {kind}" for kind in found]
    print("\n".join(["\nTold apart.", *told]) if told else "\nNothing is told apart.")
    return 1 if told else 0


if __name__ == "__main__":
    os.environ.pop("PAWFILE_DATA", None)
    sys.exit(main())
