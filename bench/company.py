"""``python -m bench.company N``: fills the database and writes the plan of the load."""

import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client as Browser

from bench import plan
from bench.forms import read_form
from bench.pages import Kind, kinds
from bench.users import CHANGED
from pawfile.accounts.models import OFFICE, User
from pawfile.demo.fill import fill_demo
from pawfile.server import prepare

#: Opening and closing transactions is the driver's business on both sides.
BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
Statements = list[plan.Statement]


def main(clients: int) -> None:
    prepare()
    fill_demo(clients=clients, seed=1, say=print)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # in a company at work, autovacuum has been there
    office = [signed_in(user) for user in User.objects.active().filter(role__in=OFFICE)]
    folder = settings.DATA
    plan.write([page_of(kind, office) for kind in kinds()], folder)


def signed_in(user: User) -> Browser:
    browser = Browser(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    return browser


def page_of(kind: Kind, office: list[Browser]) -> plan.Page:
    readers = [signed_in(kind.reader)] if kind.reader else office
    visits = []
    for number in range(plan.USERS):
        browser = readers[number % len(readers)]
        path = kind.paths[number % len(kind.paths)]
        visits.append((save if kind.is_save else visit)(browser, path))
    return plan.Page(kind.key, kind.label, kind.is_goal, visits)


def visit(browser: Browser, path: str) -> plan.Visit:
    browser.get(path)  # the second visit finds all caches filled
    answer, statements = taken_down(lambda: browser.get(path))
    return visit_of(browser, path, answer, statements, expected=200)


def save(browser: Browser, path: str) -> plan.Visit:
    fields: dict[str, list[str]] = {}
    for name, value in read_form(browser.get(path).content.decode()):
        fields.setdefault(name, []).append(value)
    fields[CHANGED] = ["The bench was here first."]
    answer, statements = taken_down(lambda: browser.post(path, fields))
    return visit_of(browser, path, answer, statements, expected=302)


def visit_of(
    browser: Browser, path: str, answer: Any, statements: Statements, *, expected: int
) -> plan.Visit:
    if answer.status_code != expected:
        raise RuntimeError(f"{path} answered {answer.status_code}, not {expected}.")
    _bare, common = taken_down(lambda: browser.get("/bench/bare/0/"))
    return plan.Visit(
        path=path,
        session=browser.cookies[plan.COOKIE].value,
        size=len(answer.content),
        queries=len(statements),
        statements=without(statements, common),
    )


def taken_down(ask: Callable[[], HttpResponseBase]) -> tuple[HttpResponseBase, Statements]:
    """What an address answers, and the statements it ran for that."""
    found: Statements = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not sql.startswith(BRACKETS):
            found.append(plan.Statement(sql, params, context["connection"].in_atomic_block))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        return ask(), found


def without(statements: Statements, common: Statements) -> Statements:
    """The statements but those that every signed-in view runs."""
    left, waiting = [], [each.sql for each in common]
    for each in statements:
        if each.sql in waiting:
            waiting.remove(each.sql)
        else:
            left.append(each)
    return left


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
