"""The yardsticks: what a page costs at the very least."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse  # noqa: TID251

from bench import plan
from pawfile.accounts.access import EVERYBODY, Request, allow


@allow(*EVERYBODY)
def bare(request: Request, size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


@allow(*EVERYBODY)
def bare_with_sql(request: Request, key: str, number: int, size: int) -> HttpResponse:
    found = statements()[key][number]
    run([each for each in found if not each.is_in_transaction])
    writes = [each for each in found if each.is_in_transaction]
    if writes:
        with transaction.atomic():
            run(writes)
            transaction.set_rollback(True)
    return HttpResponse(b"x" * size)


def run(found: Iterable[plan.Statement]) -> None:
    with connection.cursor() as cursor:
        for each in found:
            cursor.execute(each.sql, each.params)
            if cursor.description:
                cursor.fetchall()


@cache
def statements() -> plan.Statements:
    return plan.read_statements(settings.DATA)
