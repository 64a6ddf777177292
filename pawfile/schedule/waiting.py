"""What waits for the office's answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_time
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.schedule.models import Answer, Ask, ChangeRequest, TimeBlock, Visit, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet

#: So many of a kind are listed; the answered ones make room.
MOST = 200


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """A client's wish with what it changes: label, as it is, as wanted."""

    asked: ChangeRequest
    lines: list[tuple[str, str, str]]

    @property
    def is_cancel(self) -> bool:
        return self.asked.ask == Ask.CANCEL


def requested_visits(visits: VisitQuerySet) -> list[Visit]:
    """The soonest first, with all that a line says. Two queries."""
    waiting = visits.filter(status=VisitStatus.REQUESTED).order_by("starts_at", "pk")
    found = waiting.select_related("client", "service", "block").prefetch_related("pets")
    return list(found[:MOST])


def open_asks(asks: "QuerySet[ChangeRequest]") -> list[OpenAsk]:
    linked = ("visit__client", "visit__service", "visit__block", "visit__sitter", "asked_by")
    found = asks.filter(answer=Answer.OPEN).select_related(*linked)
    listed = list(found.order_by("visit__starts_at", "pk")[:MOST])
    return [
        OpenAsk(asked, lines_of(asked, blocks))
        for blocks in [blocks_of(listed)]
        for asked in listed
    ]


def blocks_of(asks: Iterable[ChangeRequest]) -> dict[str, TimeBlock]:
    wanted = {asked.wanted["block"] for asked in asks if asked.wanted.get("block")}
    return {str(block.pk): block for block in TimeBlock.objects.filter(pk__in=wanted)}


def lines_of(asked: ChangeRequest, blocks: dict[str, TimeBlock]) -> list[tuple[str, str, str]]:
    visit, lines = asked.visit, []
    if day := parse_date(asked.wanted.get("visit_on", "")):
        now = date_format(visit.visit_on, "D j M Y")
        lines.append((_("Day"), now, date_format(day, "D j M Y")))
    if "block" in asked.wanted:
        block = blocks.get(asked.wanted["block"])
        lines.append((_("Time block"), str(visit.block or ""), str(block or "")))
    if "exact_time" in asked.wanted:
        clock = parse_time(asked.wanted["exact_time"])
        old = f"{visit.exact_time:%H:%M}" if visit.exact_time else ""
        lines.append((_("Exact time"), old, f"{clock:%H:%M}" if clock else ""))
    return lines


def requests_waiting(reader: User) -> int:
    """How many answers the office owes. Two queries, none for whoever gives none."""
    if not reader.is_office:
        return 0
    visits = Visit.objects.visible_to(reader).filter(status=VisitStatus.REQUESTED)
    asks = ChangeRequest.objects.visible_to(reader).filter(answer=Answer.OPEN)
    return visits.count() + asks.count()
