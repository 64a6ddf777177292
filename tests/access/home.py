"""The records that the addresses are about, all of one home."""

from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TypedDict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from pawfile.access.actions.printing import begin_print
from pawfile.access.models import Find, HandOver, Key, KeyLocation, PrintRun, Reveal, WayIn
from pawfile.access.prints import make_print
from pawfile.accounts.models import Role, User
from pawfile.doubles.actions import merge_clients
from pawfile.doubles.models import Merge, Pair
from pawfile.exports.models import CompanyExport
from pawfile.fields.models import CustomField
from pawfile.fields.registry import Kind
from pawfile.imports.models import ImportJob, ImportState, ImportStep, SavedMapping
from pawfile.invites.actions import invite_client
from pawfile.invites.agreements import record_consent
from pawfile.invites.models import Agreement, Invite, LikelyDouble
from pawfile.mail.models import Mail, MailState
from pawfile.messaging.models import Attachment, Broadcast, Conversation, InternalNote
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.filing import Upload, add_files, remove_file
from pawfile.profiles.models import (
    Client,
    ClientChange,
    Pet,
    PetChange,
    Photo,
    PhotoState,
    ProfileFile,
    Sight,
    Vaccination,
)
from pawfile.resources.models import Territory, Vet
from pawfile.schedule.models import (
    Ask,
    ChangeRequest,
    Journal,
    Service,
    SitterNote,
    TimeBlock,
    TimeOff,
    Visit,
    VisitStatus,
)
from tests.factories import in_series, make_key, make_reveal, make_visit


@dataclass(frozen=True)
class Home:
    """The records that the addresses are about, all of Cleo's home."""

    client: Client
    pet: Pet
    photo: Photo
    vet: Vet
    mail: Mail
    invite: Invite
    user: User
    login: User
    agreement: Agreement
    double: LikelyDouble
    visit: Visit
    territory: Territory
    service: Service
    block: TimeBlock
    off: TimeOff
    asked: ChangeRequest
    told: Visit
    journal: Journal
    journal_photo: Photo
    note: SitterNote
    reveal: Reveal
    way: WayIn
    key: Key
    hand_over: HandOver
    location: KeyLocation
    find: Find
    file: ProfileFile
    gone: ProfileFile
    vaccination: Vaccination
    run: PrintRun
    export: CompanyExport
    planned: ImportJob
    mapping: SavedMapping
    imported: ImportJob
    conversation: Conversation
    pdf: Attachment
    picture: Attachment
    broadcast: Broadcast
    internal: InternalNote
    pair: Pair
    merge: Merge


#: Numbers of photo fields of the company's own, one of clients and one of pets.
FRONT, TAG = 9001, 9002
#: The number of an earlier change, of the client's street and of the pet's name.
CHANGE = 9003
#: The number of a client, and of a pet of the home, that could be merged with those of the home.
TWIN = 9004
#: A table of the import of the home, without columns.
SHEET = {"title": "a", "name": "a.csv", "kind": "clients", "preset": "", "missing": "",
         "columns": []}  # fmt: skip


def make_home(client: Client, pet: Pet, *, by: User, other: Client) -> Home:
    """Cleo's home with a photo, a vet, an invite and a change of each record.

    ``other`` is a client it could be a double of.
    """
    vet = Vet.objects.create(name="Dr. Vetter")
    photo = make_photo(client)
    for number, subject, record in ((FRONT, "client", client), (TAG, "pet", pet)):
        field = CustomField.objects.create(
            pk=number, subject=subject, label=f"Photo {number}", kind=Kind.PHOTO
        )
        record.custom = {field.key: make_photo(client).pk}
        type(record)._base_manager.filter(pk=record.pk).update(custom=record.custom)
    values = {"street": "1 Elm Street", "vet": vet, "parking": "Garage 9 9 1 2"}
    update_client(client, values=values, by=by)
    update_pet(pet, values={"name": "Rexie", "photo": photo}, by=by)
    earlier = {"pk": CHANGE, "old_text": "Maxie", "new_text": "Rex", "version": 1}
    ClientChange.objects.create(record=client, key="street", **earlier)
    PetChange.objects.create(record=pet, key="name", **earlier)
    mail = Mail.objects.create(
        to="cleo@example.com", subject="Hello", text="Hello", state=MailState.FAILED
    )
    site = "https://book.example/"
    invite = invite_client(
        client=client, email="more@example.com", words="", by=by, site=site, is_another=True
    )
    user = client.primary_sitter
    assert user
    login = client.logins.get()
    agreement = Agreement.objects.create(number=1, text="Be kind.")
    record_consent(agreement=agreement, client=client, user=login, given_at=timezone.now())
    double = LikelyDouble.objects.create(client=client, known=other, reasons=["email"])
    territory = Territory.objects.create(name="North")
    service, block = make_offer()
    day = timezone.localdate() + timedelta(days=7)
    visit = in_series(
        make_visit(client, pets=[pet], sitter=user, status=VisitStatus.ACCEPTED, visit_on=day)
    )
    off = TimeOff.objects.create(sitter=user, first_on=day, last_on=day)
    asked = ChangeRequest.objects.create(visit=visit, ask=Ask.CANCEL, asked_by=login)
    told, journal = make_journal(client, by=user)
    note = SitterNote.objects.create(client=client, text="Key turns left.", written_by=user)
    way = WayIn.objects.create(client=client, position=0, kind="key")
    return Home(
        client, pet, photo, vet, mail, invite, user, login, agreement, double,
        visit, territory, service, block, off, asked,
        told, journal, journal.photos.get(), note, make_reveal(client, by=None), way,
        *make_keys(client, sitter=user), client.finds.get(), *make_files(client, pet, by=login),
        Vaccination.objects.create(pet=pet, name="Rabies", given_on=day - timedelta(days=30)),
        make_run(client, by=user),
        CompanyExport.objects.create(asked_by=by, state="ready"),
        ImportJob.objects.create(state=ImportState.PLANNED, sheets=[SHEET]),
        SavedMapping.objects.create(name="Tea", tables=[{"targets": {"Tea": ""}, "days": {}}]),
        make_imported(),
        **make_messages(client, sitter=user),
        **make_twins(client),
    )  # fmt: skip


