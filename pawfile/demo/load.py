"""Loads invented households by the thousand, with the memory of a few batches."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from time import monotonic

from django.db import connection

from pawfile.demo.crowd import Crowd
from pawfile.demo.dice import Dice
from pawfile.demo.people import Codes, seal_codes
from pawfile.demo.processes import in_order
from pawfile.demo.shape import Circle
from pawfile.demo.tables import Rows, finish, insert, next_id, without_indexes
from pawfile.profiles.models import Client, Pet
from pawfile.search.lookup import learn

BATCH = 1000
#: From so many on, the help of other processes is worth their start.
MANY = 5_000
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a process needs to know to make households."""

    circle: Circle
    seed: int
    first_client: int
    first_pet: int
    as_lines: bool


@dataclass(frozen=True, slots=True)
class Task:
    plan: Plan
    numbers: range
    codes: Codes


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes into each table, in the order of ``Crowd.tables``."""

    parts: Sequence[Rows]
    vocabulary: set[str]


@cache
def crowd_of(plan: Plan) -> Crowd:
    return Crowd(
        plan.circle,
        seed=plan.seed,
        first_client=plan.first_client,
        first_pet=plan.first_pet,
        as_lines=plan.as_lines,
    )


def make(task: Task) -> Batch:
    crowd = crowd_of(task.plan)
    crowd.fill(task.numbers, task.codes)
    vocabulary, crowd.vocabulary = crowd.vocabulary, set()
    return Batch([table.take() for table in crowd.tables], vocabulary)


def load_crowd(circle: Circle, *, count: int, seed: int, say: Say) -> None:
    """Make ``count`` households and load them. To be used inside a transaction."""
    plan = Plan(
        circle=circle,
        seed=seed,
        first_client=next_id(Client),
        first_pet=next_id(Pet),
        as_lines=connection.vendor == "postgresql",
    )
    tables = crowd_of(plan).tables
    names = [table.name for table in tables]
    progress = Progress(count, say)
    vocabulary: set[str] = set()
    with without_indexes(names):
        for batch in batches(plan, count):
            for table, part in zip(tables, batch.parts, strict=True):
                insert(table.name, table.columns, part)
            vocabulary |= batch.vocabulary
            progress.advance(BATCH)
        say_if_many(count, say, "Building the indexes …")
    learn(vocabulary)
    finish([Client, Pet], names)


def batches(plan: Plan, count: int) -> Iterator[Batch]:
    def task(first: int) -> Task:
        codes = seal_codes(Dice(f"codes/{plan.seed}/{first}"))
        return Task(plan, range(first, min(first + BATCH, count)), codes)

    tasks = map(task, range(0, count, BATCH))
    processes = os.cpu_count() or 1
    if count < MANY or processes == 1:
        return map(make, tasks)
    return in_order(make, tasks, processes=processes)


def say_if_many(count: int, say: Say, text: str) -> None:
    if count >= MANY:
        say(text)


class Progress:
    """Says every second how far the work is."""

    def __init__(self, total: int, say: Say) -> None:
        self.total, self.say = total, say
        self.done = 0
        self.started = self.last = monotonic()

    def advance(self, count: int) -> None:
        self.done = min(self.done + count, self.total)
        now = monotonic()
        if now - self.last >= 1:
            self.last = now
            rate = self.done / (now - self.started)
            self.say(f"{self.done:,} of {self.total:,} clients, {rate:,.0f} a second")
