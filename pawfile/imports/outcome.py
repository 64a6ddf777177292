"""What is to become of each row, and the difference it makes field by field: for a preview."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.imports.columns import Column
from pawfile.imports.drafts import KeyDraft, Texts, Values
from pawfile.imports.issues import HIDDEN, Issue
from pawfile.imports.links import VetEntry
from pawfile.imports.plan import ClientPlan, PetPlan
from pawfile.imports.rows import Row
from pawfile.lib.dates import PartialDate
from pawfile.profiles.models.profile import Profile


class Outcome(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a row's client or pet: ``old`` is "" for new records; secrets are hidden."""

    subject: str
    label: str
    old: str
    new: str


@dataclass(slots=True)
class RowOutcome:
    """What is to become of one row: ``sheet`` is the place of its table in the run, ``name`` of
    whom it tells, ``cells`` the row as it was read, without passwords.

    The differences of a client stand with its first row, those of a pet with the pet's first.
    """

    sheet: int
    number: int
    outcome: Outcome
    name: str
    cells: Sequence[str]
    differences: list[Difference] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


Columns = Mapping[str, Mapping[str, Column]]


def outcomes_of(plan: ClientPlan, columns: Columns) -> Iterator[RowOutcome]:
    """One for each row of a client's household."""
    found: dict[tuple[int, int], RowOutcome] = {}
    name = client_name(plan)
    state = state_of(is_new=plan.client is None, has_changes=plan.has_changes)
    for row in plan.draft.household.rows:
        found[row.sheet, row.number] = RowOutcome(
            row.sheet, row.number, Outcome.UNCHANGED, name, row.cells
        )
    first = found[place(plan.draft.household.rows[0])]
    first.outcome = state
    first.differences += differences(plan.client, plan.values, columns["client"], "client")
    first.differences += texts(plan.extras, "client")
    for pet in plan.pets:
        tell_pet(pet, found[place(pet.draft.rows[0])], columns)
    for key in plan.keys:
        tell_key(key, found[place(key.row)])
    refused = [row for pet in plan.refused_pets for row in pet.rows]
    refused += [*plan.draft.bad_pet_rows, *(key.row for key in plan.refused_keys)]
    for row in refused:
        found[place(row)].outcome = Outcome.PROBLEM
    yield from found.values()


def place(row: Row) -> tuple[int, int]:
    return row.sheet, row.number


def tell_pet(pet: PetPlan, row: RowOutcome, columns: Columns) -> None:
    state = state_of(is_new=pet.pet is None, has_changes=pet.has_changes)
    if row.outcome == Outcome.UNCHANGED or state == Outcome.CREATE:
        row.outcome = state
    row.name = f"{row.name}: {pet.draft.values['name']}"
    row.differences += differences(pet.pet, pet.values, columns["pet"], "pet")
    row.differences += texts(pet.extras, "pet")


def tell_key(key: KeyDraft, row: RowOutcome) -> None:
    if row.outcome == Outcome.UNCHANGED:
        row.outcome = Outcome.CREATE
    row.differences.append(Difference("key", _("Key"), "", f"{key.code} {key.place}".strip()))


def refused_row(row: Row) -> RowOutcome:
    return RowOutcome(row.sheet, row.number, Outcome.PROBLEM, "", row.cells)


def state_of(*, is_new: bool, has_changes: bool) -> Outcome:
    if is_new:
        return Outcome.CREATE
    return Outcome.UPDATE if has_changes else Outcome.UNCHANGED


def client_name(plan: ClientPlan) -> str:
    if plan.client is not None:
        return plan.client.name
    return " ".join(str(plan.values.get(key, "")) for key in ("first_name", "last_name")).strip()


def differences(
    record: Profile | None, values: Values, columns: Mapping[str, Column], subject: str
) -> Iterator[Difference]:
    for key, value in values.items():
        column = columns.get(key)
        label = column.label if column else key
        if column is not None and column.is_secret:
            yield Difference(subject, label, "", str(HIDDEN))
            continue
        field = column.field if column is not None else None
        old = record.field_text(field or key) if record is not None else ""
        yield Difference(subject, label, old, text_of(value))


def texts(extras: Texts, subject: str) -> Iterator[Difference]:
    for heading, text in extras.items():
        yield Difference(subject, _("%s (imported extra)") % heading, "", text)


def text_of(value: Any) -> str:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case PartialDate():
            return value.text()
        case VetEntry() | User():
            return value.name
        case list():
            return ", ".join(text_of(each) for each in value)
        case Decimal():
            return format(value, "f")
    return str(value)
