"""A profile with very many changes: its marks are counted in an index, without their texts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from pawfile.accounts.models import User
from pawfile.history.marks import counting, mark_seen, marks_of
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange

CHANGES, FIELDS = 5_000, ("parking", "lights", "plants", "mail")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def busy_home(cleos_home: Client) -> Client:
    ClientChange.objects.bulk_create(
        ClientChange(
            record=cleos_home,
            key=FIELDS[number % len(FIELDS)],
            old_text="Before " * 20,
            new_text="After " * 20,
            changed_at=NOW - timedelta(minutes=number),
            version=1,
        )
        for number in range(CHANGES)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cleos_home


def test_each_field_counts_all_its_changes_and_is_new_until_looked_at(
    busy_home: Client, mona: User
) -> None:
    mark_seen(busy_home, "lights", reader=mona)
    found = marks_of(Client, [busy_home.pk], reader=mona, keys=FIELDS, days=0)[busy_home.pk]
    share = CHANGES // len(FIELDS)
    assert {key: (mark.count, mark.is_new) for key, mark in found.items()} == {
        key: (share, key != "lights") for key in FIELDS
    }


@pytest.mark.parametrize("has_start", [False, True])
def test_the_changes_are_counted_in_an_index_alone(
    busy_home: Client, mona: User, has_start: bool
) -> None:
    start = [connection.ops.adapt_datetimefield_value(NOW - timedelta(days=30))]
    values = [mona.pk, busy_home.pk, *(start if has_start else []), mona.pk]
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not is_sqlite:  # what a VACUUM, impossible within a test, would have found
            cursor.execute(
                "UPDATE pg_class SET relallvisible = relpages"
                " WHERE relname = 'profiles_clientchange'"
            )
            for way in ("seqscan", "bitmapscan"):  # one home alone fills the table
                cursor.execute(f"SET LOCAL enable_{way} = off")
        explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        cursor.execute(
            explain + counting(ClientChange, 1, has_start=has_start, is_whole=True), values
        )
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    way = "COVERING INDEX" if is_sqlite else "Index Only Scan using"
    assert f"{way} client_change_by_field" in plan
    assert "TEMP B-TREE" not in plan


def test_what_a_pet_left_behind_is_looked_for_in_an_index_too(rex: Pet, sam: User) -> None:
    PetChange.objects.bulk_create(
        PetChange(record=rex, key=key, changed_at=NOW - timedelta(minutes=number), version=1)
        for number in range(1_000)
        for key in FIELDS
    )
    values = [sam.pk, rex.pk, sam.pk]
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if not is_sqlite:
            cursor.execute("SET LOCAL enable_seqscan = off")  # one pet alone fills the table
        explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        cursor.execute(explain + counting(PetChange, 1, has_start=False, is_whole=False), values)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "SCAN beginning" not in plan
    assert "Seq Scan" not in plan
    assert plan.count("pet_change_by_") == 2
