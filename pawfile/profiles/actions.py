"""What people do with clients and pets: everything that writes more than one row.

``values`` maps field keys, the company's own too, to cleaned values; keys not in it stay as they
are. Kinds take: secret – the plain text, sealed here at once ("" removes it); partial date – a
``PartialDate``; links – a row or ``None``; vet – also a ``NewVet``; photo – also an upload;
several sitters – a list of users; tags – a list of names; number – a ``Decimal``; date – a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import MANY_KINDS, Field, Kind
from pawfile.fields.values import to_json
from pawfile.history.models import StaleRecordError
from pawfile.lib.columns import key_ring
from pawfile.options.models import SiteOptions
from pawfile.profiles.blocking import settle_held
from pawfile.profiles.files import paths_with
from pawfile.profiles.filing import forget_bytes, move_files
from pawfile.profiles.going import told_with
from pawfile.profiles.locks import lock_clients
from pawfile.profiles.models import Client, Pet, Photo, SectionReview, Tag
from pawfile.profiles.models.photo import PET_PHOTO
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.saved import tell_saved
from pawfile.profiles.tasks import prepare_photo
from pawfile.profiles.words import index_client
from pawfile.resources.models import Vet

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewVet:
    """A vet typed into a profile, not yet on the list."""

    name: str
    phone: str
    address: str


PHOTO_SIZES = ("original", "large", "small")
PHONE_KEYS = {key for key, field in Client.subject.fields.items() if field.kind == Kind.PHONE}


@transaction.atomic
def create_client(*, values: Values, by: User | None) -> Client:
    """Make a client, a Prospect unless ``values`` say otherwise."""
    client = Client()
    return save_client(client, values=values, by=by)


@transaction.atomic
def update_client(client: Client, *, values: Values, by: User | None, given_up: str = "") -> Client:
    """Change a client and keep the history.

    Raises ``StaleRecordError`` if somebody saved it since ``client.version``, and
    ``HeldVisitsError`` if a sitter blocked now holds visits to come: ``given_up`` is the sign of
    those that may be taken off.
    """
    settle_held(client, values.get("blocked_sitters", ()), given_up=given_up, by=by)
    return save_client(client, values=values, by=by)


def save_client(client: Client, *, values: Values, by: User | None) -> Client:
    options = SiteOptions.load()
    uploads, values = apart_from_uploads(values)
    apply_values(client, values, options)
    client.understand_phones(PHONE_KEYS & values.keys(), region=options.phone_region)
    if uploads and client._state.adding:
        save_with_many(client, values, by=by)  # photos need an owner; they are no later change
        apply_values(client, add_uploads(client, client, uploads, by=by), options)
        Client._base_manager.filter(pk=client.pk).update(custom=client.custom)
    else:
        apply_values(client, add_uploads(client, client, uploads, by=by), options)
        save_with_many(client, values, by=by)
    index_client(client, options)
    tell_saved(client, options)
    return client


def apart_from_uploads(values: Values) -> tuple[Values, Values]:
    """The files uploaded to the company's own photo fields, and all other values."""
    own = {key: value for key, value in values.items() if key != "photo"}
    uploads = {key: value for key, value in own.items() if isinstance(value, File)}
    return uploads, {key: value for key, value in values.items() if key not in uploads}


def add_uploads(record: Profile, owner: Client, uploads: Values, *, by: User | None) -> Values:
    """Keep the files, and give the photos made of them instead."""
    if uploads and not record._state.adding:
        record.locked()  # who comes too late leaves no file behind
    return {
        key: add_photo(client=owner, file=file, by=by, field=f"{record.subject.key}.{key}")
        for key, file in uploads.items()
    }


@transaction.atomic
def create_pet(*, values: Values, by: User | None) -> Pet:
    """Make a pet of ``values["client"]``."""
    return save_pet(Pet(), values=values, by=by)


@transaction.atomic
def update_pet(pet: Pet, *, values: Values, by: User | None) -> Pet:
    """Change a pet and keep the history. Raises ``StaleRecordError`` as for clients.

    A pet that moves to another owner leaves its photo with the old one.
    """
    return save_pet(pet, values=values, by=by)


def save_pet(pet: Pet, *, values: Values, by: User | None) -> Pet:
    options = SiteOptions.load()
    old_owner = pet.client if pet.pk else None
    owners = [old_owner, values.get("client")]
    lock_clients(owner.pk for owner in owners if owner is not None)
    uploads, values = apart_from_uploads(values)
    apply_values(pet, {key: value for key, value in values.items() if key != "photo"}, options)
    apply_values(pet, add_uploads(pet, pet.client, uploads, by=by), options)
    if "photo" in values:
        chosen = values["photo"]
        is_upload = isinstance(chosen, File)
        if is_upload and old_owner is not None:
            pet.locked()  # who comes too late leaves no file behind
        pet.photo = add_photo(client=pet.client, file=chosen, by=by) if is_upload else chosen
    if pet.photo is not None and pet.photo.client_id != pet.client_id:
        pet.photo = None
    save_with_many(pet, values, by=by)
    index_client(pet.client, options)
    if old_owner is not None and old_owner.pk != pet.client_id:
        index_client(old_owner, options)
        move_files(pet)
    tell_saved(pet, options)
    return pet


