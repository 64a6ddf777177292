"""With very many entries, every question of the log's page is answered from an index."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from pawfile.accounts.models import Role, User
from pawfile.activity.log import SEARCHED, Filters, filtered, log_page
from pawfile.activity.models import Activity, ActivityKind, ActivityQuerySet
from tests.factories import make_user

ENTRIES = 60_000
START = datetime(2026, 1, 1, tzinfo=UTC)
QUERIES: dict[str, dict[str, str]] = {
    "everything": {},
    "kind": {"kind": "vault"},
    "days": {"from": "2026-01-10", "to": "2026-01-12"},
    "kind and days": {"kind": "vault", "from": "2026-01-10"},
    "words": {"q": "thing 7"},
}


@pytest.fixture
def reader(db: None) -> User:
    """In a company of many entries; a few of a rare kind, a few by a rare person."""
    ada, mona = make_user(Role.ADMINISTRATOR, "Ada"), make_user(Role.MANAGER, "Mona")
    kinds = [ActivityKind.OPTION, ActivityKind.FIELD, ActivityKind.USER]
    Activity.objects.bulk_create(
        (
            Activity(
                done_at=START + timedelta(minutes=number),
                by=mona if number % 5_000 == 0 else ada,
                kind=ActivityKind.VAULT if number % 9_000 == 0 else kinds[number % 3],
                about=f"Thing {number}",
                about_folded=f"thing {number}",
            )
            for number in range(ENTRIES)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ada


def scans(rows: ActivityQuerySet) -> list[str]:
    """The lines of the plan that read or sort the whole table, or a good part of it."""
    lines = rows.explain().splitlines()
    if connection.vendor == "sqlite":
        words = ["SCAN activity_activity", "TEMP B-TREE"]
        return [ln for ln in lines if any(w in ln for w in words) and "USING INDEX" not in ln]
    # PostgreSQL may well gather a rare kind's few entries and sort those.
    few = re.compile(r"Sort .*rows=\d{1,3} ")
    words = ["Seq Scan on activity_activity", "Sort  ("]
    return [ln for ln in lines if any(w in ln for w in words) and not few.search(ln)]


def test_no_page_of_the_log_reads_it_all(reader: User) -> None:
    assert scans(Activity.objects.filter(note="x"))  # such a plan would be noticed
    by = {"by": str(reader.pk)}
    asked = QUERIES | {"person": by, "person and kind": by | {"kind": "option"}}
    found = {}
    for name, query in asked.items():
        rows = filtered(Filters.read(query), reader=reader)
        found[name] = scans(rows.order_by("-done_at", "-pk")[:51])
    assert found == {name: [] for name in asked}


def test_rare_entries_are_found_among_very_many(reader: User) -> None:
    mona = User.objects.get(name="Mona")
    rare = log_page(Filters.read({"kind": "vault"}), reader=reader)
    assert [entry.about for entry in rare.rows] == [
        f"Thing {number}" for number in range(54_000, -1, -9_000)
    ]
    both = log_page(Filters.read({"by": str(mona.pk), "kind": "vault"}), reader=reader)
    assert [entry.about for entry in both.rows] == ["Thing 45000", "Thing 0"]


def test_a_search_reads_so_many_and_no_more(reader: User) -> None:
    oldest = ENTRIES - SEARCHED
    found = log_page(Filters.read({"q": f"thing {oldest}"}), reader=reader)
    assert [entry.about for entry in found.rows] == [f"Thing {oldest}"]
    assert log_page(Filters.read({"q": f"thing {oldest - 1}"}), reader=reader).rows == []
