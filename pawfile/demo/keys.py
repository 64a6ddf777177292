"""Keys of the hand-written households: most with the sitters who come, some elsewhere."""

from datetime import timedelta

from django.utils import timezone

from pawfile.access.actions.hand_overs import begin_hand_over
from pawfile.access.actions.key_locations import save_location
from pawfile.access.actions.keys import add_key, report_lost
from pawfile.access.models import Key, KeyLocation, KeyPlace, Spot
from pawfile.demo.build import COMPANY_ZONE, Book
from pawfile.profiles.models.client import Status

NOTES = ("front door", "", "side door, turns left", "garage", "")
#: Of so many keys in a row one is at the office and one in the lockbox.
TURN = 8


def make_keys(book: Book) -> None:
    office = book.company.users["manager"]
    lockbox = KeyLocation()
    save_location(location=lockbox, values={"name": "Lockbox north", "is_active": True}, by=office)
    today = timezone.localdate(book.company.now, COMPANY_ZONE)
    homes = [home for home in book.clients.values() if home.status == Status.ACTIVE]
    keys = []
    for number, client in enumerate(homes):
        sitter = client.primary_sitter
        spot = Spot(KeyPlace.OFFICE)
        if number % TURN == 1:
            spot = Spot(KeyPlace.LOCATION, location=lockbox)
        elif number % TURN != 0 and sitter and sitter.is_active:
            spot = Spot(KeyPlace.SITTER, sitter=sitter)
        note = NOTES[number % len(NOTES)]
        keys.append(
            add_key(client=client, code=f"K-{101 + number}", spot=spot, note=note, by=office)
        )
    with_sitters = [key for key in keys if key.sitter]
    for key, days in zip(with_sitters, (-3, 9), strict=False):
        Key.objects.filter(pk=key.pk).update(due_on=today + timedelta(days=days))
    for key in keys[-1:]:
        report_lost(key=key, by=office)
    for key in with_sitters[2:3]:
        assert key.sitter
        begin_hand_over(key=key, to=Spot(KeyPlace.OFFICE), by=key.sitter)
