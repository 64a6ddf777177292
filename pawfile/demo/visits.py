"""Services, time blocks and visits around today for the hand-written households."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import cast

from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.demo.build import COMPANY_ZONE, Book
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import Status
from pawfile.schedule.actions.moves import accept_visit, arrive, cancel_visit, complete
from pawfile.schedule.actions.visits import add_visit
from pawfile.schedule.models import AssignTo, Service, TimeBlock, Visit, VisitStatus

BLOCKS = (
    ("Morning", time(7), time(10), False),
    ("Midday", time(11), time(14), False),
    ("Evening", time(17), time(20), False),
    ("Overnight", time(20), time(7), True),
)
SERVICES = (
    ("Dog walk 30", "Dog walk", "22.00", 30, ("Morning", "Midday", "Evening")),
    ("Dog walk 60", "Long dog walk", "35.00", 60, ("Morning", "Midday", "Evening")),
    ("Cat visit", "Cat visit", "20.00", 30, ("Morning", "Evening")),
    ("Overnight stay", "Overnight stay", "95.00", 660, ("Overnight",)),
    ("Meet and greet", "", "0.00", 45, ("Midday", "Evening")),
)
#: Homes that have visits, and how many days before and after today.
HOMES, BEFORE, AFTER = 12, 6, 12


def make_visits(book: Book) -> None:
    """Visits of regular clients by their primary sitters: done, under way, to come, called off."""
    blocks = {
        name: TimeBlock.objects.create(name=name, start=start, end=end, is_overnight=is_overnight)
        for name, start, end, is_overnight in BLOCKS
    }
    services = [make_service(blocks, each) for each in SERVICES]
    office = book.company.users["manager"]
    today = timezone.localdate(book.company.now, COMPANY_ZONE)
    regulars = [
        client
        for client in book.clients.values()
        if client.status == Status.ACTIVE
        and client.primary_sitter
        and client.primary_sitter.is_active
    ]
    for number, client in enumerate(regulars[:HOMES]):
        service = services[number % 3]
        offered = list(service.blocks.all())
        for day in range(-BEFORE, AFTER + 1, 1 + number % 3):
            block = offered[(number + day) % len(offered)]
            made = add_visit(
                client=client,
                pets=client.pets.filter(active=True),
                service=service,
                visit_on=today + timedelta(days=day),
                block=block,
                assign_to=AssignTo.PRIMARY,
                by=office,
            )
            tell_on(made, number, day, office)
    if regulars:
        ask_and_train(regulars[0], services, today, office)


def make_service(
    blocks: dict[str, TimeBlock], row: tuple[str, str, str, int, tuple[str, ...]]
) -> Service:
    name, client_name, price, minutes, offered = row
    service = Service.objects.create(
        name=name, client_name=client_name, price=Decimal(price), minutes=minutes
    )
    service.blocks.set([blocks[each] for each in offered])
    return service


def tell_on(visit: Visit, number: int, day: int, office: User) -> None:
    """What became of it by now: past ones are done, some of the next wait for their sitter."""
    sitter = cast(User, visit.sitter)
    if (number + day) % 9 == 0:
        cancel_visit(visit=visit, reason="Back from holiday early.", by=office)
    elif day < 4 or number % 2:
        accept_visit(visit=visit, by=sitter)
        if day < 0:
            complete(visit=visit, by=sitter)
            # Done on its day, not while the demo was made.
            Visit.objects.filter(pk=visit.pk).update(completed_at=visit.ends_at)
        elif day == 0 and number == 0:
            arrive(visit=visit, by=sitter)


def ask_and_train(client: Client, services: list[Service], today: date, office: User) -> None:
    """A request that waits for the office, and a first meeting."""
    login = client.logins.first()
    add_visit(
        client=client,
        pets=client.pets.filter(active=True),
        service=services[1],
        visit_on=today + timedelta(days=9),
        exact_time=time(16, 30),
        status=VisitStatus.REQUESTED,
        by=login or office,
    )
    add_visit(
        client=client,
        pets=[],
        service=services[4],
        visit_on=today + timedelta(days=2),
        exact_time=time(18),
        is_training=True,
        note="Shows the new sitter where the leashes hang.",
        by=office,
    )
