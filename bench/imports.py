"""``python -m bench.imports``: how many rows a second an import looks at, writes and finds again.

A file of clients with their pets, one row a pet, is previewed, imported and imported once more into
an empty company; each time by a process of its own, whose memory is taken down too, with that of
the process that reads the file for it. ``--rows 1000000 --only preview`` tries a long file.

The goals are for a machine that has nothing else to do. On a busy one look at the rows a second of
the importing process's own processor time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.__main__ import DATABASES
from bench.processes import ROOT, Environment, url_of

MEMORY = 300
"""MB that a process may take, however long the file is."""


@dataclass(frozen=True, slots=True)
class Phase:
    key: str
    label: str
    goal: int
    """Rows a second, on PostgreSQL."""


PHASES = (
    Phase("preview", "preview", 1500),
    Phase("run", "run", 800),
    Phase("again", "the same again", 3000),
)


def in_a_company(command: list[str], environment: Environment) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.import_phase", *command],
        env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout.strip().rpartition("\n")[2]


def measure(database: str, rows: int, wanted: str) -> bool:
    """Print a line a phase; whether the goals are met."""
    is_met = True
    with tempfile.TemporaryDirectory(prefix="pawfile-bench-") as folder, url_of(database, 0) as url:
        environment = {
            **os.environ,
            "PAWFILE_DATA": folder,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        for name in ("SECRET_KEY", "PAWFILE_DEBUG", "PAWFILE_HTTPS", "ALLOWED_HOSTS"):
            environment.pop(name, None)
        path = str(Path(folder) / "clients-and-pets.csv")
        in_a_company(["make", path, str(rows)], environment)
        for phase in PHASES:
            if wanted not in ("", phase.key):
                continue
            found: dict[str, Any] = json.loads(in_a_company([phase.key, path], environment))
            a_second = found["rows"] / found["seconds"]
            is_good = a_second >= phase.goal and found["memory"] <= MEMORY
            is_met &= is_good
            print(
                f"{database:10} {phase.label:15} {found['rows']:9,} rows {found['seconds']:7.1f} s "
                f"{a_second:7,.0f} a second (goal {phase.goal:,})  "
                f"{found['rows'] / found['work']:7,.0f} a second of its processor time  "
                f"{found['memory']:4.0f} MB, reader {found['reader']:4.0f} MB  "
                f"{'met' if is_good else 'MISSED'}   {found['outcomes']}",
                flush=True,
            )
    return is_met


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--only", choices=[phase.key for phase in PHASES], default="")
    asked = parser.parse_args()
    databases = DATABASES if asked.database == "both" else [asked.database]
    missed = [each for each in databases if not measure(each, asked.rows, asked.only)]
    print(f"Goals missed: {', '.join(missed)}." if missed else "Every goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
