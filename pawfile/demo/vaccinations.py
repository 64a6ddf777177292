"""Vaccinations of the hand-written pets: most hold, some expired, some run out soon."""

from datetime import timedelta

from django.utils import timezone

from pawfile.demo.build import COMPANY_ZONE, Book
from pawfile.profiles.models import Vaccination
from pawfile.profiles.vaccines import vaccines_for

#: A year, as vets count it.
YEAR = timedelta(days=365)
#: Days from now until the first vaccination of every so-manieth pet runs out.
SOON = {0: 1, 4: -12}
TURN = 7


def make_vaccinations(book: Book) -> None:
    """As rows: in the activity log they would stand before everything else."""
    today, rows = timezone.localdate(book.company.now, COMPANY_ZONE), []
    for number, pet in enumerate(book.pets.values()):
        for place, name in enumerate(vaccines_for(pet.animal)[: 2 + number % 2]):
            days = 40 + (number * 37 + place * 150) % 300
            if place == 0:
                days = SOON.get(number % TURN, days)
            ends = today + timedelta(days=days)
            rows.append(Vaccination(pet=pet, name=name, given_on=ends - YEAR, expires_on=ends))
    Vaccination.objects.bulk_create(rows)
