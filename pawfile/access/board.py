"""The key board: keys as one reader asks for them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from pawfile.access.models import HandOver, Key, KeyPlace
from pawfile.access.models.key import KeyQuerySet, fold_code
from pawfile.accounts.models import User
from pawfile.lib.paging import Page, keyset_page
from pawfile.profiles.models import Client

OVERDUE, WAITING = "overdue", "waiting"
DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given."""

    q: str = ""
    place: str = ""
    sitter: int | None = None
    state: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        place, sitter = str(query.get("place", "")), str(query.get("sitter", ""))
        state = str(query.get("state", ""))
        return cls(
            q=str(query.get("q", "")).replace("\0", "").strip()[:200],
            place=place if place in KeyPlace.values else "",
            sitter=int(sitter) if DIGITS.fullmatch(sitter) else None,
            state=state if state in (OVERDUE, WAITING) else "",
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.place or self.sitter is not None or self.state)


@dataclass(frozen=True, slots=True)
class Row:
    """A key; ``client`` only if the reader may see the home, ``coming`` if it is on its way."""

    key: Key
    client: Client | None
    coming: HandOver | None
    is_overdue: bool


def filtered(filters: Filters, *, reader: User, today: date) -> KeyQuerySet:
    """By part of the code, or by the name of a client whom the reader may see."""
    keys = Key.objects.visible_to(reader)
    if filters.place:
        keys = keys.filter(place=filters.place)
    if filters.sitter is not None:
        keys = keys.filter(sitter=filters.sitter)
    if filters.state == OVERDUE:
        keys = keys.overdue(today)
    if filters.state == WAITING:
        waiting = HandOver.objects.waiting_for(reader)
        keys = keys.filter(pk__in=waiting.order_by().values("key"))
    if filters.q:
        clients = Client.objects.visible_to(reader)
        clients = clients.search(filters.q, reader=reader, keys={"first_name", "last_name"})
        by_name = Q(client__in=clients.order_by().values("pk"))
        code = fold_code(filters.q)
        keys = keys.filter(by_name | Q(folded_code__contains=code) if code else by_name)
    return keys


def board_page(filters: Filters, *, reader: User, today: date) -> Page[Key]:
    keys = filtered(filters, reader=reader, today=today)
    linked = keys.select_related("client", "sitter", "location")
    return keyset_page(linked, column="folded_code", cursor=filters.cursor)


def rows_of(keys: Iterable[Key], *, reader: User, today: date) -> list[Row]:
    """Two queries, however many keys."""
    keys = list(keys)
    homes = Client.objects.visible_to(reader).filter(pk__in={key.client_id for key in keys})
    seen = homes.in_bulk()
    open_ones = HandOver.objects.open().filter(key__in=keys).select_related("to_sitter", "begun_by")
    coming = {each.key_id: each for each in open_ones}
    return [
        Row(key, seen.get(key.client_id), coming.get(key.pk), key.is_overdue_on(today))
        for key in keys
    ]


def sitter_choices(reader: User) -> list[tuple[int, str]]:
    """By whom the office can filter."""
    return [(each.pk, str(each)) for each in User.objects.sitters()] if reader.is_office else []


def keys_held_by(user: User) -> KeyQuerySet:
    """What this person has to give back."""
    return Key.objects.held_by(user).select_related("client")
