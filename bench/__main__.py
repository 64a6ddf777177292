"""``python -m bench``; what it measures and why so stands in the package's docstring."""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from bench import compare, plan, report
from bench.measure import ROUNDS, measured
from bench.processes import company, extended, serving
from bench.report import Report

DATABASES = ("sqlite", "postgresql")


def arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--clients", type=int, default=int(os.environ.get("N") or 10_000))
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--all", action="store_true", help="other pages too, not only the promised")
    parser.add_argument("--schedule", action="store_true", help="only the schedule's pages")
    parser.add_argument("--page", action="append", help="only this page; may be repeated")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--custom", type=int, default=0, help="fields of its own per subject")
    parser.add_argument(
        "--compare-custom", type=int, metavar="N", help="only: N such fields against none"
    )
    parser.add_argument("--out", type=Path, help="folder for bench.json and bench.txt")
    return parser.parse_args()


def measure(database: str, asked: Any) -> Report:
    found = Report(database, asked.clients, asked.rounds)
    pages = asked.page or []
    if asked.schedule:
        pages = ["schedule", *pages]
    wanted = ",".join(pages) or ("all" if asked.all else "goals")
    with (
        company(database, asked.clients, wanted, asked.custom) as environment,
        serving(environment) as server,
    ):
        for page in plan.read_pages(environment["PAWFILE_DATA"]):
            print(f"  {page.label} …", file=sys.stderr, flush=True)
            line, users = measured(page, server=server, rounds=asked.rounds)
            found.lines.append(line)
            found.users.add(users)
        found.memory = server.memory()
        if asked.schedule:
            found.more.append(extended(environment))
    return found


def compare_custom(asked: Any) -> int:
    missed = False
    for database in DATABASES if asked.database == "both" else [asked.database]:
        lines = compare.compare(database, asked.clients, asked.compare_custom, asked.rounds)
        print(f"\n{database}, {asked.clients:,} clients, 0 → {asked.compare_custom} own fields")
        print("\n".join([compare.HEAD, *(line.text() for line in lines)]), flush=True)
        missed |= not all(line.is_met for line in lines)
    print(f"Goal: {compare.GOAL:g} times and the same queries. {'MISSED' if missed else 'Met'}.")
    return 1 if missed else 0


def stop(number: int, frame: FrameType | None) -> None:
    """Ended from outside: leave through every ``finally``."""
    sys.exit(128 + number)


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    asked = arguments()
    if asked.compare_custom:
        return compare_custom(asked)
    reports = []
    for database in DATABASES if asked.database == "both" else [asked.database]:
        print(f"{database}: making a company of {asked.clients:,} clients", flush=True)
        done = measure(database, asked)
        reports.append(done)
        print(f"\n{done.text()}\n", flush=True)
    if asked.out:
        report.write(reports, asked.out)
    missed = [f"{done.database}: {', '.join(done.missed)}" for done in reports if done.missed]
    print("\n".join(["Goals missed.", *missed]) if missed else "Every goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
