"""Vaccinations as people read them: which of them hold, and which run out before a visit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.lib.text import fold
from pawfile.profiles.models import Client, Pet, ProfileFile, Vaccination

EXPIRED, RUNS_OUT = "lapsed", "runs-out"


@dataclass(frozen=True, slots=True)
class Vaccine:
    """The newest vaccination of one name, on a day and with a visit in mind."""

    pet: Pet
    vaccination: Vaccination
    #: ``EXPIRED``, ``RUNS_OUT`` before the visit, or empty: it holds, as far as one knows.
    state: str
    #: "Rabies, 3 Mar 2027, before the next visit on 8 Mar 2027"
    text: str
    #: The visit that it does not reach.
    visit_on: date | None = None

    @property
    def word(self) -> str:
        return {EXPIRED: _("Expired"), RUNS_OUT: _("Runs out")}.get(self.state, "")

    @property
    def line(self) -> str:
        """On paper, where there is no colour."""
        return f"{self.word}: {self.text}" if self.state else self.text


def day_text(day: date) -> str:
    return date_format(day, "j M Y")


def vaccine(
    pet: Pet, row: Vaccination, *, today: date, visit_on: date | None, is_next: bool
) -> Vaccine:
    """``is_next``: the visit is the pet's next one; else it is the one that is looked at."""
    ends = row.expires_on
    if ends is None:
        given = row.given_on and day_text(row.given_on)
        return Vaccine(pet, row, "", _("{name}, given {day}").format(name=row.name, day=given))
    said = {"name": row.name, "day": day_text(ends)}
    if ends < today:
        return Vaccine(pet, row, EXPIRED, _("{name}, {day}").format(**said))
    if visit_on is None or ends >= visit_on:
        return Vaccine(pet, row, "", _("{name}, until {day}").format(**said))
    words = _("{name}, {day}, before this visit")
    if is_next:
        words = _("{name}, {day}, before the next visit on {visit}")
    return Vaccine(pet, row, RUNS_OUT, words.format(**said, visit=day_text(visit_on)), visit_on)


def vaccines_of(pets: Sequence[Pet], *, reader: User, today: date) -> dict[int, list[Vaccine]]:
    """Pet → its newest vaccinations by name, seen from its next visit that the reader may see.

    One query.
    """
    visits: Any = Client._meta.get_field("visits").related_model
    coming = visits.objects.visible_to(reader).upcoming().filter(pets=OuterRef("pet"))
    rows = rows_of(pets).annotate(visit_on=Subquery(coming.values("visit_on")[:1]))
    return grouped(
        vaccine(pet, row, today=today, visit_on=row.visit_on, is_next=True)
        for pet, row in newest(pets, rows)
    )


def trouble_at(
    pets: Sequence[Pet], rows: Iterable[Vaccination], *, visit_on: date, today: date
) -> list[Vaccine]:
    """What these pets' rows say on the day of a visit: expired, or run out until then."""
    shown = (
        vaccine(pet, row, today=today, visit_on=visit_on, is_next=False)
        for pet, row in newest(pets, rows)
    )
    return [each for each in shown if each.state]


def rows_of(pets: Sequence[Pet]) -> Any:
    """The vaccinations of pets that the reader was shown."""
    return Vaccination.objects.filter(pet__in=[pet.pk for pet in pets])


def newest(pets: Iterable[Pet], rows: Iterable[Any]) -> list[tuple[Pet, Any]]:
    """Of each pet and name the one that holds longest: a renewed one makes the old one history."""
    found: dict[tuple[int, str], Any] = {}
    for row in rows:
        key = row.pet_id, fold(row.name)
        if key not in found or last_day(row) > last_day(found[key]):
            found[key] = row
    by_pet = {pet.pk: pet for pet in pets}
    return [(by_pet[pk], row) for (pk, _name), row in found.items() if pk in by_pet]


def last_day(row: Vaccination) -> date:
    """How far it is known to reach; a constraint sees to it that there is a day."""
    return row.expires_on or row.given_on or date.min


def grouped(vaccines: Iterable[Vaccine]) -> dict[int, list[Vaccine]]:
    found: dict[int, list[Vaccine]] = defaultdict(list)
    for each in vaccines:
        found[each.pet.pk].append(each)
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a pet's list. ``proof`` is empty when the reader may not see the file."""

    vaccine: Vaccine
    proof: ProfileFile | None
    is_newest: bool


def vaccination_list(pet: Pet, *, reader: User, today: date) -> list[Listed]:
    """All of a pet, the newest of each name first. Three queries."""
    current = vaccines_of([pet], reader=reader, today=today).get(pet.pk, [])
    rows = list(Vaccination.objects.visible_to(reader).filter(pet=pet))
    ids = [row.proof_id for row in rows if row.proof_id]
    files = ProfileFile.objects.visible_to(reader).current().in_bulk(ids) if ids else {}
    shown = {each.vaccination.pk for each in current}
    older = [
        vaccine(pet, row, today=today, visit_on=None, is_next=False)
        for row in rows
        if row.pk not in shown
    ]
    return [
        Listed(each, files.get(each.vaccination.proof_id or 0), each.vaccination.pk in shown)
        for each in (*current, *older)
    ]
