"""A client's own visits, home by home: nothing in them is meant for the office only (rule 100)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.money import format_money
from pawfile.lib.prepared import fetch
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import home_name
from pawfile.schedule.actions.requests import PLANNED, is_today
from pawfile.schedule.journals import journals_of
from pawfile.schedule.mine import pets_visited
from pawfile.schedule.models import Answer, Ask, ChangeRequest, Journal, Visit, VisitStatus

S = VisitStatus
#: Visits of a login that are listed, to come and past; and on the page that has "all" of them.
SHOWN, ALL_SHOWN = (14, 10), (400, 100)
#: Of these the client knows who comes, or came.
SURE = (S.ACCEPTED, S.CONFIRMED, S.IN_PROGRESS, S.COMPLETED)
#: What is still said of a visit whose time is over.
SETTLED = (S.COMPLETED, S.CANCELED, S.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """A visit as the client sees it. ``status`` is the kind of pill; empty: nothing is said."""

    visit: Visit
    service: str
    pets: list[str]
    status: str
    sitter: str
    price: str
    can_change: bool
    can_take_back: bool
    answer: ChangeRequest | None = None
    journal: Journal | None = None

    @property
    def is_requested(self) -> bool:
        return self.visit.status == S.REQUESTED


@dataclass(frozen=True, slots=True)
class HomeVisits:
    client: Client
    name: str
    upcoming: list[OwnVisit] = field(default_factory=list)
    past: list[OwnVisit] = field(default_factory=list)


def homes_with_visits(
    reader: User, *, company: SiteOptions, shows_all: bool = False
) -> tuple[list[HomeVisits], bool]:
    """Each home of the login with its visits, the next one first, the last ones below; and whether
    there are more of them than that."""
    now, policy = timezone.now(), policy_for(reader, "client")
    homes = [
        HomeVisits(client, home_name(client, policy))
        for client in fetch(Client.objects.visible_to(reader))
    ]
    of_home = {home.client.pk: home for home in homes}
    visits = Visit.objects.visible_to(reader).select_related("service", "block", "sitter")
    to_come, past = ALL_SHOWN if shows_all else SHOWN
    ahead = list(visits.filter(ends_at__gte=now).order_by("starts_at", "pk")[: to_come + 1])
    behind = list(visits.filter(ends_at__lt=now).order_by("-starts_at", "-pk")[: past + 1])
    found = [*ahead[:to_come], *behind[:past]]
    pets, asked, answers = pets_of(found, reader), open_requests(found), worded_answers(found)
    journals = journals_of(found, reader)
    for visit in found:
        home = of_home[visit.client_id]
        own = own_visit(
            visit,
            pets=pets[visit.pk],
            asked=asked.get(visit.pk),
            answer=answers.get(visit.pk),
            company=company,
        )
        own = replace(own, journal=journals.get(visit.pk))
        (home.upcoming if visit.ends_at >= now else home.past).append(own)
    return homes, len(ahead) > to_come or len(behind) > past


def own_visit(
    visit: Visit,
    *,
    pets: list[str],
    asked: str | None,
    answer: ChangeRequest | None = None,
    company: SiteOptions,
) -> OwnVisit:
    """``asked`` waits for the office; ``answer`` is what it said to an earlier wish."""
    now = timezone.now()
    is_requested = visit.status == S.REQUESTED
    return OwnVisit(
        visit=visit,
        service=visit.service.client_name or visit.service.name,
        pets=pets,
        status=status_for_client(visit, asked, is_over=visit.ends_at < now),
        sitter=called(visit.sitter) if visit.status in SURE else "",
        price=format_money(visit.price, company.currency) if visit.price else "",
        can_change=visit.starts_at > now
        and asked is None
        and (is_requested or may_ask(visit, company)),
        can_take_back=asked is not None and visit.status in PLANNED,
        answer=answer if asked is None else None,
    )


def may_ask(visit: Visit, company: SiteOptions) -> bool:
    return visit.status in PLANNED and (company.has_same_day_cancel or not is_today(visit, company))


def status_for_client(visit: Visit, asked: str | None, *, is_over: bool) -> str:
    """The client's word: whether a sitter still has to say yes, or said no, is the office's affair;
    so is a visit that nobody marked as completed."""
    if is_over and visit.status not in SETTLED:
        return ""
    if asked is not None and visit.status in PLANNED:
        return "cancel-requested" if asked == Ask.CANCEL else "change-requested"
    if visit.status in (S.ASSIGNED, S.DECLINED):
        return "planned"
    return str(S.CONFIRMED if visit.status == S.ACCEPTED else visit.status)


def own_status(visit: Visit) -> str:
    """The same for the page of one visit. One query."""
    asked = open_requests([visit]).get(visit.pk)
    return status_for_client(visit, asked, is_over=visit.ends_at < timezone.now())


def called(sitter: User | None) -> str:
    """How clients call the sitter: by the nickname, else the first name; never the whole name."""
    return (sitter.nickname or sitter.name.partition(" ")[0]) if sitter else ""


def pets_of(visits: Iterable[Visit], reader: User) -> dict[int, list[str]]:
    """Visit → names of its pets, as far as the reader sees them. Two queries."""
    visited = pets_visited(list(visits))
    ids = {pk for pets in visited.values() for pk in pets}
    names = dict(Pet.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "name"))
    found: dict[int, list[str]] = defaultdict(list)
    for visit, pets in visited.items():
        found[visit] = [name for pk, name in names.items() if pk in pets]
    return found


def open_requests(visits: Iterable[Visit]) -> dict[int, str]:
    """Visit → what is asked about it and not answered yet. One query."""
    waiting = ChangeRequest.objects.filter(visit__in=[visit.pk for visit in visits])
    return dict(waiting.filter(answer=Answer.OPEN).values_list("visit_id", "ask"))


def worded_answers(visits: Iterable[Visit]) -> dict[int, ChangeRequest]:
    """Visit → the last wish that the office answered with words of its own. One query."""
    asks = ChangeRequest.objects.filter(visit__in=[visit.pk for visit in visits])
    answered = asks.exclude(reply="").order_by("answered_at", "pk")
    return {asked.visit_id: asked for asked in answered}
