"""Fills the database and writes the plan of the load."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client as Browser

from bench import pages, plan, schedule, talk
from bench.custom import add_fields
from bench.forms import read_form
from bench.kind import Kind
from bench.users import CHANGED
from pawfile.accounts.models import OFFICE, User
from pawfile.demo.fill import fill_demo
from pawfile.server import is_empty, prepare

#: Opening and closing transactions is the driver's business on both sides.
BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
#: The pages of the schedule, in a company with a year of visits.
SCHEDULE = "schedule"
Visited = tuple[plan.Visit, list[plan.Statement]]


def make(clients: int, wanted: str, custom: int) -> None:
    """``wanted``: ``goals``, ``all`` or keys of pages with commas between, ``schedule`` first for
    those of the schedule; ``custom``: how many own fields the company has for clients and pets."""
    prepare()
    if is_empty():
        fill_demo(clients=clients, seed=1, say=print)
    if custom:
        add_fields(custom)
    keys = wanted.split(",")
    is_schedule = keys[0] == SCHEDULE
    if is_schedule:
        schedule.fill()
    if wanted in ("goals", "all") or talk.KEYS & set(keys):
        talk.fill()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # in a company at work, autovacuum has been there
    office = [signed_in(user) for user in User.objects.active().filter(role__in=OFFICE)]
    _bare, common = taken_down(lambda: office[0].get("/bench/bare/0/"))
    found, statements = [], {}
    for kind in schedule.kinds() if is_schedule else pages.kinds():
        is_wanted = kind.is_goal if wanted == "goals" else kind.key in keys
        if not is_wanted and wanted not in ("all", SCHEDULE):
            continue
        visited = visits(kind, office)
        own = [visit for visit, _ in visited]
        is_what = kind.is_goal, kind.is_save, kind.is_press
        found.append(plan.Page(kind.key, kind.label, *is_what, kind.goal, own))
        statements[kind.key] = [without(common, asked) for _, asked in visited]
    plan.write(settings.DATA, found, statements)


def signed_in(user: User) -> Browser:
    browser = Browser(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    return browser


def visits(kind: Kind, office: list[Browser]) -> list[Visited]:
    """A visit for each user. Addresses and readers take turns; what comes again is looked up."""
    readers = [signed_in(kind.reader)] if kind.reader else office
    ask = save if kind.is_save else press if kind.is_press else view
    readers[0].get(kind.paths[0])  # fills the caches
    known: dict[tuple[int, int], Visited] = {}
    found = []
    for number in range(plan.USERS):
        turn = number % len(readers), number % len(kind.paths)
        if turn not in known:
            browser, path = readers[turn[0]], kind.paths[turn[1]]
            known[turn] = ask(browser, path)
        found.append(known[turn])
    return found


def view(browser: Browser, path: str) -> Visited:
    answer, statements = taken_down(lambda: browser.get(path))
    return visited(browser, path, answer, statements, expected=200)


def press(browser: Browser, path: str) -> Visited:
    browser.post(path)
    answer, statements = taken_down(lambda: browser.post(path, headers={"HX-Request": "true"}))
    return visited(browser, path, answer, statements, expected=200)


def save(browser: Browser, path: str) -> Visited:
    fields: dict[str, list[str]] = {}
    for name, value in read_form(browser.get(path).content.decode()):
        fields.setdefault(name, []).append(value)
    fields[CHANGED] = ["The bench was here first."]
    answer, statements = taken_down(lambda: browser.post(path, fields))
    return visited(browser, path, answer, statements, expected=302)


def visited(
    browser: Browser, path: str, answer: Any, statements: list[plan.Statement], *, expected: int
) -> Visited:
    if answer.status_code != expected:
        form = (answer.context or {}).get("form")
        wrong = form.errors.as_json() if form else ""
        raise RuntimeError(f"{path} answered {answer.status_code}, not {expected}. {wrong}")
    session = browser.cookies[plan.COOKIE].value
    return plan.Visit(path, session, len(answer.content), len(statements)), statements


def taken_down(ask: Callable[[], Any]) -> tuple[Any, list[plan.Statement]]:
    """What an address answers, and the statements it ran for that."""
    found: list[plan.Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not sql.startswith(BRACKETS):
            found.append(plan.Statement(sql, params, context["connection"].in_atomic_block))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        return ask(), found


def without(common: list[plan.Statement], found: list[plan.Statement]) -> list[plan.Statement]:
    """The statements but those that every signed-in view runs."""
    left, waiting = [], [each.sql for each in common]
    for each in found:
        if each.sql in waiting:
            waiting.remove(each.sql)
        else:
            left.append(each)
    return left
