"""What sitters have not read is counted whenever the office comes home: indexes find it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.models import Visit, VisitStatus
from pawfile.schedule.unread import unread_count
from tests.factories import make_service, make_user

HOMES, CHANGES, VISITED = 2_000, 15, 50
KEYS = ("door_code", "parking", "plants")


@pytest.fixture
def office(db: None) -> User:
    """Two thousand homes whose fields changed all the time; fifty are visited this week."""
    sam, service = make_user(Role.SITTER, "Sam"), make_service()
    homes = Client.objects.bulk_create(
        Client(first_name="Cleo", last_name=f"Home {number}", sort_name=f"home {number}")
        for number in range(HOMES)
    )
    pets = Pet.objects.bulk_create(
        Pet(client=home, name="Rex", animal="Dog", sort_name="rex") for home in homes
    )
    tables: list[tuple[Any, Any, tuple[str, ...]]] = [
        (ClientChange, homes, KEYS),
        (PetChange, pets, ("feeding", "medication", "walks")),
    ]
    for changes, records, keys in tables:
        changes.objects.bulk_create(
            (
                changes(record=record, key=keys[number % len(keys)], version=number)
                for number in range(CHANGES)
                for record in records
            ),
            batch_size=2_000,
        )
    at = timezone.now() + timedelta(hours=1)
    Visit.objects.bulk_create(
        Visit(
            client=home, service=service, sitter=sam, status=VisitStatus.ACCEPTED,
            visit_on=at.date(), starts_at=at, ends_at=at + timedelta(hours=1), price=Decimal(20),
        )
        for home in homes[:VISITED]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return make_user(Role.MANAGER, "Mona")


def test_the_count_of_the_unread_reads_no_history_of_homes_that_are_not_visited(
    office: User,
) -> None:
    company = SiteOptions.load()
    with CaptureQueriesContext(connection) as asked:
        assert unread_count(office, company=company) == VISITED
    plans = []
    for query in asked:
        if "change" in query["sql"].partition("WHERE")[2] and "DISTINCT" in query["sql"]:
            explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
            with connection.cursor() as cursor:
                cursor.execute(explain + query["sql"])
                plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    assert len(plans) == 2
    for plan in plans:
        lines = [line.strip(" ->") for line in plan.splitlines()]
        read_whole = ("SCAN profiles_", "Seq Scan on profiles_")
        assert [line for line in lines if line.startswith(read_whole)] == [], plan
        assert [line for line in lines if "_change_by_" in line] != [], plan
