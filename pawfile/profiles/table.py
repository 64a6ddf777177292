"""The client table: columns, filters, order, and rows as one reader may see them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, keyset_page
from pawfile.lib.prepared import Prepared, Slot, in_slots, prepared_on, slots
from pawfile.lib.times import said
from pawfile.profiles.columns import Columns, texts_of
from pawfile.profiles.doors import login_words
from pawfile.profiles.lists import read_lists
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientQuerySet, Status
from pawfile.profiles.words import searchable_keys
from pawfile.resources.models import Territory

PAGE_SIZE = 50
#: Counting stops here: "1,000+" says as much as the exact number and costs the same everywhere.
COUNT_LIMIT = 1000
#: More tags than that are no choice any more.
MOST_TAGS = 200

#: What the table can be sorted by: name in the address → (column, field key it needs).
ORDERS = {
    "name": ("sort_name", "last_name"),
    "status": ("status", "status"),
    "zip": ("zip_code", "zip_code"),
    "added": ("created_at", "last_name"),
    "changed": ("updated_at", "last_name"),
}
LIST_COLUMNS = (
    "id", "first_name", "last_name", "status", "primary_phone", "cell_phone", "home_phone",
    "work_phone", "partner_phone", "phones_e164", "street", "street2", "city", "state", "zip_code",
    "primary_sitter__name", "secondary_sitter__name",
)  # fmt: skip
PHONE_KEYS = ("cell_phone", "home_phone", "work_phone", "partner_phone")
ADDRESS_KEYS = ("street", "street2", "city", "state", "zip_code")
#: Where "Directions" leads; opened only by the person who presses it.
MAP = "https://www.openstreetmap.org/search?"


@dataclass(frozen=True, slots=True)
class Row:
    """A client in the table, in words."""

    pk: int
    name: str
    pets: list[str]
    phone: str
    dial: str
    address: str
    status: str
    sitters: list[str]
    next_visit: str = ""
    login: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given."""

    q: str = ""
    status: str = ""
    sitter: int | None = None
    tag: int | None = None
    territory: int | None = None
    sort: str = "name"
    descending: bool = False
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any], policy: Policy) -> "Filters":
        def number(name: str) -> int | None:
            text = str(query.get(name, ""))
            return int(text) if is_id(text) else None

        typed_sort = str(query.get("sort", ""))
        sort = typed_sort.removeprefix("-")
        known = sort in ORDERS and ORDERS[sort][1] in policy
        status = str(query.get("status", ""))
        return cls(
            q=str(query.get("q", "")).replace("\0", "")[:200],
            status=status if status in (*Status.values, "all") and "status" in policy else "",
            sitter=number("sitter") if "primary_sitter" in policy else None,
            tag=number("tag") if "tags" in policy else None,
            territory=number("territory") if "territory" in policy else None,
            sort=sort if known else "name",
            descending=known and typed_sort.startswith("-"),
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_search(self) -> bool:
        return bool(self.q.strip())

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.status or self.sitter or self.tag or self.territory)


def filtered(filters: Filters, *, reader: User) -> ClientQuerySet:
    """The clients the filters leave. A search looks among the Inactive too."""
    clients = Client.objects.visible_to(reader)
    if filters.is_search:
        clients = clients.search(filters.q, reader=reader, keys=searchable_keys(reader))
    if filters.status in Status.values:
        clients = clients.filter(status=filters.status)
    elif not filters.status and not filters.is_search:
        clients = clients.current()
    if filters.sitter is not None:
        sitter = filters.sitter
        clients = clients.filter(Q(primary_sitter=sitter) | Q(secondary_sitter=sitter))
    if filters.tag is not None:
        clients = clients.filter(tags=filters.tag)
    if filters.territory is not None:
        clients = clients.filter(in_territory(filters.territory))
    return clients


def in_territory(pk: int) -> Q:
    """Set to this territory, or to none and the zip lies in it."""
    zips = list(
        Territory.objects.filter(pk=pk, zips__isnull=False).values_list("zips__zip_code", flat=True)
    )
    return Q(territory=pk) | Q(territory=None, zip_code__in=zips)


def table_page(
    clients: ClientQuerySet, filters: Filters, columns: Columns | None = None
) -> Page[dict[str, Any]]:
    """One page of clients as values: what the table shows of them, and what it is sorted by."""
    column = ORDERS[filters.sort][0]
    names, answers = (columns.names, columns.answers) if columns else ([], {})
    return keyset_page(
        clients.values(*dict.fromkeys((*LIST_COLUMNS, column, *names)), **answers),
        column=column,
        descending=filters.descending,
        cursor=filters.cursor,
        size=PAGE_SIZE,
    )


