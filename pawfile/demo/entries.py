"""Entry plans of the hand-written households, made of what their profiles say."""

from pawfile.access.actions.entry import add_way_in
from pawfile.access.models import WayKind
from pawfile.demo.build import Book

#: Kind of way in, the field of its code, what is said of it.
CODED = (
    (WayKind.LOCKBOX, "lockbox_code", "On the rail left of the front door."),
    (WayKind.KEYPAD, "door_code", "Press the lock's logo until it lights up, then type."),
    (WayKind.GARAGE, "garage_code", "Keypad on the right frame. The inner door is open."),
)


def make_entries(book: Book) -> None:
    """Every third home says only a key, and some were not confirmed for lack of time."""
    office = book.company.users["manager"]
    for number, client in enumerate(book.clients.values()):
        ways = [each for each in CODED if getattr(client, each[1])] if number % 3 else []
        if client.uses_keys:
            ways.append((WayKind.KEY, "", "Turns left, lift the handle."))
        for kind, key, words in ways:
            is_confirmed = number % 4 > 0
            add_way_in(
                client=client, kind=kind, words=words, key=key, is_confirmed=is_confirmed, by=office
            )
