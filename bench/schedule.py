"""A year of a big company's visits, and the pages that show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from bench.kind import Kind
from pawfile.accounts.models import User
from pawfile.demo.visits import BLOCKS, SERVICES, make_service
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import Status
from pawfile.schedule.generating import company_today, extend_series
from pawfile.schedule.models import AssignTo, Series, Service, TimeBlock, Visit, VisitStatus
from pawfile.schedule.times import span_of

#: Days before and after today, visits a day, and by how many sitters for how many homes.
BEFORE, AFTER, A_DAY, SITTERS, HOMES = 182, 182, 1000, 150, 5000
SERIES = 2000
#: The day view's goal is stricter than that of other pages.
DAY_GOAL = 2.0
DAY = timedelta(days=1)


def kinds() -> Iterator[Kind]:
    """The pages of the schedule whose speed is promised."""
    today = company_today(SiteOptions.load())
    schedule = reverse("schedule")
    days = [(today + DAY * number).isoformat() for number in range(8)]
    sitter = User.objects.filter(visits__isnull=False).order_by("pk")[0]
    home = Client.objects.filter(visits__isnull=False, logins__isnull=False).order_by("pk")[0]
    login = home.logins.all()[0]

    def of_days(view: str) -> list[str]:
        return [f"{schedule}?view={view}&on={day}" for day in days]

    yield Kind("day", "schedule, day of 1,000", of_days("day"), is_goal=True, goal=DAY_GOAL)
    yield Kind("week", "schedule, week of 7,000", of_days("week"), is_goal=True)
    yield Kind("month", "schedule, month", of_days("month"), is_goal=True)
    yield Kind("visits", "schedule, table", of_days("table"), is_goal=True)
    mine = reverse("my_schedule")
    yield Kind("mine", "My Schedule, sitter", [mine], is_goal=True, reader=sitter)
    yield Kind("own", "My Schedule, client", [mine], is_goal=True, reader=login)
    request = reverse("visit_request")
    yield Kind("request", "a client's request", [request], is_goal=True, reader=login)


def fill() -> None:
    """Visits of every kind of state, a thousand a day for a year, and ongoing series."""
    zone = ZoneInfo(SiteOptions.load().time_zone)
    blocks = {
        name: TimeBlock.objects.create(name=name, start=start, end=end, is_overnight=is_overnight)
        for name, start, end, is_overnight in BLOCKS
    }
    services = [make_service(blocks, row) for row in SERVICES]
    sitters = list(User.objects.sitters().order_by("pk").values_list("pk", flat=True)[:SITTERS])
    homes = homes_with_pets()
    join(next(iter(homes)))
    today = timezone.localdate(timezone=zone)
    plan = Plan(list(homes), sitters, services, list(blocks.values())[:3], today, zone)
    for number in range(-BEFORE, AFTER + 1):
        with transaction.atomic():
            visits = Visit.objects.bulk_create(plan.day(today + DAY * number), batch_size=1000)
            through = Visit.pets.through
            through.objects.bulk_create(
                [through(visit_id=each.pk, pet_id=homes[each.client_id]) for each in visits],
                batch_size=1000,
            )
    ongoing = [plan.series(number) for number in range(SERIES)]
    Series.objects.bulk_create(ongoing, batch_size=1000)


def homes_with_pets() -> dict[int, int]:
    """Active client → one of the pets."""
    pets = Pet.objects.filter(active=True, client__status=Status.ACTIVE).order_by("client", "pk")
    found: dict[int, int] = {}
    for client, pet in pets.values_list("client", "pk").iterator():
        if len(found) == HOMES:
            break
        found.setdefault(client, pet)
    return found


def join(home: int) -> None:
    """One home has a login, so that a client's pages can be asked for."""
    client = Client.objects.get(pk=home)
    if not client.logins.exists():
        user = User.objects.create_user(
            "own@bench.test", "paws-and-tails", name="Own", role="client"
        )
        client.logins.add(user)