def make_imported() -> ImportJob:
    """An import that can be undone."""
    job = ImportJob.objects.create(state=ImportState.DONE)
    ImportStep.objects.create(job=job, entries=[])
    return job


class Twins(TypedDict):
    pair: Pair
    merge: Merge


def make_twins(client: Client) -> Twins:
    """A client and a pet that could be those of the home, and a client who went into it."""
    twin = Client.objects.create(pk=TWIN, first_name="Clea", last_name="Carter")
    Pet.objects.create(pk=TWIN, client=client, name="Rexy", animal="Dog")
    return {
        "pair": Pair.objects.create(one=client, other=twin, reasons=["phone"], rank=0),
        "merge": merge_clients(
            kept=Client.objects.get(pk=client.pk),
            gone=Client.objects.create(first_name="Cleo", last_name="Carterson"),
            picks={},
            by=User.objects.filter(role=Role.ADMINISTRATOR).first() or User.objects.all()[0],
        ),
    }


def make_journal(client: Client, *, by: User) -> tuple[Visit, Journal]:
    """A visit of the sitter's that is done, and its journal with a photo."""
    told = make_visit(client, sitter=by, status=VisitStatus.COMPLETED)
    journal = Journal.objects.create(visit=told, done=["fed"], notes="All well.", written_by=by)
    journal.photos.add(make_photo(client))
    return told, journal


def make_offer() -> tuple[Service, TimeBlock]:
    """A service in its time block."""
    block = TimeBlock.objects.create(name="Morning", start=time(7), end=time(10))
    service = Service.objects.create(name="Walk", price=Decimal(20))
    service.blocks.add(block)
    return service, block


def make_photo(client: Client, colour: str = "red") -> Photo:
    """A photo that is ready, as the worker leaves it."""
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "JPEG")
    photo = Photo.objects.create(client=client, state=PhotoState.READY, file_name="rex.jpg")
    for size in ("large", "small"):
        default_storage.save(photo.path(size), ContentFile(file.getvalue()))
    return photo


def make_files(client: Client, pet: Pet, *, by: User) -> tuple[ProfileFile, ProfileFile]:
    """A picture of the pet that everybody sees, and a file of the home that was removed."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "blue").save(file, "JPEG")
    kept, gone = (
        add_files(
            client=client, pet=of_pet, by=by, sight=Sight.EVERYBODY, title=title,
            uploads=[Upload(ContentFile(file.getvalue(), "proof.jpg"), "picture")],
        )[0]
        for title, of_pet in (("Proof", pet), ("Old proof", None))
    )  # fmt: skip
    remove_file(file=gone, by=by)
    return kept, gone


def make_run(client: Client, *, by: User) -> PrintRun:
    """The sheet of the client as a PDF that is ready."""
    begin_print(clients=[client.pk], paper="a4", by=by)
    make_print(PrintRun.objects.get())
    return PrintRun.objects.get()


def make_keys(client: Client, *, sitter: User) -> tuple[Key, HandOver, KeyLocation]:
    """A key that the sitter asked for."""
    key = make_key(client)
    asked = HandOver.objects.create(
        key=key, from_text="Office", to_text=str(sitter), to_place="sitter", to_sitter=sitter,
        begun_by=sitter,
    )  # fmt: skip
    return key, asked, KeyLocation.objects.create(name="Safe")


class Messages(TypedDict):
    conversation: Conversation
    pdf: Attachment
    picture: Attachment
    broadcast: Broadcast
    internal: InternalNote


def make_messages(client: Client, *, sitter: User) -> Messages:
    """What the sitter wrote to the client, with a PDF and a picture; and a note of the office's."""
    conversation = Conversation.objects.create(kind="home", client=client, sitter=sitter)
    message = conversation.messages.create(side="sitter", author=sitter, body="All well.")
    pdf = Attachment(message=message, kind="pdf", file_name="a.pdf")
    picture = Attachment(message=message, kind="picture", file_name="a.jpg")
    for found in (pdf, picture):
        found.size, found.state = 8, PhotoState.READY
        found.save()
        for part in found.parts:
            default_storage.save(found.path(part), ContentFile(b"%PDF-1.7"))
    return {
        "conversation": conversation,
        "pdf": pdf,
        "picture": picture,
        "broadcast": Broadcast.objects.create(body="Snow.", client_ids=[client.pk], reached=1),
        "internal": InternalNote.objects.create(client=client, text="Pays late."),
    }
