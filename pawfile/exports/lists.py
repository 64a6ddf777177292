"""The lists of the book as rows of text: what one reader sees of each, secrets never.

Each list goes by the filters of its own page, so a file has what stands in the table, all pages of
it; of clients only the ticked ones, if some are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, starmap
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.access import board as keys
from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, policy_for
from pawfile.fields.registry import MANY_KINDS, Field, Kind, Label
from pawfile.lib.numbers import is_id
from pawfile.profiles import pet_table, table
from pawfile.profiles.models import Client
from pawfile.profiles.models.profile import Profile, fetch_links
from pawfile.resources.models import Vet
from pawfile.schedule import board as visits
from pawfile.schedule.models.visit import WORDS

Query = Mapping[str, Any]
Rows = Iterator[list[str]]
#: Secrets open one by one, a photo is no text, and the owner has columns of its own.
NOT_LISTED = frozenset({Kind.SECRET, Kind.PHOTO, Kind.OWNER})
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as one reader has it; ``rows`` begin with the headings."""

    found: QuerySet[Any]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Listed:
    """``page`` is the name of the address where the list stands."""

    title: Label
    page: str
    listing: Callable[[User, Query, Sequence[int]], Listing]


def client_listing(reader: User, query: Query, ticked: Sequence[int]) -> Listing:
    policy = policy_for(reader, "client")
    found = table.filtered(table.Filters.read(query, policy), reader=reader)
    if ticked:
        found = Client.objects.visible_to(reader).filter(pk__in=ticked)
    fields = listed(policy)
    linked = found.order_by("sort_name", "pk").with_links()
    return Listing(found, profile_rows(linked, fields, [], lambda _client: []))


def pet_listing(reader: User, query: Query, _ticked: Sequence[int]) -> Listing:
    """With the owner's name in front, in the words by which the importer knows it again."""
    found = pet_table.filtered(pet_table.Filters.read(query, reader), reader=reader)
    names = [policy_for(reader, "client").fields[key].field for key in ("first_name", "last_name")]
    headings = [_("Client {field}").format(field=field.label) for field in names]

    def owner(pet: Any) -> list[str]:
        return [pet.client.first_name, pet.client.last_name]

    linked = found.order_by("sort_name", "pk").with_links()
    return Listing(found, profile_rows(linked, listed(policy_for(reader, "pet")), headings, owner))


def listed(policy: Policy) -> list[Field]:
    return [item.field for item in policy.fields.values() if item.kind not in NOT_LISTED]


def profile_rows(
    found: QuerySet[Any], fields: list[Field], first: list[str], own: Callable[[Any], list[str]]
) -> Rows:
    """``first`` are headings before those of the fields, ``own`` what stands below them."""
    yield first + [str(field.label) for field in fields]
    many = [field.key for field in fields if field.kind in MANY_KINDS]
    for chunk in chunks(found.prefetch_related(*many)):
        fetch_links(chunk, fields)
        for record in chunk:
            yield own(record) + [text_of(record, field) for field in fields]


def text_of(record: Profile, field: Field) -> str:
    """As the profile says it, but a day as every program reads it, and a territory only if it is
    set: the one of a zip is no answer of the client's."""
    if not record.is_shown(field):
        return ""
    if field.kind == Kind.DATE:
        day = record.field_value(field)
        return day.isoformat() if day else ""
    if field.kind == Kind.TERRITORY:
        return str(record.linked(field) or "")
    return record.field_text(field)


def chunks(found: QuerySet[Any]) -> Iterator[list[Any]]:
    rows = found.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk


def vet_listing(reader: User, query: Query, _ticked: Sequence[int]) -> Listing:
    found = Vet.objects.visible_to(reader).matching(str(query.get("q", "")))
    columns = ("name", "clinic", "phone", "address", "emergency_hours")

    def rows() -> Rows:
        yield [_("Name"), _("Clinic"), _("Phone"), _("Address"), _("Emergency hours")]
        for row in found.values_list(*columns).iterator(chunk_size=AT_ONCE):
            yield list(row)

    return Listing(found, rows())


def key_listing(reader: User, query: Query, _ticked: Sequence[int]) -> Listing:
    today = timezone.localdate()
    found = keys.filtered(keys.Filters.read(query), reader=reader, today=today)
    linked = found.order_by("folded_code", "pk").select_related("client", "sitter", "location")

    def rows() -> Rows:
        yield [_("Key code"), _("Client"), _("Where"), _("Since"), _("Back by"), _("Note")]
        for chunk in chunks(linked):
            for row in keys.rows_of(chunk, reader=reader, today=today):
                key = row.key
                yield [
                    key.code,
                    row.client.list_name if row.client else "",
                    str(key.spot),
                    timezone.localdate(key.placed_at).isoformat(),
                    key.due_on.isoformat() if key.due_on else "",
                    key.note,
                ]

    return Listing(found, rows())


def visit_listing(reader: User, query: Query, _ticked: Sequence[int]) -> Listing:
    """The stretch of days that the table of the Master Schedule shows."""
    policy = policy_for(reader, "client")
    filters = visits.Filters.read(query, policy, today=timezone.localdate(), view=visits.View.TABLE)
    found = visits.filtered(filters, reader=reader)
    ordered = found.order_by("starts_at", "pk").values_list(*visits.COLUMNS, "price")

    def rows() -> Rows:
        yield [
            _("Day"), _("Time"), _("Time block"), _("Client"), _("Pets"), _("Service"),
            _("Sitter"), _("Status"), _("Price"),
        ]  # fmt: skip
        told = starmap(visits.Told, ordered.iterator(chunk_size=AT_ONCE))
        for box in visits.drawn_up(told, visits.pet_names(found, reader=reader), reader=reader):
            yield [
                box.day.isoformat(), box.when, box.block, box.client, box.pets, box.service,
                box.sitter, str(WORDS[box.status]), str(box.price),
            ]  # fmt: skip

    return Listing(found, rows())


#: Name in the address → the list.
LISTS = {
    "clients": Listed(gettext_lazy("Clients"), "client_list", client_listing),
    "pets": Listed(gettext_lazy("Pets"), "pet_list", pet_listing),
    "vets": Listed(gettext_lazy("Vets"), "vet_list", vet_listing),
    "keys": Listed(gettext_lazy("Keys"), "key_list", key_listing),
    "visits": Listed(gettext_lazy("Visits"), "schedule", visit_listing),
}


def ids(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if is_id(text)]
