"""Every column that a file can fill, made from the field catalogue and the company's labels."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils import translation

from pawfile.fields.catalogue import catalogue, declared_field
from pawfile.fields.forms import LINE_LENGTH, PARAGRAPH_LENGTH
from pawfile.fields.registry import Field, Kind
from pawfile.imports import columns, link_columns
from pawfile.imports.models import ID_LENGTH
from pawfile.profiles.models import Client, Pet, Tag
from pawfile.profiles.models.profile import Profile
from pawfile.resources.models import Vet

CLIENT_ID = "client.source_id"
PET_ID = "pet.source_id"

CLASSES: dict[Kind, type[columns.Column]] = {
    Kind.TEXT: columns.LineColumn,
    Kind.LONG_TEXT: columns.ParagraphColumn,
    Kind.YES_NO: columns.YesNoColumn,
    Kind.NUMBER: columns.NumberColumn,
    Kind.DATE: columns.DateColumn,
    Kind.PARTIAL_DATE: columns.BornColumn,
    Kind.CHOICE: columns.ChoiceColumn,
    Kind.CHOICES: columns.ChoicesColumn,
    Kind.EMAIL: columns.EmailColumn,
    Kind.EMAILS: columns.EmailsColumn,
    Kind.PHONE: columns.PhoneColumn,
    Kind.TAGS: link_columns.TagsColumn,
    Kind.VET: link_columns.VetColumn,
    Kind.TERRITORY: link_columns.TerritoryColumn,
    Kind.SITTER: link_columns.SitterColumn,
    Kind.SITTERS: link_columns.SittersColumn,
    Kind.SECRET: columns.SecretColumn,
}
"""Kinds without a class, such as photos and the owner, are not filled from a column."""

OWN_CLASSES: dict[str, type[columns.Column]] = {
    "client.zip_code": columns.ZipColumn,
    "pet.animal": columns.AnimalColumn,
}
PET_OWNER = "pet.owner"
KEY_CODE = "key.code"
KEY_OWNER = "key.client"
PET_NAMES = "client.pet_names"
ESTIMATED = "pet.born_is_estimated"
CLIENT_KEYS = "client.keys"

OWN_NAMES = {
    CLIENT_ID: ("Client ID", "Owner ID", "Customer ID", "Contact ID", "UID"),
    PET_ID: ("Pet ID", "Animal ID"),
    "client.sitter_notes": ("Notes",),
    "client.street": ("Home Street", "Street Address 1"),
    "client.street2": ("Home Street 2", "Street Address 2", "Extended Address"),
    "client.city": ("Home City", "Mailing City", "Address City"),
    "client.state": ("Home State", "Mailing State", "State/Region", "State/Province", "Region",
                     "Mailing State/Province"),
    "client.zip_code": ("Home Postal Code", "Zip/Postal Code", "Mailing Zip",
                        "Mailing Zip/Postal Code"),
    "client.email": ("E-mail Address", "E-mail 1", "Person - Email"),
    "client.cell_phone": ("Phone 1", "Person - Phone", "Primary Phone Number"),
    "client.work_phone": ("Business Phone", "Work"),
    "client.home_phone": ("Home",),
    "client.entry_instructions": ("How do we get in?",),
    "client.house_notes": ("Anything else about the house?",),
    "client.fence": ("Is your yard fenced?", "Fenced Yard"),
    "pet.behavior_warnings": ("Does your pet bite?", "Behaviour"),
    "pet.color_markings": ("Colour",),
    "pet.medical_conditions": ("Health Issues",),
    "pet.spayed_neutered": ("Altered",),
    "pet.animal": ("Kind", "Pet Type"),
    "pet.born": ("Age / DOB", "DOB / Age"),
    "client.uses_keys": ("Key?",),
}  # fmt: skip
"""Headings besides those of the catalogue."""

VET_PARTS = {"phone": "Phone", "address": "Address", "clinic": "Clinic"}

PLAIN: dict[str, tuple[type[columns.Column], tuple[str, ...]]] = {
    PET_OWNER: (columns.LineColumn, ("Owner", "Client", "Owner Name", "Client Name")),
    PET_NAMES: (columns.LineColumn, ("Pets", "Pet Names")),
    ESTIMATED: (columns.YesNoColumn, ("Date of Birth Estimated?", "Birthday Estimated")),
    "pet.vet_id": (columns.LineColumn, ("Vet ID",)),
    "client.vet_id": (columns.LineColumn, ()),
    CLIENT_KEYS: (columns.LineColumn, ("Keys", "Key ID", "Key Number", "Key Code")),
    KEY_CODE: (columns.LineColumn, ("Key Code", "Name/Code", "Key Name", "Key #")),
    KEY_OWNER: (columns.LineColumn, ("Client",)),
    "key.place": (columns.LineColumn, ("With", "Key Location", "Held by")),
    "key.street": (columns.LineColumn, ()),
    "key.zip_code": (columns.LineColumn, ()),
    "vet.source_id": (columns.LineColumn, ("Vet ID",)),
    "vet.name": (columns.LineColumn, ("Veterinarian Name",)),
    "vet.clinic": (columns.LineColumn, ("Practice Name",)),
    "vet.phone": (columns.LineColumn, ("Phone",)),
    "vet.address": (columns.LineColumn, ("Address",)),
}
"""Targets that are no field of a profile: what joins rows, keys and vets."""

GUESSED_PLAIN = frozenset({PET_NAMES, CLIENT_KEYS, ESTIMATED})
"""Those of them that headings may mean without a preset."""


def targets(around: columns.Surroundings) -> dict[str, columns.Column]:
    """Target ("client.last_name") → column, in the order of the catalogue."""
    found: list[columns.Column] = [
        columns.LineColumn(
            target, names=OWN_NAMES[target], max_length=ID_LENGTH, surroundings=around
        )
        for target in (CLIENT_ID, PET_ID)
    ]
    for model in (Client, Pet):
        subject = catalogue(model.subject.key)
        for field in subject.fields.values():
            if field.kind not in CLASSES:
                continue
            target = f"{subject.key}.{field.key}"
            names = names_of(field, declared_field(subject.key, field.key))
            names += OWN_NAMES.get(target, ())
            kind = OWN_CLASSES.get(target, CLASSES[field.kind])
            found.append(
                kind(
                    target,
                    names=names,
                    max_length=max_length(model, field),
                    surroundings=around,
                    field=field,
                )
            )
            if field.kind == Kind.VET:
                found.extend(vet_parts(target, names, around))
    found.extend(
        kind(target, names=names, max_length=ID_LENGTH, surroundings=around)
        for target, (kind, names) in PLAIN.items()
    )
    return {column.target: column for column in found}


def names_of(field: Field, declared: Field | None) -> tuple[str, ...]:
    """The headings a field goes by: the company's label first, then key, labels and aliases."""
    shipped = declared or field
    with translation.override("en"):
        english = str(shipped.label)
    names = (str(field.label), field.key, str(shipped.label), english, *field.aliases)
    return tuple(dict.fromkeys(name for name in names if name))


def max_length(model: type[Profile], field: Field) -> int | None:
    if field.kind == Kind.TAGS:
        return length_of(Tag, "name")
    if field.kind == Kind.VET:
        return length_of(Vet, "name")
    if field.kind in (Kind.PARTIAL_DATE, Kind.SITTERS):
        return None
    if field.is_custom:
        return PARAGRAPH_LENGTH if field.kind == Kind.LONG_TEXT else LINE_LENGTH
    return length_of(model, field.key)


def length_of(model: type[Model], key: str) -> int | None:
    return getattr(model._meta.get_field(key), "max_length", None)


def vet_parts(
    target: str, names: Iterable[str], around: columns.Surroundings
) -> list[columns.Column]:
    """A vet's phone and address, as "Vet Phone" or "Veterinarian Address"."""
    return [
        link_columns.VetPartColumn(
            f"{target}_{part}",
            names=tuple(f"{name} {word}" for name in names),
            max_length=length_of(Vet, part),
            surroundings=around,
        )
        for part, word in VET_PARTS.items()
    ]
