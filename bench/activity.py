"""``python -m bench.activity``: the activity log with a million entries.

Says for the first page, pages deep in it and every filter how long the whole answer takes, what its
slowest statement takes, and with ``--plans`` how the database answers that.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench.__main__ import DATABASES
from bench.processes import ROOT, company

ENTRIES = 1_000_000
TIMES = 5
FIRST = date(2024, 1, 1)
#: A minute lies between one entry and the next.
MINUTE = {
    "sqlite": f"datetime('{FIRST}', n || ' minutes')",
    "postgresql": f"TIMESTAMPTZ '{FIRST} 00:00+00' + n * INTERVAL '1 minute'",
}
#: Of every 100,000 entries one is of a rare kind, another by a rare person.
FILL = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})
INSERT INTO activity_activity
(done_at, by_id, by_name, kind, key, about, about_folded, old_text, new_text, note)
SELECT {at}, CASE WHEN n % 100000 = 7 THEN {rare} ELSE {often} END, '',
CASE WHEN n % 100000 = 9 THEN 'vault' WHEN n % 3 = 0 THEN 'visit' WHEN n % 3 = 1 THEN 'user'
ELSE 'access' END, '', 'Thing ' || n, 'thing ' || n, 'before', 'after', '' FROM numbers
"""


def measure(*, shows_plans: bool) -> None:
    """In the database of the environment."""
    from django.db import connection

    from bench.company import signed_in, taken_down
    from pawfile.accounts.models import User

    administrator, rare = User.objects.filter(role="administrator")[0], User.objects.sitters()[0]
    begun = perf_counter()
    with connection.cursor() as cursor:
        at = MINUTE[connection.vendor]
        cursor.execute(FILL.format(count=ENTRIES, at=at, rare=rare.pk, often=administrator.pk))
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(f"{connection.vendor}: {ENTRIES:,} entries in {perf_counter() - begun:.0f} s", flush=True)
    browser = signed_in(administrator)
    print(f"{'':24} queries  whole ms  work ms  slowest ms")
    for label, query in asked(administrator.pk, rare.pk):
        waits, works = [], []
        browser.get("/activity/", query)
        for _time in range(TIMES):
            began, work = perf_counter(), process_time()
            answer = browser.get("/activity/", query)
            waits.append((perf_counter() - began) * 1000)
            works.append((process_time() - work) * 1000)
            assert answer.status_code == 200
        _answer, statements = taken_down(lambda query=query: browser.get("/activity/", query))
        own = [each for each in statements if "activity_activity" in each.sql]
        slowest = max((taken(each), number) for number, each in enumerate(own))
        rows = answer.content.count(b"data-activity=")
        print(
            f"{label:24} {len(statements):7} {median(waits):9.1f} {median(works):8.1f}"
            f" {slowest[0]:11.1f}   {rows} rows",
            flush=True,
        )
        if shows_plans:
            for each in own:
                print("\n".join(f"    {line}" for line in plan_of(each)))


def asked(often: int, rare: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the page can be asked for."""
    from pawfile.activity.models import Activity
    from pawfile.lib.paging import write_cursor

    rows = Activity.objects.order_by("done_at", "pk")
    deep = write_cursor(rows[ENTRIES // 2], "done_at", backwards=False)
    days = {"from": FIRST + timedelta(days=300), "to": FIRST + timedelta(days=302)}
    yield "first page", {}
    yield "deep page", {"at": deep}
    yield (
        "deep page, backwards",
        {"at": write_cursor(rows[ENTRIES // 2], "done_at", backwards=True)},
    )
    yield "last page", {"at": "last"}
    yield "kind, common", {"kind": "visit"}
    yield "kind, common, deep", {"kind": "visit", "at": deep}
    yield "kind, rare", {"kind": "vault"}
    yield "kind, none", {"kind": "price"}
    yield "person, common", {"by": often}
    yield "person, common, deep", {"by": often, "at": deep}
    yield "person, rare", {"by": rare}
    yield "person, none", {"by": 999_999}
    yield "person and kind", {"by": often, "kind": "visit"}
    yield "person and kind, rare", {"by": rare, "kind": "vault"}
    yield "days", days
    yield "from a day on", {"from": FIRST}
    yield "to an old day", {"to": FIRST + timedelta(days=3)}
    yield "days, common kind", {**days, "kind": "visit"}
    yield "days, rare kind", {**days, "kind": "vault"}
    yield "days, rare person", {**days, "by": rare}
    yield "days, person and kind", {**days, "by": often, "kind": "visit"}
    yield "word, common", {"q": "thing"}
    yield "word, none", {"q": "nothing of it"}
    yield "word, none, deep", {"q": "nothing of it", "at": deep}
    yield "word and common kind", {"q": "nothing of it", "kind": "visit"}
    yield "word and rare kind", {"q": "thing", "kind": "vault"}
    yield "word and person", {"q": "nothing of it", "by": often}
    yield "word and days", {"q": "nothing of it", **days}
    yield "everything at once", {"q": "nothing", **days, "by": often, "kind": "visit"}


def taken(statement: Any) -> float:
    """Milliseconds of a plain cursor that fetches every row."""
    from django.db import connection

    with connection.cursor() as cursor:
        began = perf_counter()
        cursor.execute(statement.sql, statement.params)
        cursor.fetchall()
        return (perf_counter() - began) * 1000


def plan_of(statement: Any) -> list[str]:
    from django.db import connection

    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement.sql}", statement.params)
        return [str(row[-1]) for row in cursor.fetchall()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.activity", description=__doc__)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--plans", action="store_true")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        import django

        django.setup()
        measure(shows_plans=given.plans)
        return
    for database in DATABASES if given.database == "both" else [given.database]:
        with company(database, 50, "first") as environment:
            command = [sys.executable, "-m", "bench.activity", "--here"]
            command += ["--plans"] if given.plans else []
            subprocess.run(command, env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
