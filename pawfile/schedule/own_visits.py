"""A client's own visits, home by home: nothing in them is meant for the office only (rule 100)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import starmap
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from django.db.models import Q
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.money import format_money
from pawfile.lib.prepared import Prepared, Slot, fetch, in_slots, padded, prepared_on, slots
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import home_name
from pawfile.schedule.actions.requests import PLANNED, is_today
from pawfile.schedule.board import clocks
from pawfile.schedule.journals import journal_marks
from pawfile.schedule.models import Answer, Ask, ChangeRequest, Visit, VisitStatus

S = VisitStatus
#: Visits of a login that are listed, to come and past; and on the page that has "all" of them.
SHOWN, ALL_SHOWN = (14, 10), (400, 100)
#: Of these the client knows who comes, or came.
SURE = (S.ACCEPTED, S.CONFIRMED, S.IN_PROGRESS, S.COMPLETED)
#: What is still said of a visit whose time is over.
SETTLED = (S.COMPLETED, S.CANCELED, S.UNAVAILABLE)


class Told(NamedTuple):
    """What a client is told of a visit is made of these columns."""

    pk: int
    client_id: int
    visit_on: date
    starts_at: datetime
    ends_at: datetime
    status: str
    price: Decimal
    service: str
    client_name: str
    nickname: str | None
    sitter: str | None

    @classmethod
    def of(cls, visit: Visit) -> Self:
        service, sitter = visit.service, visit.sitter
        return cls(
            visit.pk, visit.client_id, visit.visit_on, visit.starts_at, visit.ends_at,
            visit.status, visit.price, service.name, service.client_name,
            sitter.nickname if sitter else None, sitter.name if sitter else None,
        )  # fmt: skip


COLUMNS = (
    "pk", "client_id", "visit_on", "starts_at", "ends_at", "status", "price",
    "service__name", "service__client_name", "sitter__nickname", "sitter__name",
)  # fmt: skip


class OwnVisit(NamedTuple):
    """A visit as the client sees it, in words. ``status`` is the kind of pill; empty: nothing is
    said. ``answered`` is the ask and the answer that the office gave with the words ``reply``."""

    pk: int
    on: date
    when: str
    service: str
    pets: str
    status: str
    sitter: str
    price: str
    is_requested: bool
    can_change: bool
    can_take_back: bool
    answered: tuple[str, str] = ("", "")
    reply: str = ""
    #: The id of its journal, and whether this login has not read it.
    journal: int | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class HomeVisits:
    client: Client
    name: str
    upcoming: list[OwnVisit] = field(default_factory=list)
    past: list[OwnVisit] = field(default_factory=list)


class Asks(NamedTuple):
    """Of some visits: what is asked and not answered yet, and the last answer with words."""

    open: dict[int, str]
    worded: dict[int, tuple[str, str, str]]


NO_ANSWER, NO_ASKS = ("", "", ""), Asks({}, {})


def homes_with_visits(
    reader: User, *, company: SiteOptions, shows_all: bool = False
) -> tuple[list[HomeVisits], bool]:
    """Each home of the login with its visits, the next one first, the last ones below; and whether
    there are more of them than that."""
    now, policy = timezone.now(), policy_for(reader, "client")
    homes = [
        HomeVisits(client, home_name(client, policy))
        for client in fetch(
            Client.objects.visible_to(reader), only=("street", "first_name", "last_name")
        )
    ]
    of_home = {home.client.pk: home for home in homes}
    to_come, past = ALL_SHOWN if shows_all else SHOWN
    statements = prepared_on(Visit.objects.visible_to(reader), ahead_and_behind, to_come, past)
    ahead, behind = (list(starmap(Told, each.rows({"now": now}))) for each in statements)
    found = [*ahead[:to_come], *behind[:past]]
    pks = [row.pk for row in found]
    pets, asks, journals = pets_of(pks, reader), asks_of(pks), journal_marks(pks, reader)
    for row in found:
        home = of_home[row.client_id]
        own = own_visit(
            row, now=now, pets=pets[row.pk], asks=asks, journals=journals, company=company
        )
        (home.upcoming if row.ends_at >= now else home.past).append(own)
    return homes, len(ahead) > to_come or len(behind) > past


def ahead_and_behind(visits: Any, to_come: int, past: int) -> tuple[Prepared, Prepared]:
    """Those whose time is not over, and those whose is, one more of each than is shown."""
    told, now = visits.values_list(*COLUMNS), Slot("now")
    ahead = told.filter(ends_at__gte=now).order_by("starts_at", "pk")
    behind = told.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    return Prepared(ahead[: to_come + 1]), Prepared(behind[: past + 1])


def own_visit(
    row: Told,
    *,
    now: datetime,
    pets: Sequence[str],
    asks: Asks = NO_ASKS,
    journals: Mapping[int, tuple[int, bool]] = MappingProxyType({}),
    company: SiteOptions,
) -> OwnVisit:
    asked = asks.open.get(row.pk)
    ask, answer, reply = asks.worded.get(row.pk, NO_ANSWER) if asked is None else NO_ANSWER
    journal, is_new = journals.get(row.pk, (None, False))
    is_requested = row.status == S.REQUESTED
    return OwnVisit(
        pk=row.pk,
        on=row.visit_on,
        when=clocks(row.starts_at, row.ends_at, timezone.get_current_timezone()),
        service=row.client_name or row.service,
        pets=", ".join(pets),
        status=status_for_client(row.status, asked, is_over=row.ends_at < now),
        sitter=row.nickname or first_name(row.sitter) if row.status in SURE else "",
        price=format_money(row.price, company.currency) if row.price else "",
        is_requested=is_requested,
        can_change=row.starts_at > now
        and asked is None
        and (is_requested or may_ask(row, company)),
        can_take_back=asked is not None and row.status in PLANNED,
        answered=(ask, answer),
        reply=reply,
        journal=journal,
        is_new=is_new,
    )


def may_ask(row: Told, company: SiteOptions) -> bool:
    is_fixed = not company.has_same_day_cancel and is_today(row.visit_on, company)
    return row.status in PLANNED and not is_fixed


def status_for_client(status: str, asked: str | None, *, is_over: bool) -> str:
    """The client's word: whether a sitter still has to say yes, or said no, is the office's affair;
    so is a visit that nobody marked as completed."""
    if is_over and status not in SETTLED:
        return ""
    if asked is not None and status in PLANNED:
        return "cancel-requested" if asked == Ask.CANCEL else "change-requested"
    if status in (S.ASSIGNED, S.DECLINED):
        return "planned"
    return str(S.CONFIRMED if status == S.ACCEPTED else status)


def own_status(visit: Visit) -> str:
    """The same for the page of one visit. One query."""
    asked = asks_of([visit.pk]).open.get(visit.pk)
    return status_for_client(visit.status, asked, is_over=visit.ends_at < timezone.now())


def called(sitter: User | None) -> str:
    """How clients call the sitter: by the nickname, else the first name; never the whole name."""
    return (sitter.nickname or first_name(sitter.name)) if sitter else ""


def first_name(name: str | None) -> str:
    return (name or "").partition(" ")[0]


def pets_of(pks: Sequence[int], reader: User) -> dict[int, list[str]]:
    """Visit → names of its pets, as far as the reader sees them. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    if pks:
        asked = padded(pks)
        names = prepared_on(Pet.objects.visible_to(reader), _pet_names, len(asked))
        for visit, name in names.rows(in_slots(asked)):
            found[visit].append(name)
    return found


def _pet_names(pets: Any, count: int) -> Prepared:
    return Prepared(pets.filter(visits__pk__in=slots(count)).values_list("visits", "name"))


def asks_of(pks: Sequence[int]) -> Asks:
    """What is asked about visits that the reader was found to see. One query."""
    found = Asks({}, {})
    if pks:
        asked = padded(pks)
        for visit, ask, answer, reply in _asks(len(asked)).rows(in_slots(asked)):
            if answer == Answer.OPEN:
                found.open[visit] = ask
            else:
                found.worded[visit] = (ask, answer, reply)
    return found


@lru_cache(maxsize=64)
def _asks(count: int) -> Prepared:
    asks = ChangeRequest.objects.filter(Q(answer=Answer.OPEN) | ~Q(reply=""))
    of_visits = asks.filter(visit__pk__in=slots(count)).order_by("answered_at", "pk")
    return Prepared(of_visits.values_list("visit_id", "ask", "answer", "reply"))