@dataclass(frozen=True, slots=True)
class Plan:
    homes: list[int]
    sitters: list[int]
    services: list[Service]
    blocks: list[TimeBlock]
    today: date
    zone: ZoneInfo

    def day(self, day: date) -> list[Visit]:
        spans = [
            span_of(visit_on=day, block=block, exact_time=None, minutes=30, zone=self.zone)
            for block in self.blocks
        ]
        return [self.visit(day, number, spans[number % len(spans)]) for number in range(A_DAY)]

    def visit(self, day: date, number: int, span: tuple[object, object]) -> Visit:
        service = self.services[number % 3]
        status = self.status(day, number)
        is_open = status == VisitStatus.ASSIGNED and number % 2 == 0
        return Visit(
            client_id=self.homes[(number + day.toordinal() * 37) % len(self.homes)],
            service=service,
            visit_on=day,
            block=self.blocks[number % len(self.blocks)],
            starts_at=span[0],
            ends_at=span[1],
            sitter_id=None if is_open else self.sitters[number % len(self.sitters)],
            status=status,
            price=service.price,
        )

    def status(self, day: date, number: int) -> VisitStatus:
        if number % 25 == 7:
            return VisitStatus.CANCELED
        if day < self.today:
            return VisitStatus.COMPLETED
        return VisitStatus.ASSIGNED if number % 10 == 3 else VisitStatus.ACCEPTED

    def series(self, number: int) -> Series:
        return Series(
            client_id=self.homes[number],
            service=self.services[number % 3],
            block=self.blocks[number % len(self.blocks)],
            rule="FREQ=DAILY",
            starts_on=self.today,
            generated_until_on=self.today + DAY * 60,
            assign_to=AssignTo.PRIMARY,
        )


@dataclass(frozen=True, slots=True)
class Extended:
    """Extending the ongoing series by a day, beside the bare writing of as many rows."""

    made: int
    seconds: float
    work: float
    bare_seconds: float
    bare_work: float

    def text(self) -> str:
        return (
            f"{SERIES:,} series extended by a day: {self.made:,} visits in {self.seconds:.2f} s"
            f" ({self.work:.2f} s of this program's processor); as many rows written by a plain"
            f" cursor {self.bare_seconds:.2f} s ({self.bare_work:.2f} s):"
            f" {self.seconds / self.bare_seconds:.1f} times"
        )


def extend() -> Extended:
    """What the worker does once a day; and the rows it made, written again and rolled back."""
    today = company_today(SiteOptions.load()) + DAY
    last = Visit.objects.order_by("-pk")[0].pk
    began, work = perf_counter(), process_time()
    made = extend_series(today=today)
    taken, worked = perf_counter() - began, process_time() - work
    rows = list(Visit.objects.filter(pk__gt=last).values_list())
    columns = [field.column for field in Visit._meta.concrete_fields]
    began, work = perf_counter(), process_time()
    write_again(columns, rows)
    return Extended(made, taken, worked, perf_counter() - began, process_time() - work)


def write_again(columns: list[str], rows: list[tuple[object, ...]]) -> None:
    """As plain SQL, in batches of 100 rows a statement, as a program without an ORM would."""
    names = ", ".join(f'"{column}"' for column in columns[1:])
    hole = f"({', '.join(['%s'] * (len(columns) - 1))})"
    waiting = iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while chunk := list(islice(waiting, 100)):
            values = [plain(value) for row in chunk for value in alone(row, columns)]
            holes = ", ".join([hole] * len(chunk))
            cursor.execute(f'INSERT INTO "schedule_visit" ({names}) VALUES {holes}', values)
        transaction.set_rollback(True)


def alone(row: tuple[object, ...], columns: list[str]) -> list[object]:
    """Without its id and its series: a day of a series is there only once."""
    return [
        None if column == "series_id" else value
        for column, value in zip(columns[1:], row[1:], strict=True)
    ]


def plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value
