"""Records about the home of the book, made when a page about them is to be opened."""

from datetime import timedelta

from django.utils import timezone

from pawfile.access.models import Key, WayIn
from pawfile.accounts.models import User
from pawfile.invites.models import LikelyDouble, Reason
from pawfile.profiles.models import ProfileFile
from pawfile.schedule.actions.feeds import change_feed, renew_feed
from pawfile.schedule.models import Ask, ChangeRequest, Journal, Visit, VisitStatus
from tests.access.home import make_files, make_journal, make_keys
from tests.factories import in_series, make_client, make_visit
from tests.fields.sentinels import Book


def double_of(book: Book) -> LikelyDouble:
    """Somebody who resembles the client of the book in every way there is."""
    found = LikelyDouble.objects.filter(client=book.client).first()
    return found or LikelyDouble.objects.create(
        client=book.client,
        known=make_client(first_name="Nora", last_name="Neighbour"),
        reasons=[str(reason) for reason in Reason],
    )


def visit_of(book: Book) -> Visit:
    """A visit of the sitter's at the home of the book, about which the client asked something."""
    found = Visit.objects.filter(client=book.client, journal=None).first()
    if found is None:
        found = in_series(
            make_visit(
                book.client,
                pets=[book.pet],
                sitter=book.readers["sitter"],
                status=VisitStatus.ACCEPTED,
                visit_on=timezone.localdate() + timedelta(days=3),
            )
        )
        ChangeRequest.objects.create(visit=found, ask=Ask.CANCEL)
    return found


def feed_of(book: Book, reader: User) -> str:
    """The reader's calendar, saying all that it can."""
    visit_of(book)
    secret = renew_feed(by=reader)
    change_feed(by=reader, has_address=True, has_note=True)
    return f"/calendar/{secret}.ics"


def key_of(book: Book) -> Key:
    """A key of the home that its sitter asked for."""
    found = Key.objects.filter(client=book.client).first()
    return found or make_keys(book.client, sitter=book.readers["sitter"])[0]


def way_of(book: Book) -> WayIn:
    """A way into the home whose code is in the vault."""
    key = "lockbox_code"
    return WayIn.objects.get_or_create(client=book.client, position=0, kind="lockbox", key=key)[0]


def journal_of(book: Book) -> Journal:
    """The journal of a visit that is done, by the sitter of the home."""
    found = Journal.objects.filter(visit__client=book.client).first()
    sitter = book.readers["sitter"]
    return found or make_journal(book.client, by=sitter)[1]


def file_of(book: Book) -> ProfileFile:
    """A picture of the pet that came from its home."""
    found = ProfileFile.objects.current().filter(client=book.client).first()
    return found or make_files(book.client, book.pet, by=book.readers["client"])[0]


def on_schedule(book: Book) -> str:
    return f"/my-schedule/?on={visit_of(book).visit_on}"
