"""``python -m bench.rotation``: 100,000 secrets sealed with a new key while people use the book.

Says how long it takes, and how long a client's profile and the saving of one take before and
meanwhile, with two users who ask without a pause.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping
from statistics import median, quantiles
from time import perf_counter

from bench import plan
from bench.__main__ import DATABASES
from bench.load import User, drive
from bench.processes import ROOT, Server, company, serving
from bench.users import users

SECRETS = 100_000
#: How many each client gets.
EACH = 7
ASKING = 2
FILL = f"""
import django; django.setup()
from pawfile.lib.columns import SecretField, key_ring
from pawfile.profiles.models import Client
keys = [field.name for field in Client._meta.get_fields() if isinstance(field, SecretField)]
assert len(keys) == {EACH}
clients = list(Client._base_manager.only("pk", *keys))
for number, client in enumerate(clients):
    for key in keys:
        setattr(client, key, key_ring().seal(f"{{number:04}}#"))
Client._base_manager.bulk_update(clients, keys, batch_size=500)
"""
COUNT = """
import django; django.setup()
from pawfile.access.actions.rotation import secrets_by_key
print(dict(secrets_by_key()))
"""


def python(program: str, environment: Mapping[str, str]) -> str:
    return said([sys.executable, "-c", program], environment)


def said(command: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def asking(server: Server, folder: str) -> dict[str, list[User]]:
    """Label of a page → who asks for it."""
    return {
        page.label: users(page, [visit.path for visit in page.visits], port=server.port)[:ASKING]
        for page in plan.read_pages(folder)
    }


def measure(database: str) -> None:
    with company(database, SECRETS // EACH + 1, "profile,save") as environment:
        python(FILL, environment)
        with serving(environment) as server:
            people = asking(server, environment["PAWFILE_DATA"])
            waits: dict[str, list[float]] = {label: [] for label in people}
            for label, who in people.items():
                drive(who, port=server.port, requests=20)
                quiet = drive(who, port=server.port, requests=100).waits
                print(f"{database}, before, {label}: {times(quiet)}", flush=True)
            begun = perf_counter()
            rotation = subprocess.Popen(
                [sys.executable, "-m", "pawfile.cli", "rotate-keys"],
                env=environment, cwd=ROOT, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            while rotation.poll() is None:
                for label, who in people.items():
                    waits[label] += drive(who, port=server.port, requests=4).waits
            seconds = perf_counter() - begun
            if rotation.returncode:
                raise RuntimeError(f"The rotation ended with {rotation.returncode}.")
        for label, each in waits.items():
            print(f"{database}, meanwhile, {label}: {times(each)}")
        print(
            f"{database}: rotated in {seconds:.1f} s; secrets by key {python(COUNT, environment)}"
        )


def times(waits: list[float]) -> str:
    p50, p95, longest = (
        round(each * 1000) for each in (median(waits), quantiles(waits, n=20)[18], max(waits))
    )
    return f"{len(waits)} answers, p50 {p50} ms, p95 {p95} ms, longest {longest} ms"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rotation", description=__doc__)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked = parser.parse_args()
    for database in DATABASES if asked.database == "both" else [asked.database]:
        measure(database)


if __name__ == "__main__":
    main()
