"""The yardsticks: what a page costs at the very least."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse

from bench import plan
from pawfile.accounts.access import EVERYBODY, Request, allow


@allow(*EVERYBODY)
def bare(request: Request, size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


@allow(*EVERYBODY)
def bare_with_sql(request: Request, key: str, number: int) -> HttpResponse:
    visit = visits()[key][number]
    run([each for each in visit.statements if not each.is_in_transaction])
    writes = [each for each in visit.statements if each.is_in_transaction]
    if writes:
        with transaction.atomic():
            run(writes)
            transaction.set_rollback(True)
    return HttpResponse(b"x" * visit.size)


def run(statements: Iterable[plan.Statement]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each.sql, each.params)
            if cursor.description:
                cursor.fetchall()


@cache
def visits() -> dict[str, list[plan.Visit]]:
    return {page.key: list(page.visits) for page in plan.read(settings.DATA)}
