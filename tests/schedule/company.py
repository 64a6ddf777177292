"""A small pet-sitting company that anything can be done to, and a plain book beside it.

The book knows every visit as it was after the last step; ``compare`` says what must never happen
between two steps, the invariants what must hold after each.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client as Browser
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
)

from pawfile.accounts.models import Role, User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.actions import moves
from pawfile.schedule.actions.series import add_series
from pawfile.schedule.actions.visits import add_visit
from pawfile.schedule.generating import company_today
from pawfile.schedule.models import (
    MOVES,
    OFF,
    AssignTo,
    Service,
    Visit,
    VisitStatus,
)
from pawfile.schedule.recurrence import Every, Repeat
from tests.factories import make_client, make_pet, make_service, make_user

S = VisitStatus
DAY = timedelta(days=1)
START = datetime(2028, 1, 20, 17, tzinfo=UTC)
LOOKAHEAD = 12
REFUSED = (ValidationError, StaleRecordError, PermissionDenied)
#: What was done and what was called off cost what they did.
DONE = (S.COMPLETED, S.CANCELED)


@dataclass(frozen=True)
class Known:
    """What the book beside knows of a visit."""

    client: int
    status: VisitStatus
    version: int
    price: Decimal
    sitter: int | None

    @classmethod
    def of(cls, visit: Visit) -> "Known":
        status = VisitStatus(visit.status)
        return cls(visit.client_id, status, visit.version, visit.price, visit.sitter_id)


def can_come(old: VisitStatus, new: VisitStatus, saves: int) -> bool:
    """Whether the table leads from one to the other in at most so many moves."""
    reached = {old}
    for _save in range(saves):
        reached |= {status for each in reached for status in MOVES[each]}
    return new in reached


class Company(RuleBasedStateMachine):
    """Everybody at work, and a plain book beside them of what must come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.now = self.clock.start()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.book: dict[int, Known] = {}
        self.roots: dict[int, int] = {}
        self.deleted: set[tuple[int, date]] = set()
        self.ever_paid: set[int] = set()

    @initialize(has_acceptance=st.booleans())
    def open(self, *, has_acceptance: bool) -> None:
        values = {
            "lookahead_days": LOOKAHEAD,
            "has_acceptance": has_acceptance,
            "last_minute_hours": 0,
        }
        SiteOptions.objects.update_or_create(pk=1, defaults=values)
        self.ada = make_user(Role.ADMINISTRATOR, "Ada")
        self.sitters = [make_user(Role.SITTER, name) for name in ("Sam", "Sue", "Sol")]
        self.logins = [make_user(Role.CLIENT, name) for name in ("Cleo", "Carl", "Nora")]
        sam, sue, _sol = self.sitters
        named: dict[str, Any] = {"primary_sitter": sam, "secondary_sitter": sue}
        self.homes = [make_client(logins=[login], **named).pk for login in self.logins]
        for home in self.clients():
            for name in ("Rex", "Tom"):
                make_pet(home, name=name)
        self.services = [make_service(), make_service(price=Decimal(0)), make_service()]
        self.fill()

    def fill(self) -> None:
        """What is on the schedule on the first day. Nora is new and has nothing yet."""
        sam, sue, sol = self.sitters
        givens: list[dict[str, Any]] = [
            {"assign_to": AssignTo.SITTER, "sitter": sitter, "exact_time": at}
            for sitter, at in ((sam, time(9)), (sue, time(11)), (sol, time(18)))
        ]
        givens += [{"assign_to": AssignTo.ANYONE}, {"status": S.REQUESTED}]
        for place, client in enumerate(self.clients()[:2]):
            pets, service = list(client.pets.all()), self.service(place)
            own = {"client": client, "pets": pets, "service": service, "by": self.ada}
            for number, given in enumerate(givens):
                values = {"exact_time": time(13), **own, **given}
                visit = add_visit(visit_on=self.day(number), **values)
                if visit.sitter and visit.status == S.ASSIGNED and number % 2:
                    moves.accept_visit(visit=visit, by=visit.sitter)
            values = {**own, "exact_time": time(10), "assign_to": AssignTo.PRIMARY}
            series = add_series(starts_on=self.day(0), repeat=Repeat(Every.DAY), **values)
            self.roots[series.pk] = series.pk
        self.compare(makes=Visit.objects.count(), removes=None)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.clock.stop()

    # Finding somebody or something

    def clients(self) -> list[Client]:
        return list(Client.objects.filter(pk__in=self.homes).with_links().order_by("pk"))

    def client(self, number: int) -> Client:
        return self.clients()[number % len(self.homes)]

    def login(self, client: Client) -> User:
        return User.objects.get(pk=self.logins[self.homes.index(client.pk)].pk)

    def sitter(self, number: int) -> User:
        return User.objects.get(pk=self.sitters[number % len(self.sitters)].pk)

    def service(self, number: int) -> Service:
        return Service.objects.get(pk=self.services[number % len(self.services)].pk)

    def visit(self, number: int, **narrowed: Any) -> Visit | None:
        found = list(Visit.objects.filter(**narrowed).order_by("pk"))
        return found[number % len(found)] if found else None

    def day(self, number: int) -> date:
        return company_today(SiteOptions.load()) + DAY * number

    # Doing it, and looking at what came of it

    def do(self, action: Callable[[], Any], *, makes: int = 0, removes: int | None = None) -> Any:
        """Done or refused as a whole; then the book is compared with what is there."""
        try:
            with transaction.atomic():
                result = action()
        except REFUSED:
            self.compare(makes=0, removes=None)
            return None
        self.compare(makes=makes, removes=removes)
        return result

    def press(self, who: User, address: str, data: dict[str, Any], *, makes: int = 0) -> Any:
        """The same through a page; only a redirect means that it was done."""
        browser = Browser()
        browser.force_login(who)
        answer = browser.post(address, data)
        assert answer.status_code in {200, 302, 403, 404, 409, 422}, answer.content
        self.compare(makes=makes if answer.status_code == 302 else 0, removes=None)
        return answer

    def compare(self, *, makes: int, removes: int | None) -> None:
        rows = {visit.pk: visit for visit in Visit.objects.select_related("series")}
        gone = {removes} if removes else set()
        assert self.book.keys() - rows.keys() == gone, "lost"
        assert len(rows.keys() - self.book.keys()) == makes, "too many or too few"
        for pk in gone:
            self.book.pop(pk)
        for pk, visit in rows.items():
            new, old = Known.of(visit), self.book.get(pk)
            if old is not None and old != new:
                saves = new.version - old.version
                assert saves > 0, "no word in the history"
                assert can_come(old.status, new.status, saves), (old, new)
                if old.status in DONE and new.status in DONE:
                    assert old.price == new.price, "priced anew"
            if visit.price > 0 and not visit.is_training and visit.status not in OFF:
                self.ever_paid.add(visit.client_id)
            self.book[pk] = new

    # What must hold after each of them

    @invariant()
    def no_blocked_sitter_is_to_come(self) -> None:
        for client in self.clients():
            held = Visit.objects.held_ahead().filter(client=client)
            assert not held.filter(sitter__in=client.blocked_sitters.all()).exists()

    @invariant()
    def active_from_the_first_paid_visit(self) -> None:
        is_active = {client.pk: client.status == "Active" for client in self.clients()}
        assert is_active == {home: home in self.ever_paid for home in self.homes}

    @invariant()
    def no_day_of_a_series_is_there_twice_or_comes_back(self) -> None:
        places = Counter(
            place
            for visit in Visit.objects.exclude(status=S.CANCELED)
            for place in self.place_of(visit)
        )
        assert [place for place, count in places.items() if count > 1] == []
        assert not self.deleted & places.keys()

    @invariant()
    def everybody_visited_lives_there(self) -> None:
        strangers = Visit.pets.through.objects.exclude(
            pet__client__in=[client.pk for client in self.clients()]
        )
        assert not strangers.exists()
        for client in self.clients():
            assert (
                not Visit.objects.filter(client=client)
                .exclude(pets__client__in=[client.pk])
                .filter(pets__isnull=False)
                .exists()
            )

    def place_of(self, visit: Visit) -> set[tuple[int, date]]:
        """The series it came from, whichever it belongs to now, and its day there."""
        if visit.series_id is None or visit.series_on is None:
            return set()
        return {(self.roots[visit.series_id], visit.series_on)}
