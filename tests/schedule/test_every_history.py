"""Thousands of things done with visits, in any order and through every door.

A status moves only as the table says; a blocked sitter never holds a visit to come; a Prospect is
Active from the first paid visit and not before; no visit is lost or doubled; what was completed or
canceled costs what it did.
"""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Pet
from pawfile.schedule.actions import moves, requests
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.actions.series import Scope, add_series, cancel_series, change_series
from pawfile.schedule.actions.visits import add_visit, change_visit, copy_visit, delete_visit
from pawfile.schedule.detail import steps_of
from pawfile.schedule.generating import extend_series, last_day
from pawfile.schedule.models import (
    Answer,
    AssignTo,
    ChangeRequest,
    Series,
    Service,
)
from pawfile.schedule.prices import set_custom_price
from pawfile.schedule.recurrence import Every, Repeat, days_of
from tests.profiles.pages import read
from tests.schedule.company import DAY, LOOKAHEAD, Company, S

SITE = "https://book.example/"
#: Examples × steps: a thousand things done a run.
EXAMPLES, STEPS = 20, 50
VERBS = ("accept", "decline", "arrive", "complete", "restore", "unavailable")

numbers = st.integers(0, 1000)
days = st.integers(-3, 20)
clocks = st.sampled_from([time(8), time(12), time(18)])
holders = st.sampled_from(AssignTo)
givens = st.tuples(holders, numbers)
repeats = st.sampled_from(
    [Repeat(Every.DAY), Repeat(Every.WEEK, frozenset({1, 4})), Repeat(Every.MONTH, month_day=31)]
)
blocked = st.sampled_from([(), (0,), (1,), (2,), (0, 1)])
prices = st.sampled_from([None, Decimal(0), Decimal("7.50")])
new_visits = st.fixed_dictionaries(
    {"home": numbers, "service": numbers, "on": days, "to": holders, "sitter": numbers}
)