def table_rows(
    found: Sequence[Mapping[str, Any]],
    policy: Policy,
    *,
    reader: User,
    columns: Columns | None = None,
) -> list[Row]:
    """The rows of a page with the names of the pets: one query, those of chosen columns, and for
    the office one for who signs in."""
    if not found:
        return []
    pets: dict[int, list[str]] = defaultdict(list)
    ids = in_slots(client["id"] for client in found)
    shown = Pet.objects.visible_to(reader)
    for client_id, name in prepared_on(shown, pet_names, len(ids)).rows(ids):
        pets[client_id].append(name)
    more = texts_of(found, columns) if columns else {}
    is_asked = columns is not None and NEXT_VISIT in columns.shown
    visits = next_visits(ids, reader=reader) if is_asked else {}
    logins = login_words(found) if reader.is_office else {}
    return [
        row_of(
            client,
            policy,
            pets=pets[client["id"]],
            next_visit=visits.get(client["id"], ""),
            login=logins.get(client["id"], ""),
            more=more.get(client["id"], {}),
        )
        for client in found
    ]


def pet_names(pets: QuerySet[Pet], count: int) -> Prepared:
    """(client's id, name) of the pets of so many clients."""
    return Prepared(pets.filter(client__pk__in=slots(count)).values_list("client_id", "name"))


def next_visits(ids: Mapping[str, int], *, reader: User) -> dict[int, str]:
    """Client id → when the next visit begins that the reader may see: one query a page."""
    visits: Any = Client._meta.get_field("visits").related_model
    query = prepared_on(visits.objects.visible_to(reader), first_visits, len(ids))
    return {pk: said(first) for pk, first in query.rows({**ids, "now": timezone.now()})}


def first_visits(visits: Any, count: int) -> Prepared:
    """(client's id, start of the next visit) of so many clients."""
    coming = visits.upcoming(Slot("now")).order_by().filter(client__pk__in=slots(count))
    return Prepared(
        coming.values("client").annotate(first=Min("starts_at")).values_list("client", "first")
    )


def count_text(clients: ClientQuerySet, page: Page[dict[str, Any]]) -> str:
    """How many clients the filters leave; a page that is the whole list is not counted again."""
    if not page.has_others:
        return f"{len(page.rows):,}"
    counted = clients.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    return f"{COUNT_LIMIT:,}+" if counted > COUNT_LIMIT else f"{counted:,}"


def row_of(
    client: Mapping[str, Any],
    policy: Policy,
    *,
    pets: list[str],
    next_visit: str = "",
    login: str = "",
    more: Mapping[str, str] = MappingProxyType({}),
) -> Row:
    """A client as the policy lets it be listed; ``pets`` are the names the reader may see.

    ``client`` are the values of ``LIST_COLUMNS``. From ``vars(client)`` come all but the sitters.
    """
    chosen = f"{client['primary_phone'].lower()}_phone"
    keys = sorted(PHONE_KEYS, key=lambda key: key != chosen)
    phone_key = next((key for key in keys if client[key] and key in policy), "")
    sitters = [
        client.get(f"{key}__name")
        for key in ("primary_sitter", "secondary_sitter")
        if key in policy
    ]
    return Row(
        pk=client["id"],
        name=f"{client['last_name']}, {client['first_name']}",
        pets=pets,
        next_visit=next_visit,
        login=login,
        phone=client[phone_key] if phone_key else "",
        dial=client["phones_e164"].get(phone_key, ""),
        address=address_line(**{key: client[key] for key in ADDRESS_KEYS if key in policy}),
        status=client["status"] if "status" in policy else "",
        sitters=[name for name in sitters if name],
        more=more,
    )


def address_line(
    street: str = "", street2: str = "", city: str = "", state: str = "", zip_code: str = ""
) -> str:
    """An address on one line, of whatever parts there are."""
    home = ", ".join(part for part in (street, street2) if part)
    place = " ".join(part for part in (state, zip_code) if part)
    return ", ".join(part for part in (home, city, place) if part)


def address_of(client: Client, policy: Policy) -> str:
    """The address of the home, as far as this reader may see it."""
    return address_line(**{key: getattr(client, key) for key in ADDRESS_KEYS if key in policy})


def directions_url(address: str) -> str:
    return MAP + urlencode({"query": address}) if address else ""


def filter_choices(policy: Policy, *, reader: User) -> dict[str, Any]:
    """What the filters offer, of fields the reader may see. A sitter's list is short enough."""
    needs = {"sitters": "primary_sitter", "tags": "tags", "territories": "territory"}
    if not reader.is_office:
        del needs["sitters"]
    lists = read_lists(*(name for name, key in needs.items() if key in policy))
    lists["tags"] = lists.get("tags", [])[:MOST_TAGS]
    return {"statuses": Status.choices if "status" in policy else [], **lists}


NEXT_VISIT = "next_visit"
COLUMNS = [
    ("name", _("Name"), "name"),
    ("pets", _("Pets"), ""),
    ("phone", _("Phone"), ""),
    ("address", _("Address"), "zip"),
    ("status", _("Status"), "status"),
    ("sitters", _("Sitters"), ""),
    (NEXT_VISIT, _("Next visit"), ""),
]


def columns_for(policy: Policy) -> list[tuple[str, Any, str]]:
    """(key, heading, sort) of the columns this reader has."""
    needs = {"status": ["status"], "sitters": ["primary_sitter", "secondary_sitter"]}
    needs["phone"] = ["cell_phone", "home_phone", "work_phone"]
    needs["address"] = list(ADDRESS_KEYS)
    return [
        column
        for column in COLUMNS
        if column[0] not in needs or any(key in policy for key in needs[column[0]])
    ]
