"""Fields of the company's own, of every kind in turn, and answers to some of them."""

from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

from pawfile.accounts.models import Role, User
from pawfile.fields.actions import add_field
from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import Field, Kind
from pawfile.fields.rules import CHOICE_KINDS
from pawfile.fields.values import CUSTOM_KINDS
from pawfile.lib.columns import key_ring
from pawfile.profiles.models import Client
from pawfile.resources.models import Territory, Vet

#: Fields that every client has answered.
ANSWERED = 20
BATCH = 1000
LISTS: dict[Kind, Callable[[], Any]] = {
    Kind.VET: Vet.objects.all,
    Kind.SITTER: User.objects.sitters,
    Kind.TERRITORY: Territory.objects.all,
}
PLAIN: dict[Kind, Sequence[Any]] = {
    Kind.YES_NO: [True, False],
    Kind.NUMBER: ["12.50", "0", "7"],
    Kind.DATE: ["2024-02-29", "2025-12-01"],
    Kind.EMAIL: ["own@example.com"],
    Kind.EMAILS: [["one@example.com", "two@example.com"]],
    Kind.PHONE: ["614-555-0142"],
}
COLOURS = [{"label": colour} for colour in ("Red", "Green", "Blue", "Yellow")]


def add_fields(count: int) -> None:
    """So many fields for clients and as many for pets; every client answers the first ones."""
    by = User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")[0]
    for subject in ("client", "pet"):
        for number, kind in enumerate(islice(cycle(CUSTOM_KINDS), count), start=1):
            told: dict[str, Any] = {"label": f"Own {kind} {number}", "kind": kind}
            if kind in CHOICE_KINDS:
                told["choices"] = COLOURS
            add_field(subject=subject, values=told, by=by)
    answer([field for field in catalogue("client").custom if field.kind != Kind.PHOTO][:ANSWERED])


def answer(fields: list[Field]) -> None:
    answers = {field.key: stored(field) for field in fields}
    rows = Client._base_manager.order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for client in batch:
            client.custom = {key: each[client.pk % len(each)] for key, each in answers.items()}
        Client._base_manager.bulk_update(batch, ["custom"])
        last = batch[-1].pk


def stored(field: Field) -> Sequence[Any]:
    """Answers as they are stored, from which the clients take theirs in turn."""
    if field.kind in LISTS:
        return list(LISTS[field.kind]().values_list("pk", flat=True))
    if field.kind in CHOICE_KINDS:
        values = [value for value, _label in field.choices]
        return values if field.kind == Kind.CHOICE else [[value] for value in values]
    if field.kind == Kind.SECRET:
        return [key_ring().seal("4711#").token_for_database]
    texts = [f"Answer {number} to {field.label}" for number in range(7)]
    return PLAIN.get(field.kind, texts)
