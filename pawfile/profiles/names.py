"""The names of what a profile points at, read in one statement for client and pets together.

Vet, sitters and the territory of the client's zip are among them, so a company's own links cost no
query more.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, QuerySet, Value

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Kind
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
BY_ZIP = "zip"
Ids = dict[Kind, set[int]]


def fetch_names(client: Client, pets: Sequence[Pet], *, reader: User) -> None:
    """Give the client and the pets what ``field_text`` will ask for: one query at the most."""
    wanted = linked_ids(client, pets, reader=reader)
    parts = [part(kind.value, kind, {"pk__in": pks}) for kind, pks in wanted.items()]
    is_by_zip = client.territory_id is None and bool(client.zip_code.strip())
    if is_by_zip and "territory" in policy_for(reader, "client"):
        by_zip = {"zips__zip_code": first_five(client.zip_code)}
        parts.append(part(BY_ZIP, Kind.TERRITORY, by_zip))
    rows: list[tuple[str, int, str, str]] = []
    if parts:
        rows = list(parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0])
    known: dict[tuple[Kind, int], Any] = {(k, pk): None for k, pks in wanted.items() for pk in pks}
    if is_by_zip:
        client.territory_by_zip = None
    for what, pk, first, second in rows:
        if what == BY_ZIP:
            client.territory_by_zip = Territory(pk=pk, name=first)
        else:
            kind = Kind(what)
            named = dict(zip(NAMED_BY[kind], (first, second), strict=True))
            named.pop("", None)
            known[kind, pk] = LINKED_MODELS[kind](pk=pk, **named)
    for record in (client, *pets):
        record.__dict__.setdefault("_linked", {}).update(known)


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


def part(what: str, kind: Kind, condition: dict[str, Any]) -> QuerySet[Any, Any]:
    """(what it is, id, the two columns of the name) of some rows of one kind."""
    first, second = NAMED_BY[kind]
    rows: Any = LINKED_MODELS[kind]._default_manager.filter(**condition).order_by()
    empty = Value("", output_field=CharField())
    named = rows.values_list(Value(what, output_field=CharField()), "pk", first, second or empty)
    result: QuerySet[Any, Any] = named
    return result