class Histories(Company):
    """Everybody at work."""

    # The office: single visits

    @rule(new=new_visits, at=clocks, is_training=st.booleans())
    def add(self, new: dict[str, Any], at: time, *, is_training: bool) -> None:
        values = self.values_of(new)
        values |= {"pets": values["client"].pets.all(), "exact_time": at, "by": self.ada}
        day = self.day(new["on"])
        self.do(lambda: add_visit(visit_on=day, is_training=is_training, **values), makes=1)

    def values_of(self, new: dict[str, Any]) -> dict[str, Any]:
        """What single visits and series have in common."""
        return {
            "client": self.client(new["home"]),
            "service": self.service(new["service"]),
            "assign_to": new["to"],
            "sitter": self.sitter(new["sitter"]),
        }

    @rule(number=numbers, on=days, service=numbers, is_training=st.booleans())
    def change(self, number: int, on: int, service: int, *, is_training: bool) -> None:
        if visit := self.visit(number):
            values = {"visit_on": self.day(on), "service": self.service(service)}
            values["is_training"] = is_training
            self.do(
                lambda: change_visit(visit=visit, values=values, opened_version=None, by=self.ada)
            )

    @rule(number=numbers, to=holders, sitter=numbers)
    def assign(self, number: int, to: AssignTo, sitter: int) -> None:
        if visit := self.visit(number):
            who = self.sitter(sitter)
            self.do(lambda: assign_visit(visit=visit, assign_to=to, sitter=who, by=self.ada))

    @rule(number=numbers, on=days)
    def copy(self, number: int, on: int) -> None:
        if visit := self.visit(number):
            day = self.day(on)
            self.do(lambda: copy_visit(visit=visit, visit_on=day, by=self.ada), makes=1)

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        if visit := self.visit(number):
            self.deleted |= self.place_of(visit)
            self.do(lambda: delete_visit(visit=visit, by=self.ada), removes=visit.pk)

    @rule(number=numbers, which=numbers, who=numbers)
    def press_a_button(self, number: int, which: int, who: int) -> None:
        """One that the page of the visit has for this person; the sitter's, if there is one."""
        if visit := self.visit(number):
            people = [self.ada, visit.sitter or self.sitter(who)]
            reader = people[who % 2]
            buttons = [step for step in steps_of(visit, reader) if step.is_post]
            if buttons:
                verb = buttons[which % len(buttons)].verb
                self.press(reader, f"/visits/{visit.pk}/{verb}/", {})

    @rule(number=numbers, verb=st.sampled_from(VERBS), who=numbers)
    def press_any_button(self, number: int, verb: str, who: int) -> None:
        """Whether or not the page has it."""
        if visit := self.visit(number):
            people = [self.ada, self.sitter(who), self.login(visit.client)]
            self.press(people[who % 3], f"/visits/{visit.pk}/{verb}/", {})

    @rule(number=numbers)
    def cancel(self, number: int) -> None:
        if visit := self.visit(number):
            self.do(lambda: moves.cancel_visit(visit=visit, reason="Rain", by=self.ada))

    @rule(number=numbers, sitter=numbers, is_seen=st.booleans())
    def drag_on_the_board(self, number: int, sitter: int, *, is_seen: bool) -> None:
        if visit := self.visit(number):
            data = {"to": "sitter", "sitter": self.sitter(sitter).pk}
            data["version"] = visit.version - (not is_seen)
            self.press(self.ada, f"/visits/{visit.pk}/assign/", data)

    # Sitters

    @rule(number=numbers, sitter=numbers, is_sure=st.booleans())
    def take_or_leave(self, number: int, sitter: int, *, is_sure: bool) -> None:
        if visit := self.visit(number, status=S.ASSIGNED):
            who = visit.sitter or self.sitter(sitter)
            action = moves.accept_visit if is_sure else moves.decline_visit
            self.do(lambda: action(visit=visit, by=who))

    @rule(number=numbers, has_arrived=st.booleans())
    def do_the_work(self, number: int, *, has_arrived: bool) -> None:
        sure = [S.ACCEPTED, S.CONFIRMED, S.IN_PROGRESS]
        visit = self.visit(number, status__in=sure, sitter__isnull=False)
        if visit and visit.sitter:
            who, action = visit.sitter, moves.complete if has_arrived else moves.arrive
            self.do(lambda: action(visit=visit, by=who))

    # Series

    @rule(new=new_visits, repeat=repeats, until=st.sampled_from([None, 9]))
    @precondition(lambda self: len(self.roots) < 7)
    def begin_series(self, new: dict[str, Any], repeat: Repeat, until: int | None) -> None:
        first = self.day(new["on"])
        last = first + DAY * until if until else None
        ahead = max(first, self.day(0)) + DAY * LOOKAHEAD
        due = days_of(repeat.rule, starts_on=first, first=first, last=last or ahead + DAY * 40)
        due = [day for day in due if day <= ahead] or due[:1]
        values: dict[str, Any] = {"starts_on": first, "repeat": repeat, "until_on": last}
        values |= {"exact_time": time(10), "by": self.ada, **self.values_of(new)}
        values["pets"] = values["client"].pets.filter(active=True)
        made = self.do(lambda: add_series(**values), makes=len(due))
        if made:
            self.roots[made.pk] = made.pk

    @rule(number=numbers, scope=st.sampled_from(Scope), at=clocks, given=st.none() | givens)
    def alter_series(
        self, number: int, scope: Scope, at: time, given: tuple[AssignTo, int] | None
    ) -> None:
        if visit := self.visit(number, series__isnull=False):
            values: dict[str, Any] = {"exact_time": at}
            if given:
                values |= {"assign_to": given[0], "sitter": self.sitter(given[1])}
            old = visit.series_id
            self.do(
                lambda: change_series(
                    visit=visit, scope=scope, values=values, opened_version=None, by=self.ada
                )
            )
            for series in Series.objects.exclude(pk__in=self.roots):
                self.roots[series.pk] = self.roots[old or 0]

    @rule(number=numbers, on=days)
    def end_series(self, number: int, on: int) -> None:
        visit = self.visit(number, series__isnull=False)
        if visit and visit.series:
            series, day = visit.series, self.day(on)
            self.do(lambda: cancel_series(series=series, from_on=day, reason="", by=self.ada))

    @rule(hours=st.sampled_from([5, 24]))
    def time_passes(self, hours: int) -> None:
        self.now.shift(timedelta(hours=hours))
        today, options = self.day(0), SiteOptions.load()
        due = sum(
            len(
                days_of(
                    series.rule,
                    starts_on=series.starts_on,
                    first=max(today, (series.generated_until_on or series.starts_on) + DAY),
                    last=last_day(series, today=today, options=options),
                )
            )
            for series in Series.objects.filter(canceled_at=None)
        )
        self.do(extend_series, makes=due)
        self.do(extend_series)

    # Clients

    @rule(home=numbers, service=numbers, on=days)
    def request_on_the_page(self, home: int, service: int, on: int) -> None:
        client = self.client(home)
        data = {
            "home": client.pk, "pets": [pet.pk for pet in client.pets.filter(active=True)],
            "service": self.service(service).pk, "visit_on": self.day(on).isoformat(),
            "last_on": "", "exact_time": "14:00", "note": "", "price": "0",
        }  # fmt: skip
        self.press(self.login(client), "/my-schedule/request/", data, makes=1)

    @rule(number=numbers, on=days)
    def change_a_request(self, number: int, on: int) -> None:
        if visit := self.visit(number, status=S.REQUESTED):
            values = {"service": visit.service, "pets": list(visit.pets.all())}
            values |= {"visit_on": self.day(on), "block": None, "exact_time": time(15)}
            by = self.login(visit.client)
            self.do(lambda: requests.change_request(visit=visit, values=values, by=by))

    @rule(number=numbers)
    def withdraw_a_request(self, number: int) -> None:
        if visit := self.visit(number):
            by = self.login(visit.client)
            if visit.status == S.REQUESTED:
                self.deleted |= self.place_of(visit)
            self.do(lambda: requests.withdraw_request(visit=visit, by=by), removes=visit.pk)

    @rule(number=numbers, on=days, wants_cancel=st.booleans())
    def ask(self, number: int, on: int, *, wants_cancel: bool) -> None:
        if visit := self.visit(number):
            by, day = self.login(visit.client), self.day(on)
            if wants_cancel:
                self.do(lambda: requests.ask_cancel(visit=visit, by=by))
            else:
                wanted: dict[str, Any] = {"visit_on": day, "exact_time": time(16)}
                self.do(lambda: requests.ask_change(visit=visit, by=by, **wanted))

    @rule(number=numbers, is_approved=st.booleans())
    def answer(self, number: int, *, is_approved: bool) -> None:
        waiting = list(ChangeRequest.objects.filter(answer=Answer.OPEN).order_by("pk"))
        if waiting:
            asked = waiting[number % len(waiting)]
            self.do(
                lambda: requests.answer_request(
                    asked=asked, is_approved=is_approved, by=self.ada, site=SITE
                )
            )

    # Clients' profiles, pets, services, prices

    @rule(home=numbers, who=blocked, agrees=st.booleans())
    def block(self, home: int, who: tuple[int, ...], *, agrees: bool) -> None:
        """On the page, as the office does it: first asked, then decided."""
        client, before = self.client(home), dict(self.book)
        data: dict[str, Any] = {"blocked_sitters": [self.sitter(each).pk for each in who]}
        data |= {"blocked_sitters_shown": "1", "primary_sitter": "", "secondary_sitter": ""}
        address = f"/clients/{client.pk}/edit/"
        answer = self.press(self.ada, address, data)
        assert self.book == before, "taken off unasked"
        if answer.status_code == 422 and agrees:
            data["given_up"] = read(answer).one(name="given_up").attrs["value"]
            assert self.press(self.ada, address, data).status_code == 302

    @rule(home=numbers, who=blocked)
    def block_unasked(self, home: int, who: tuple[int, ...]) -> None:
        """Any other door takes nothing off, and refuses instead."""
        before, values = dict(self.book), {"blocked_sitters": [self.sitter(each) for each in who]}
        self.do(lambda: update_client(self.client(home), values=values, by=self.ada))
        assert self.book == before, "taken off unasked"

    @rule(home=numbers, first=numbers, second=numbers)
    def name_sitters(self, home: int, first: int, second: int) -> None:
        values = {"primary_sitter": self.sitter(first), "secondary_sitter": self.sitter(second)}
        self.do(lambda: update_client(self.client(home), values=values, by=self.ada))

    @rule(number=numbers)
    def hide_or_show_a_pet(self, number: int) -> None:
        pets = list(Pet.objects.filter(client__in=self.homes).order_by("pk"))
        pet = pets[number % len(pets)]
        self.do(lambda: update_pet(pet, values={"active": not pet.active}, by=self.ada))

    @rule(number=numbers)
    def offer_a_service_or_not(self, number: int) -> None:
        service = self.service(number)
        Service.objects.filter(pk=service.pk).update(is_active=not service.is_active)

    @rule(home=numbers, service=numbers, on=days, price=prices)
    def set_price(self, home: int, service: int, on: int, price: Decimal | None) -> None:
        values: dict[str, Any] = {"client": self.client(home), "service": self.service(service)}
        values |= {"price": price, "effective_on": self.day(on)}
        self.do(lambda: set_custom_price(by=self.ada, **values))


def test_whatever_is_done_with_visits_the_schedule_stays_true(db: None) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
