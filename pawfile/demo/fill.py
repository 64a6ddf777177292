"""Fills an empty database with the demo company."""

from collections.abc import Callable
from time import monotonic

from django.db import transaction
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.demo.build import Book
from pawfile.demo.company import NAME, PASSWORD, make_company, make_more_sitters
from pawfile.demo.dice import Dice
from pawfile.demo.entries import make_entries
from pawfile.demo.households import HOUSEHOLDS
from pawfile.demo.journals import make_journals
from pawfile.demo.keys import make_keys
from pawfile.demo.load import load_crowd
from pawfile.demo.openings import make_openings
from pawfile.demo.portraits import add_portrait
from pawfile.demo.readings import make_readings
from pawfile.demo.talk import make_talk
from pawfile.demo.updates import make_updates
from pawfile.demo.vaccinations import make_vaccinations
from pawfile.demo.visits import make_visits
from pawfile.profiles.models import Client, Pet

__all__ = ["PASSWORD", "SIGN_INS", "FilledDatabaseError", "fill_demo"]

#: Address and role of everybody who signs in with ``PASSWORD``.
SIGN_INS = [
    ("admin@demo.test", "Administrator"),
    ("manager@demo.test", "Manager"),
    ("sitter@demo.test", "Sitter"),
    ("sitter2@demo.test", "Another sitter"),
    ("client@demo.test", "Client"),
    ("client2@demo.test", "Client, of the same household"),
    ("client3@demo.test", "Client, of another household"),
]
#: A sitter for so many of the invented clients, up to a limit.
CLIENTS_A_SITTER = 500
MOST_SITTERS = 300


class FilledDatabaseError(Exception):
    """The database is not empty; the message says what is in it."""


def fill_demo(*, clients: int | None, seed: int, say: Callable[[str], None]) -> None:
    """Make the demo company: the hand-written households, and invented ones up to ``clients``.

    One transaction: whoever stops it half-way leaves the database empty. Only drawn photos may
    stay behind in the uploads; the next fill with the same seed writes over them. Raises
    ``FilledDatabaseError`` if there are users or clients already.
    """
    started = monotonic()
    with transaction.atomic():
        refuse_unless_empty()
        company = make_company(timezone.now())
        book = Book(company)
        # The longest known first, so that ids grow with the company.
        for home in sorted(HOUSEHOLDS[:clients], key=lambda home: -home.since):
            book.add(home)
        make_updates(book)
        if clients is None:
            make_visits(book)
            make_vaccinations(book)
            make_entries(book)
            make_journals(company.now)
            make_openings(company.now)
            make_keys(book)
            make_readings(book)
            make_talk(company.now)
        dice = Dice(seed)
        for pet, colors in book.portraits:
            add_portrait(pet, colors, by=company.users["manager"], dice=dice)
        more = (clients or 0) - len(HOUSEHOLDS)
        if more > 0:
            make_more_sitters(company, min(more // CLIENTS_A_SITTER, MOST_SITTERS), dice)
            load_crowd(company.circle(), count=more, seed=seed, say=say)
    seconds = monotonic() - started
    made, pets = Client.objects.count(), Pet.objects.count()
    say(
        f"{NAME}: {made:,} clients with {pets:,} pets in {seconds:,.1f} s"
        f" ({made / seconds:,.0f} clients a second)."
    )


def refuse_unless_empty() -> None:
    for model, one, many in ((Client, "client", "clients"), (User, "user", "users")):
        if count := model._default_manager.count():
            what = one if count == 1 else many
            raise FilledDatabaseError(
                f"This database already holds {count:,} {what}; the demo fills only an empty one."
            )
