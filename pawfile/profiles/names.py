"""The names of what a profile points at, read in one statement for client and pets together.

Vet, sitters, tags and the territory of the client's zip are among them, so a company's own links
cost no query more.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Kind
from pawfile.lib.prepared import Prepared, Slot, words
from pawfile.lib.zips import first_five
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import LINKED_MODELS
from pawfile.resources.models import Territory

#: The two columns of which a row's name is made.
NAMED_BY = {
    Kind.VET: ("name", "clinic"),
    Kind.SITTER: ("name", "email"),
    Kind.TERRITORY: ("name", ""),
}
#: A client's fields of several rows, each with the columns of id and names in the rows between.
SEVERAL = {
    "blocked_sitters": ("user_id", "user__name", "user__email"),
    "tags": ("tag_id", "tag__name", ""),
}
BY_ZIP = "zip"
Ids = dict[Kind, set[int]]


def fetch_names(client: Client, pets: Sequence[Pet], *, reader: User) -> None:
    """Give the client and the pets what ``field_text`` will ask for: one query at the most."""
    policy = policy_for(reader, "client")
    wanted = linked_ids(client, pets, reader=reader)
    several: dict[str, list[str]] = {key: [] for key in SEVERAL if key in policy}
    is_by_zip = client.territory_id is None and bool(client.zip_code.strip())
    if is_by_zip:
        client.territory_by_zip = None
    known: dict[tuple[Kind, int], Any] = {(k, pk): None for k, pks in wanted.items() for pk in pks}
    for what, pk, first, second in read(
        client, wanted, several=tuple(several), is_by_zip=is_by_zip and "territory" in policy
    ):
        if what in several:
            several[what].append(first or second)
        elif what == BY_ZIP:
            client.territory_by_zip = Territory(pk=pk, name=first)
        else:
            kind = Kind(what)
            named = dict(zip(NAMED_BY[kind], (first, second), strict=True))
            named.pop("", None)
            known[kind, pk] = LINKED_MODELS[kind](pk=pk, **named)
    client.__dict__["_several"] = several
    for record in (client, *pets):
        record.__dict__.setdefault("_linked", {}).update(known)


def fetch_several(client: Client) -> None:
    """Give the client what its form asks for: the rows of the fields that name several."""
    names: dict[str, list[str]] = {key: [] for key in SEVERAL}
    pks: dict[str, list[int]] = {key: [] for key in SEVERAL}
    for key, pk, first, second in statement((), tuple(SEVERAL), False).rows({"client": client.pk}):
        names[key].append(first or second)
        pks[key].append(pk)
    client.__dict__ |= {"_several": names, "_many": pks}


def linked_ids(client: Client, pets: Sequence[Pet], *, reader: User) -> Ids:
    """Kind → ids in the answers that the reader may see."""
    found: Ids = defaultdict(set)
    for record in (client, *pets):
        for item in policy_for(reader, record.subject.key).fields.values():
            if item.kind in NAMED_BY:
                pk = record.field_value(item.field)
                if pk is not None:
                    found[item.kind].add(pk)
    return found


def read(
    client: Client, wanted: Ids, *, several: tuple[str, ...], is_by_zip: bool
) -> list[tuple[str, int, str, str]]:
    """(what it is, id, the two columns of the name) of all rows that are asked for."""
    counts = tuple((kind, len(pks)) for kind, pks in wanted.items())
    if not counts and not several and not is_by_zip:
        return []
    values: dict[str, Any] = {"client": client.pk, "zip": first_five(client.zip_code)}
    for kind, pks in wanted.items():
        values |= {slot(kind, place): pk for place, pk in enumerate(pks)}
    return statement(counts, several, is_by_zip).rows(values)


def slot(kind: Kind, place: int) -> str:
    return f"{kind}{place}"


@lru_cache(maxsize=512)
def statement(
    counts: tuple[tuple[Kind, int], ...], several: tuple[str, ...], is_by_zip: bool
) -> Prepared:
    parts = []
    for kind, count in counts:
        pks = [Slot(slot(kind, place)) for place in range(count)]
        parts.append(part(kind.value, kind, pk__in=pks))
    if is_by_zip:
        parts.append(part(BY_ZIP, Kind.TERRITORY, zips__zip_code=Slot("zip")))
    for key in several:
        between = getattr(Client, key).through.objects
        parts.append(named(between.filter(client=Slot("client")), key, *SEVERAL[key]))
    return Prepared(parts[0].union(*parts[1:], all=True))


def part(what: str, kind: Kind, **condition: Any) -> QuerySet[Any, Any]:
    rows: Any = LINKED_MODELS[kind]._default_manager.filter(**condition)
    return named(rows, what, "pk", *NAMED_BY[kind])


def named(rows: Any, what: str, *columns: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().values_list(
        words(what), *(column or words("") for column in columns)
    )
    return found
