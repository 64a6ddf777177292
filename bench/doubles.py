"""``python -m bench.doubles``: how long the search for doubles in the whole book takes.

The yardstick, taken in the same run by the same process: a plain cursor that fetches the same
columns of clients and pets twice, once to see who shares something and once to compare. What is
above it is what Python makes of each client. The goal is a minute and 300 MB at 100,000 clients, on
a machine that has nothing else to do: on a busy one look at the processor time.
"""

import argparse
import json
import resource
import subprocess
import sys
from statistics import median
from time import perf_counter, process_time
from typing import Any

import django

from bench.__main__ import DATABASES
from bench.processes import ROOT, company

CLIENTS, SECONDS, MEMORY = 100_000, 60, 300
ROUNDS = 3


def read_raw() -> int:
    """The columns that the search looks at, of every client and pet; how many rows."""
    from django.db import connection

    from pawfile.profiles.likeness import TELLING
    from pawfile.profiles.models import Client, Pet

    count = 0
    rows = (
        Client.objects.order_by("pk").values_list("pk", *TELLING, "phones_e164"),
        Pet.objects.order_by("pk").values_list("client_id", "name", "breed", "active"),
    )
    with connection.cursor() as cursor:
        for each in rows:
            cursor.execute(*each.query.sql_with_params())
            while chunk := cursor.fetchmany(1000):
                count += len(chunk)
    return count


def timed(act: Any) -> tuple[float, float]:
    begun, worked = perf_counter(), process_time()
    act()
    return perf_counter() - begun, process_time() - worked


def inside() -> None:
    """In the company of the environment: search, then the yardstick, in turn."""
    django.setup()
    from pawfile.doubles.finding import compare, keep_pairs, shared_by
    from pawfile.doubles.models import Pair
    from pawfile.profiles.models import Client

    def search() -> None:
        _count, shared = shared_by()
        keep_pairs(compare(shared))

    searches, readings = [], []
    for _round in range(ROUNDS):
        searches.append(timed(search))
        readings.append(timed(lambda: (read_raw(), read_raw())))
    told = {
        "clients": Client.objects.count(),
        "pairs": Pair.objects.count(),
        "seconds": median(took for took, _work in searches),
        "work": median(work for _took, work in searches),
        "yardstick": median(took for took, _work in readings),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(f"{json.dumps(told)}\n")


def measure(database: str, clients: int) -> bool:
    """Print the line of a database; whether the goals are met."""
    with company(database, clients, "first") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "bench.doubles", "inside"],
            env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    is_met = found["seconds"] <= SECONDS and found["memory"] <= MEMORY
    print(
        f"{database:10} {found['clients']:,} clients, {found['pairs']:,} pairs: "
        f"{found['seconds']:.1f} s (goal {SECONDS}), {found['work']:.1f} s of processor time; "
        f"yardstick {found['yardstick']:.1f} s, {found['seconds'] / found['yardstick']:.1f} times; "
        f"{found['memory']:.0f} MB (goal {MEMORY})  {'met' if is_met else 'MISSED'}",
        flush=True,
    )
    return is_met


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.doubles", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["inside"], help=argparse.SUPPRESS)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked = parser.parse_args()
    if asked.what:
        inside()
        return 0
    databases = DATABASES if asked.database == "both" else [asked.database]
    missed = [each for each in databases if not measure(each, asked.clients)]
    print(f"Goals missed: {', '.join(missed)}." if missed else "Every goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
