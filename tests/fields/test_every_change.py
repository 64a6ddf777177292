"""Thousands of changes in any order: every answer stays under its own question, and no role ever
sees one it may not."""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client as Browser
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pawfile.accounts.models import Role, User
from pawfile.fields import actions, sections
from pawfile.fields.catalogue import catalogue
from pawfile.fields.edits import last_edit, undo_last
from pawfile.fields.kinds import change_kind
from pawfile.fields.registry import Access, Kind
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.display import shown_client
from pawfile.profiles.forms import ClientForm
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.fields.own_fields import add

ROLES = ("manager", "sitter", "client")
SHIPPED = ("street", "house_notes", "breaker_box")
SECTIONS = ("contact", "address", "home", "vet", "office")
#: Examples × steps: thousands of changes a run.
EXAMPLES, STEPS = 40, 50
PLACES = st.integers(0, 10_000)


@dataclass
class Question:
    """What the test believes of one field."""

    label: str
    kind: Kind = Kind.TEXT
    is_archived: bool = False
    access: dict[str, Access] = field(default_factory=lambda: dict.fromkeys(ROLES, Access.SHOW))


class Office(RuleBasedStateMachine):
    """Administrators at work, and a plain book beside them of what must come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
        self.ada = make_user(Role.ADMINISTRATOR, "Ada")
        sam = make_user(Role.SITTER, "Sam")
        login = make_user(Role.CLIENT, "Cleo")
        self.readers = {"manager": make_user(Role.MANAGER, "Mona"), "sitter": sam, "client": login}
        self.homes = [make_client(primary_sitter=sam, logins=[login]).pk for _ in range(2)]
        self.words = 0
        self.questions = {key: Question(self.word("label")) for key in SHIPPED}
        for key, question in self.questions.items():
            self.change(key, label=question.label)
        self.answers: dict[tuple[int, str], str] = {}
        self.past: list[tuple[int, dict[str, Question]]] = []
        self.newest = 0
        for _ in range(3):
            self.add_question()
        self.past.clear()

    def teardown(self) -> None:
        """Look at the real page of each role once, then leave nothing behind."""
        try:
            for role, reader in self.readers.items():
                self.look_at_pages(role, reader)
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def look_at_pages(self, role: str, reader: User) -> None:
        browser = Browser()
        browser.force_login(reader)
        for home in self.homes:
            page = browser.get(f"/clients/{home}/").content.decode()
            seen = {key for (pk, key), text in self.answers.items() if text in page and pk == home}
            may = {key for pk, key in self.answers if pk == home and self.sees(role, key)}
            texts = {self.answers[home, key] for key in may}
            assert {self.answers[home, key] for key in seen} == texts

    # The book beside

    def word(self, what: str) -> str:
        self.words += 1
        return f"{what}{self.words}x"

    def pick(self, number: int, *, own: bool | None = None, archived: bool = False) -> str | None:
        fitting = [
            key
            for key, each in self.questions.items()
            if each.is_archived == archived and own in (None, key.startswith("cf_"))
        ]
        return fitting[number % len(fitting)] if fitting else None

    def sees(self, role: str, key: str) -> bool:
        question = self.questions[key]
        return not question.is_archived and question.access[role] > Access.HIDE

    def fresh(self, number: int) -> Client:
        return Client.objects.get(pk=self.homes[number % len(self.homes)])

    def change(self, key: str, **values: Any) -> None:
        actions.change_field(subject="client", key=key, values=values, by=self.ada)

    def remember(self, before: dict[str, Question]) -> None:
        """After an edit: what an undo of it must bring back."""
        last = last_edit("client")
        if last is not None and last.pk > self.newest:
            self.past.append((last.pk, before))
            self.newest = last.pk

    def book(self) -> dict[str, Question]:
        return copy.deepcopy(self.questions)

    # What people do

    @rule()
    @precondition(lambda self: len(self.questions) < 14)
    def add_question(self) -> None:
        before, label = self.book(), self.word("label")
        self.questions[add(self.ada, label)] = Question(label)
        self.remember(before)

    @rule(place=PLACES)
    def rename(self, place: int) -> None:
        before, key = self.book(), self.pick(place)
        assert key
        self.questions[key].label = self.word("label")
        self.change(key, label=self.questions[key].label)
        self.remember(before)

    @rule(place=PLACES, role=st.sampled_from(ROLES), access=st.sampled_from(Access))
    def give_rights(self, place: int, role: str, access: Access) -> None:
        before, key = self.book(), self.pick(place)
        assert key
        self.questions[key].access[role] = access
        self.change(key, **{role: access})
        self.remember(before)

    @rule(place=PLACES, section=st.sampled_from(SECTIONS), other=PLACES)
    def move(self, place: int, section: str, other: int) -> None:
        before, key = self.book(), self.pick(place)
        assert key
        there = next(each for each in catalogue("client").sections if each.key == section)
        keys = ["", *(each.key for each in there.fields if each.key != key)]
        actions.move_field(
            subject="client", key=key, section=section, before=keys[other % len(keys)], by=self.ada
        )
        self.remember(before)

    @rule(section=st.sampled_from(SECTIONS), other=st.sampled_from(SECTIONS))
    def move_section(self, section: str, other: str) -> None:
        before = self.book()
        sections.move_section(subject="client", key=section, before=other, by=self.ada)
        self.remember(before)

    @rule(place=PLACES)
    def archive(self, place: int) -> None:
        before, key = self.book(), self.pick(place, own=True)
        if key:
            self.questions[key].is_archived = True
            actions.archive_field(subject="client", key=key, by=self.ada)
            self.remember(before)

    @rule(place=PLACES)
    def restore(self, place: int) -> None:
        before, key = self.book(), self.pick(place, own=True, archived=True)
        if key:
            self.questions[key].is_archived = False
            self.questions[key].label = self.word("label")
            actions.restore_field(
                subject="client", key=key, label=self.questions[key].label, by=self.ada
            )
            self.remember(before)

    @rule(place=PLACES, other=PLACES)
    def swap(self, place: int, other: int) -> None:
        before, one, two = self.book(), self.pick(place, own=True), self.pick(other, own=True)
        if one and two and one != two:
            actions.swap_fields(subject="client", one=one, other=two, by=self.ada)
            self.remember(before)

    @rule(place=PLACES, kind=st.sampled_from([Kind.NUMBER, Kind.CHOICE, Kind.TEXT]))
    def change_its_kind(self, place: int, kind: Kind) -> None:
        before, key = self.book(), self.pick(place, own=True)
        if key is None or self.questions[key].kind == kind or len(self.questions) > 16:
            return
        new = change_kind(subject="client", key=key, kind=kind, by=self.ada).key
        old = self.questions[key]
        self.questions[new] = Question(old.label, kind, access=dict(old.access))
        old.is_archived = True
        for home in self.homes:
            text = self.answers.get((home, key))
            if text and (kind != Kind.NUMBER or text.isdigit()):
                self.answers[home, new] = text
        self.remember(before)

    @rule()
    @precondition(lambda self: self.past)
    def undo(self) -> None:
        pk, before = self.past.pop()
        undo_last(subject="client", edit=pk, by=self.ada)
        for key, question in self.questions.items():
            if key not in before:
                question.is_archived = True
        self.questions |= before

    @rule(place=PLACES, home=PLACES, is_number=st.booleans(), role=st.sampled_from(ROLES))
    def answer(self, place: int, home: int, role: str, *, is_number: bool) -> None:
        """Somebody fills in one field of the form that this role gets."""
        client, key = self.fresh(home), self.pick(place)
        assert key
        question = self.questions[key]
        if question.kind == Kind.CHOICE:
            return
        self.words += 1
        is_digits = is_number or question.kind == Kind.NUMBER
        # None of these is part of another: pages are searched for them.
        text = str(1_000_000 + self.words) if is_digits else f"answer{self.words}x"
        by = User.objects.get(pk=self.readers[role].pk)
        data = {key: text, "version": str(client.version)}
        form = ClientForm(record=client, by=by, company=SiteOptions.load(), data=data)
        is_valid = form.is_valid()
        is_owed = "Fill this in." in [str(m) for ms in form.errors.values() for m in ms]
        assert is_valid or is_owed, form.errors
        values = {each: form.values[each] for each in form.values if each == key}
        update_client(client, values=values, by=by)
        if not question.is_archived and question.access[role] >= Access.SHOW:
            self.answers[client.pk, key] = text

    # What must hold after each of them

    @invariant()
    def every_answer_is_under_its_own_question(self) -> None:
        fields_of = catalogue("client")
        for key, question in self.questions.items():
            assert str(fields_of[key].label) == question.label
            assert (key in fields_of.archived) == question.is_archived
        for home in self.homes:
            client = Client.objects.get(pk=home)
            told = {key: client.field_text(fields_of[key]) for key in self.questions}
            assert told == {key: self.answers.get((home, key), "") for key in self.questions}

    @invariant()
    def no_role_sees_what_it_may_not(self) -> None:
        company, client = SiteOptions.load(), self.fresh(self.words)
        for role, reader in self.readers.items():
            by = User.objects.get(pk=reader.pk)
            shown = {
                str(each.label): each.text
                for section in shown_client(client, reader=by, company=company)
                for each in section.fields
            }
            seen = {label: text for label, text in shown.items() if "label" in label}
            expected = {
                question.label: self.answers[client.pk, key]
                for key, question in self.questions.items()
                if self.sees(role, key) and (client.pk, key) in self.answers
            }
            assert {label: text for label, text in seen.items() if text} == expected


def test_no_change_of_fields_ever_mixes_answers_up(db: None) -> None:
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
