"""A sitter's own visits as boxes, in the order of need: what could hurt first, then the way there.

Whatever is in a box went through the reader's field policy.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, policy_for
from pawfile.fields.registry import Label
from pawfile.history.marks import Marks, marks_of
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import WARNINGS, applies, photo_url, shown_field
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.table import address_of, directions_url
from pawfile.profiles.vaccinations import Vaccine, rows_of
from pawfile.schedule.journals import journals_of, may_write, notes_in_boxes
from pawfile.schedule.key_notices import without_key
from pawfile.schedule.models import Journal, SitterNote, Visit, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet
from pawfile.schedule.since import News, has_news, news_of
from pawfile.schedule.vaccines import vaccines_at

S = VisitStatus
WEEK = 7
#: A visit of two nights at the most can have begun before the day that is looked at.
LONGEST = timedelta(days=2)
#: Status → what its sitter can do next, the likely one first.
STEPS: dict[str, tuple[str, ...]] = {
    S.ASSIGNED: ("accept", "decline"),
    S.ACCEPTED: ("arrive", "complete"),
    S.CONFIRMED: ("arrive", "complete"),
    S.IN_PROGRESS: ("complete",),
}


@dataclass(frozen=True, slots=True)
class BoxPet:
    pet: Pet
    photo_url: str


@dataclass(frozen=True, slots=True)
class Danger:
    """What could hurt, of a pet that lives there, whether the visit is for it or not."""

    pet: Pet
    label: Label
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One visit on the sitter's day."""

    visit: Visit
    address: str
    directions_url: str
    pets: list[BoxPet]
    dangers: list[Danger]
    #: Of the pets of the visit: expired, or not reaching it.
    vaccines: list[Vaccine]
    unseen: int
    steps: tuple[str, ...]
    notes: list[SitterNote]
    journal: Journal | None
    can_write: bool
    lacks_key: bool
    news: News | None

    @property
    def is_over(self) -> bool:
        return self.visit.status == S.COMPLETED

    @property
    def anchor(self) -> str:
        return str(self.visit.pk)


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """When the day begins and ends here; on the nights the clocks change it has 23 or 25 hours."""
    start = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    end = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return start, timezone.make_aware(end)


def visits_of_day(sitter: User, day: date, *, today: date) -> VisitQuerySet:
    """The sitter's visits that touch this day; today also the one that was never completed."""
    start, end = bounds_of(day)
    touching = Q(starts_at__gte=start - LONGEST, starts_at__lt=end, ends_at__gt=start)
    if day == today:
        touching |= Q(status=S.IN_PROGRESS, starts_at__lt=end)
    return own(sitter).filter(touching)


def visits_of_week(sitter: User, first: date) -> list[tuple[date, list[Visit]]]:
    """Seven days from ``first`` on, each with its visits. One query."""
    days = [first + timedelta(days=number) for number in range(WEEK)]
    found: dict[date, list[Visit]] = defaultdict(list)
    visits = own(sitter).filter(
        starts_at__gte=bounds_of(days[0])[0] - LONGEST,
        starts_at__lt=bounds_of(days[-1])[1] + LONGEST,
        visit_on__range=(days[0], days[-1]),
    )
    for visit in visits.select_related("client", "service", "block"):
        found[visit.visit_on].append(visit)
    return [(day, found[day]) for day in days]


def own(sitter: User) -> VisitQuerySet:
    return Visit.objects.visible_to(sitter).filter(sitter=sitter)


def offers_to(sitter: User, day: date, *, today: date) -> VisitQuerySet:
    """What is offered to everyone: today all that is still to come, else of that day."""
    offers = Visit.objects.visible_to(sitter).filter(is_for_anyone=True, status=S.ASSIGNED)
    return (
        offers.filter(ends_at__gt=timezone.now()) if day == today else offers.filter(visit_on=day)
    )


def boxes_of(
    visits: VisitQuerySet, *, reader: User, company: SiteOptions, today: date
) -> list[Box]:
    """The visits as boxes in time order; pets, changes, warnings, notes and journals are read for
    all at once."""
    shown = list(visits.select_related("client", "service", "block").order_by("starts_at", "pk"))
    if not shown:
        return []
    policy, pet_policy = policy_for(reader, "client"), policy_for(reader, "pet")
    homes = {visit.client_id for visit in shown}
    living = defaultdict(list)
    for pet in Pet.objects.visible_to(reader).filter(client__in=homes).select_related("photo"):
        living[pet.client_id].append(pet)
    visited = pets_visited(shown)
    changes = marks_of(Client, homes, reader=reader, keys=policy.keys, days=company.change_window)
    pet_ids = [pet.pk for pets in living.values() for pet in pets]
    pet_changes = marks_of(
        Pet, pet_ids, reader=reader, keys=pet_policy.keys, days=company.change_window
    )
    vaccinations = list(rows_of([pet for pets in living.values() for pet in pets]))
    notes, journals = notes_in_boxes(homes, reader), journals_of(shown, reader)
    keyless = without_key(shown, reader)
    ahead = {visit.client_id: visit.client for visit in shown if has_news(visit, reader)}
    here = [pet for pk in ahead for pet in living[pk]]
    news = news_of(ahead.values(), reader, company=company, pets=here)
    boxes = []
    for visit in shown:
        pets, address = living[visit.client_id], address_of(visit.client, policy)
        journal = journals.get(visit.pk)
        met = [pet for pet in pets if pet.pk in visited[visit.pk]]
        boxes.append(
            Box(
                visit=visit,
                address=address,
                directions_url=directions_url(address),
                pets=[BoxPet(pet, photo_url(pet, pet_policy)) for pet in met],
                dangers=[each for pet in pets for each in dangers_of(pet, pet_policy)],
                vaccines=vaccines_at(visit, met, vaccinations, today=today),
                unseen=unseen_in(changes, [visit.client_id])
                + unseen_in(pet_changes, [pet.pk for pet in pets]),
                steps=steps_of(visit, today=today),
                notes=notes.get(visit.client_id, []),
                journal=journal,
                can_write=journal is None and may_write(visit, None, reader),
                lacks_key=visit.pk in keyless,
                news=news.get(visit.client_id) if has_news(visit, reader) else None,
            )
        )
    return boxes


def pets_visited(visits: Sequence[Visit]) -> dict[int, set[int]]:
    """Visit → the pets it is for. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Visit.pets.through.objects.filter(visit__in=[visit.pk for visit in visits])
    for visit_id, pet_id in pairs.values_list("visit_id", "pet_id"):
        found[visit_id].add(pet_id)
    return found


def dangers_of(pet: Pet, policy: Policy) -> list[Danger]:
    seen = (policy.fields[key] for key in WARNINGS if key in policy)
    shown = (shown_field(item, pet, None) for item in seen if applies(item, pet))
    return [Danger(pet, field.label, field.text) for field in shown if field.is_filled]


def unseen_in(changes: Marks, ids: Sequence[int]) -> int:
    """How many fields of these records changed and this reader has not looked."""
    return sum(mark.is_new for pk in ids for mark in changes.get(pk, {}).values())


def steps_of(visit: Visit, *, today: date) -> tuple[str, ...]:
    """The buttons of its state; nobody arrives before the day."""
    if visit.is_for_anyone:
        return ("accept",)
    steps = STEPS.get(visit.status, ())
    return () if "arrive" in steps and visit.visit_on > today else steps
