"""What a sitter may see is asked for on every page: with many visits, indexes find it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_service, make_user

HOMES, VISITS, SITTERS = 5_000, 50_000, 50
NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
STATUSES = [
    VisitStatus.COMPLETED,
    VisitStatus.CONFIRMED,
    VisitStatus.ASSIGNED,
    VisitStatus.DECLINED,
]


@pytest.fixture
def sitter(db: None) -> User:
    """One of fifty, in a company with five thousand homes and a year of visits."""
    sitters = [make_user(Role.SITTER, f"Sid {number}") for number in range(SITTERS)]
    homes = Client.objects.bulk_create(
        Client(
            first_name="Cleo",
            last_name=f"Home {number}",
            sort_name=f"home {number}",
            primary_sitter=sitters[(number + 1) % SITTERS] if number % 9 == 0 else None,
        )
        for number in range(HOMES)
    )
    service = make_service()
    Visit.objects.bulk_create(
        (visit_at(number, homes, sitters, service.pk) for number in range(VISITS)),
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sitters[7]


def visit_at(number: int, homes: list[Client], sitters: list[User], service: int) -> Visit:
    """A sitter works for a hundred homes; one visit of a thousand waits for anyone."""
    place = number % HOMES
    is_offer, at = number % 1_000 == 0, NOON + timedelta(minutes=10 * number)
    return Visit(
        client=homes[place],
        service_id=service,
        visit_on=at.date(),
        exact_time=time(12),
        starts_at=at,
        ends_at=at + timedelta(minutes=30),
        sitter=None if is_offer else sitters[place % SITTERS],
        is_for_anyone=is_offer,
        status=VisitStatus.ASSIGNED if is_offer else STATUSES[number // HOMES % len(STATUSES)],
    )


def scans(rows: "QuerySet[Client] | QuerySet[Visit]") -> list[str]:
    """The lines of the plan that read the whole table of visits, row by row."""
    words = ["Seq Scan on schedule_visit"]
    if connection.vendor == "sqlite":  # it says only how the query calls a table
        words = ["SCAN schedule_visit", "SCAN U0", "SCAN V0"]
    lines = rows.explain().splitlines()
    return [line for line in lines if any(w in line for w in words) and "USING" not in line]


def test_no_question_of_a_sitter_reads_all_visits(sitter: User) -> None:
    clients, visits = Client.objects.visible_to(sitter), Visit.objects.visible_to(sitter)
    assert scans(Visit.objects.order_by().filter(note="x"))  # such a plan would be noticed
    for rows in (
        clients.order_by(),
        clients.filter(pk=1),
        visits.order_by(),
        visits.filter(pk=1),
        visits.filter(visit_on=NOON.date()),
        visits.upcoming(NOON),
    ):
        assert scans(rows) == [], rows.explain()
    assert clients.count() == 100 + 5 + 11  # of own visits, of offers, by name
