"""What sitters of the demo wrote of their visits, for clients and for each other."""

from datetime import datetime, timedelta

from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.actions.journals import add_note, read_journal, save_journal
from pawfile.schedule.models import Journal, SitterNote, Visit, VisitStatus

#: What was ticked, and what was written, one after the other.
JOURNALS = (
    (
        ["water", "walk", "played", "pee", "poo"],
        "We went round the park twice. {pet} met two friends and came home happy and tired.",
    ),
    (["fed", "water", "cuddles"], "{pet} was waiting behind the door and ate all of it."),
    (
        ["fed", "water", "medication", "mail", "plants"],
        "All went well. The parcel from Tuesday is on the kitchen table.",
    ),
    (
        ["walk", "pee", "poo", "treats", "locked"],
        "A short round because of the rain. The towel is in the wash. {pet} slept when I left.",
    ),
)
NOTES = (
    (2, "Key turns to the left. Pull the door towards you first."),
    (5, "The neighbor's dog is loose in the mornings; take the back gate."),
    (10, "New harness hangs behind the laundry door."),
)
#: Homes whose sitters write, and visits of each that have a journal.
HOMES, OF_EACH = 6, 3


def make_journals(now: datetime) -> None:
    """The last visits of some homes have journals, the older ones read; some homes have notes."""
    done = Visit.objects.filter(status=VisitStatus.COMPLETED)
    homes = list(done.order_by("client").values_list("client", flat=True).distinct()[:HOMES])
    for number, home in enumerate(homes):
        visits = done.filter(client=home).order_by("-ends_at").select_related("client", "sitter")
        for place, visit in enumerate(visits[:OF_EACH]):
            write_journal(visit, number + place, is_read=place > 0)
        visit = visits[0]
        days, text = NOTES[number % len(NOTES)]
        write_note(visit.client, visit.sitter, text, now - timedelta(days=days))


def write_journal(visit: Visit, number: int, *, is_read: bool) -> None:
    """Written soon after the visit; the first login of the home has read all but the last."""
    pet = visit.pets.first()
    ticked, words = JOURNALS[number % len(JOURNALS)]
    if visit.sitter is None or pet is None:
        return
    made = save_journal(visit=visit, done=ticked, notes=words.format(pet=pet), by=visit.sitter)
    at = min(visit.ends_at + timedelta(minutes=4), timezone.now())
    Journal.objects.filter(pk=made.pk).update(
        written_at=at, changed_at=at, mailed_at=None if number == 1 else at
    )
    login = visit.client.logins.first()
    if is_read and login is not None:
        read_journal(journal=made, by=login)


def write_note(client: Client, sitter: User | None, text: str, at: datetime) -> None:
    if sitter is not None:
        note = add_note(client=client, text=text, by=sitter)
        SitterNote.objects.filter(pk=note.pk).update(written_at=at)