def apply_values(record: Profile, values: Values, options: SiteOptions | None = None) -> None:
    """Put cleaned values on the record. A secret typed again as it was stays the same token."""
    shipped = record.subject.fields
    own = {key: value for key, value in values.items() if key not in shipped}
    if own:
        fields = catalogue(record.subject.key, options)
        record.custom = dict(record.custom)
        for key, value in own.items():
            apply_custom(record, fields[key], value)
    for key, value in values.items():
        if key in own:
            continue
        kind = shipped[key].kind
        if kind == Kind.SECRET:
            if not key_ring().matches(getattr(record, key), value):
                setattr(record, key, key_ring().seal(value))
        elif isinstance(value, NewVet):
            vet = create_vet(name=value.name, phone=value.phone, address=value.address)
            setattr(record, key, vet)
        elif kind not in MANY_KINDS:
            setattr(record, key, value)


def apply_custom(record: Profile, field: Field, value: Any) -> None:
    """Put the answer to one of the company's own fields on the record; a blank one takes it off."""
    if isinstance(value, NewVet):
        value = create_vet(name=value.name, phone=value.phone, address=value.address)
    stored = to_json(field, value, record.custom.get(field.key))
    if stored is None:
        record.custom.pop(field.key, None)
    else:
        record.custom[field.key] = stored


def save_with_many(record: Profile, values: Values, *, by: User | None) -> None:
    """Save the row, its many-to-many fields and the history of both as one save."""
    many = {
        key: rows_of(value)
        for key, value in values.items()
        if key in record.subject.fields and record.subject[key].kind in MANY_KINDS
    }
    if record._state.adding:
        record.save(by=by)
        for key, rows in many.items():
            getattr(record, key).set(rows)
        return
    also = []
    for key, rows in many.items():
        if set(getattr(record, key).all()) != set(rows):
            record.locked()  # before rows that point at it: two who save wait one for the other
            old = record.field_text(key)
            getattr(record, key).set(rows)
            record.forget_several()
            also.append((key, old, record.field_text(key)))
    record.save(by=by, also=also)


def rows_of(value: list[Any]) -> list[Any]:
    """Rows as they are; names of tags as tags, made when they are new."""
    names = [item for item in value if isinstance(item, str)]
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=names)} if names else {}
    for name in names:
        if name not in tags:
            tags[name] = Tag.objects.get_or_create(name=name)[0]
    return [tags[item] if isinstance(item, str) else item for item in value]


@transaction.atomic
def confirm_section(*, record: Client | Pet, section: str, version: int, by: User) -> SectionReview:
    """The client says that a section is right as it stood at this version.

    Raises ``StaleRecordError`` if somebody saved the record since.
    """
    if record.locked().version != version:
        raise StaleRecordError
    return SectionReview.objects.create(
        client=record.client if isinstance(record, Pet) else record,
        pet=record if isinstance(record, Pet) else None,
        section=section,
        version=version,
        reviewed_by=by.actor,
    )


@transaction.atomic
def create_vet(*, name: str, phone: str = "", address: str = "", clinic: str = "") -> Vet:
    """A vet, unless one of the same name and phone is there already: then that one."""
    found = Vet.objects.filter(name__iexact=name.strip(), phone=phone.strip()).first()
    return found or Vet.objects.create(
        name=name.strip(), phone=phone.strip(), address=address.strip(), clinic=clinic.strip()
    )


@transaction.atomic
def add_photo(
    *, client: Client, file: File[bytes], by: User | None, field: str = PET_PHOTO
) -> Photo:
    """Keep an upload as it came and have the worker make the pictures of it."""
    photo = Photo(client=client, field=field, file_name=(file.name or "")[:255])
    photo.uploaded_by = by and by.actor
    default_storage.save(photo.path("original"), file)
    photo.save()
    prepare_photo.enqueue(photo.pk)
    return photo


@transaction.atomic
def delete_photos(photos: Iterable[Photo]) -> None:
    """Rows at once, files when that is sure."""
    for photo in photos:
        for size in PHOTO_SIZES:
            transaction.on_commit(partial(default_storage.delete, photo.path(size)))
        photo.delete()


@transaction.atomic
def delete_pet(pet: Pet, *, by: User | None) -> None:
    """The history goes with it; that it was there, and who deleted it, stays in the log."""
    client, files = pet.client, list(pet.files.all())
    about = _("{pet} of {client}").format(pet=pet.name, client=client.name)
    record_activity(by=by, kind=ActivityKind.PET, about=about, note=_("Deleted"))
    pet.delete()
    forget_bytes(files)
    index_client(client, SiteOptions.load())


@transaction.atomic
def delete_client(client: Client, *, by: User | None) -> None:
    """Delete a client with pets, photos, files and history. There is no way back."""
    old = ", ".join(pet.name for pet in client.pets.all())
    kind = ActivityKind.CLIENT
    going = " ".join(told_with(client))
    note = _("Deleted. With it: %s") % going if going else _("Deleted")
    record_activity(by=by, kind=kind, about=client.name, old=old, note=note)
    forget_bytes(client.files.all())
    names = [photo.path(size) for photo in client.photos.all() for size in PHOTO_SIZES]
    names += paths_with(client)
    client.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


@transaction.atomic
def tick_off(changes: QuerySet[Any], *, by: User) -> int:
    """Take what clients changed off the office's list: how many were still on it."""
    return changes.filter(ticked_at=None).update(ticked_at=timezone.now(), ticked_by=by.actor)


@transaction.atomic
def untick(changes: QuerySet[Any]) -> None:
    """Put them on the list again."""
    changes.update(ticked_at=None, ticked_by=None)
