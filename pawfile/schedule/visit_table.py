"""The table of the Master Schedule: a stretch of days, sorted, page by page."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.paging import Page, keyset_page
from pawfile.schedule.board import (
    COLUMNS,
    Box,
    Filters,
    Told,
    drawn_up,
    filtered,
    pet_names,
)
from pawfile.schedule.models import Visit

PAGE_SIZE = 50
#: What the table can be sorted by: name in the address → what is compared.
ORDERS: dict[str, Any] = {
    "time": F("starts_at"),
    "client": F("client__sort_name"),
    "service": F("service__name"),
    "sitter": Coalesce("sitter__name", Value("")),
    "status": F("status"),
}
#: (sort, heading) of each column; pets are no order.
HEADINGS = [
    ("time", _("When")),
    ("client", _("Client")),
    ("", _("Pets")),
    ("service", _("Service")),
    ("sitter", _("Sitter")),
    ("status", _("Status")),
    ("", _("Price")),
]


def table_page(filters: Filters, *, reader: User) -> Page[Any]:
    """One page of the stretch, as values."""
    by = filters.sort if filters.sort in ORDERS else "time"
    rows = filtered(filters, reader=reader).values(*COLUMNS, "price", sorted_by=ORDERS[by])
    return keyset_page(
        rows,
        column="starts_at" if by == "time" else "sorted_by",
        descending=filters.descending,
        cursor=filters.cursor,
        size=PAGE_SIZE,
    )


def table_boxes(page: Page[Any], *, reader: User) -> list[Box]:
    ids = [row["id"] for row in page.rows]
    visits = Visit.objects.visible_to(reader).filter(pk__in=ids)
    rows = [Told(*(row[column] for column in (*COLUMNS, "price"))) for row in page.rows]
    pets = pet_names(visits, reader=reader) if ids else {}
    return list(drawn_up(rows, pets, reader=reader))
