"""Records about the home of the book, made when a page about them is to be opened."""

from datetime import timedelta

from django.utils import timezone

from pawfile.access.models import Find, FindState, Key, WayIn
from pawfile.accounts.models import User
from pawfile.doubles.actions import keep_history
from pawfile.doubles.models import Merge, Pair
from pawfile.fields.models import SectionRule
from pawfile.fields.registry import Kind
from pawfile.invites.models import LikelyDouble
from pawfile.lib.stored_rows import as_row
from pawfile.messaging.models import Conversation
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.likeness import Reason
from pawfile.profiles.models import Client, Pet, ProfileFile, Vaccination
from pawfile.schedule.actions.feeds import change_feed, renew_feed
from pawfile.schedule.models import Ask, ChangeRequest, Journal, Visit, VisitStatus
from tests.access.home import make_files, make_journal, make_keys, make_messages
from tests.factories import in_series, make_client, make_pet, make_visit
from tests.fields.sentinels import Book, fields
from tests.schedule.days import in_days


def double_of(book: Book) -> LikelyDouble:
    """Somebody who resembles the client of the book in every way there is."""
    found = LikelyDouble.objects.filter(client=book.client).first()
    return found or LikelyDouble.objects.create(
        client=book.client,
        known=make_client(first_name="Nora", last_name="Neighbour"),
        reasons=[str(reason) for reason in Reason],
    )


def pair_of(book: Book) -> Pair:
    """The same as a pair that was found in the book."""
    found = Pair.objects.filter(one=book.client).first()
    return found or Pair.objects.create(
        one=book.client,
        other=make_client(first_name="Nora", last_name="Neighbour"),
        reasons=[str(reason) for reason in Reason],
        rank=0,
    )


def merges_of(book: Book) -> list[str]:
    """Both ways to merge the client of the book with another one."""
    pair = pair_of(book)
    return [
        f"/clients/{one}/merge/{other}/"
        for one, other in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id))
    ]


def pet_merges_of(book: Book) -> list[str]:
    other = book.client.pets.exclude(pk=book.pet.pk).first() or make_pet(book.client)
    return [f"/pets/{book.pet.pk}/merge/{other.pk}/", f"/pets/{other.pk}/merge/{book.pet.pk}/"]


def merged_of(book: Book) -> Merge:
    """A client with the same answers and history who went into another one."""
    found = Merge.objects.first()
    if found is None:
        kept = make_client(first_name="Nora", last_name="Neighbour", primary_phone="Home")
        row = as_row(book.client)
        found = Merge.objects.create(client=kept, gone_id=0, gone_name="N. N.", gone=row)
        keep_history(found, book.client)
    return found


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


def timelines_of(book: Book) -> list[str]:
    """The pages of what changed at the home of the book: of the client two, of the pet one."""
    url = f"/clients/{book.client.pk}/changes/"
    return [url, f"{url}?about=home", f"{url}?about=home&at=last", f"{url}?about={book.pet.pk}"]


def inbox_of(book: Book) -> list[str]:
    """The office's list, with every field changed by the client."""
    book.client.changes.update(is_by_client=True)
    book.pet.changes.update(is_by_client=True)
    return ["/changes/", "/changes/?show=recent"]


def as_of(book: Book) -> list[str]:
    """The home of the book before everything was changed, and as it is."""
    url = f"/clients/{book.client.pk}/as-of/"
    earlier = timezone.now() - timedelta(days=9)
    for record in (book.client, book.pet):
        type(record)._base_manager.filter(pk=record.pk).update(created_at=earlier)
    return [f"{url}?on={in_days(-2)}", f"{url}?on={in_days(0)}"]


def conversation_of(book: Book) -> Conversation:
    """What the sitter of the book wrote to the client of the book."""
    found = Conversation.objects.filter(client=book.client).first()
    return found or make_messages(book.client, sitter=book.readers["sitter"])["conversation"]


def feed_of(book: Book, reader: User) -> str:
    """The reader's calendar, saying all that it can."""
    visit_of(book)
    secret = renew_feed(by=reader)
    change_feed(by=reader, has_address=True, has_note=True)
    return f"/calendar/{secret}.ics"


def finds_of(book: Book) -> list[Find]:
    """What looks like a code, in every long text of home and pet beside the words of the book."""
    finds = Find.objects.filter(client=book.client, state=FindState.OPEN)
    if not finds.exists():
        home = Client.objects.get(pk=book.client.pk)
        update_client(home, values=texts_with_codes(home), by=None)
        pet = Pet.objects.get(pk=book.pet.pk)
        update_pet(pet, values=texts_with_codes(pet), by=None)
    return list(finds)


def texts_with_codes(record: Client | Pet) -> dict[str, str]:
    texts = [each for each in fields(record.subject).values() if each.kind == Kind.LONG_TEXT]
    return {each.key: f"{record.field_text(each)}: door code 4711#" for each in texts}


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


def review_of(book: Book) -> str:
    """Where the client looks through all sections of the home and of the pet."""
    for subject in (CLIENT, PET):
        for section in subject.sections:
            SectionRule.objects.update_or_create(
                subject=subject.key, key=section.key, defaults={"review_months": 1}
            )
    for rows in (Client._base_manager, Pet._base_manager):
        rows.update(created_at=timezone.now() - timedelta(days=100))
    return f"/my/review/?home={book.client.pk}"


def file_of(book: Book) -> ProfileFile:
    """A picture of the pet that came from its home."""
    found = ProfileFile.objects.current().filter(client=book.client).first()
    return found or make_files(book.client, book.pet, by=book.readers["client"])[0]


def vaccination_of(book: Book) -> Vaccination:
    return Vaccination.objects.get_or_create(
        pet=book.pet, name="Rabies", expires_on=timezone.localdate()
    )[0]


def on_schedule(book: Book) -> str:
    return f"/my-schedule/?on={visit_of(book).visit_on}"
