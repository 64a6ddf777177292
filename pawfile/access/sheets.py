"""Clients on paper, as one reader may see them: what matters at the door first, in large type.

Codes are on a sheet only when the reader has opened each of them for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from pawfile.access.plan import may_see_plan, ways_of
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Kind, Label
from pawfile.lib.prepared import fetch
from pawfile.options.models import SiteOptions
from pawfile.profiles import table
from pawfile.profiles.display import (
    WARNINGS,
    ShownPet,
    ShownSection,
    by_need,
    is_empty,
    photo_url,
    shown_pet,
    shown_sections,
)
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.names import fetch_names
from pawfile.profiles.vaccinations import vaccines_of

#: Kinds that have no place on paper, or one of their own.
NOT_LISTED = (Kind.SECRET, Kind.PHOTO)
#: (subject, number of the record, key) → what is behind the dots.
Opened = Mapping[tuple[str, int, str], str]
#: Said in the head of the sheet, and in that of a pet.
HEAD = ("first_name", "last_name")
ADDRESS = ("street", "street2", "city", "state", "zip_code")
PET_HEAD = (*WARNINGS, "breed")


@dataclass(frozen=True, slots=True)
class Line:
    label: Label
    text: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class SheetSection:
    label: Label
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class SheetPet:
    pet: Pet
    summary: str
    #: Where the photo is, for the page; empty if there is none or the reader may not see it.
    photo_url: str
    warnings: list[Line]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Sheet:
    client: Client
    phone: str
    address: str
    ways: list[str]
    codes: list[Line]
    pets: list[SheetPet]
    sections: list[SheetSection] = field(default_factory=list)

    @property
    def has_warnings(self) -> bool:
        return any(pet.warnings for pet in self.pets)


def sheet_of(
    client: Client, *, reader: User, company: SiteOptions, today: date, opened: Opened
) -> Sheet:
    policy, pet_policy = policy_for(reader, "client"), policy_for(reader, "pet")
    pets = fetch(Pet.objects.visible_to(reader), related="photo", client=client.pk)
    fetch_names(client, pets, reader=reader)
    row = table.row_of(vars(client), policy, pets=[])
    sections = shown_sections(client, policy, {}, leave_out=HEAD + ADDRESS)
    if not policy.catalogue.has_own_order:
        sections = by_need(sections)
    listed = [SheetSection(each.label, lines_of(each)) for each in sections]
    vaccines = vaccines_of(pets, reader=reader, today=today)
    drawn = [
        shown_pet(pet, pet_policy, {}, today=today, vaccines=vaccines.get(pet.pk, ()))
        for pet in pets
    ]
    return Sheet(
        client=client,
        phone=row.phone or "",
        address=row.address or "",
        ways=ways_in(client, reader=reader, company=company),
        codes=codes_in((client, *pets), reader, opened),
        pets=[sheet_pet(shown, photo_url(shown.pet, pet_policy)) for shown in drawn],
        sections=[section for section in listed if section.lines],
    )


def lines_of(section: ShownSection, *, leave_out: Sequence[str] = ()) -> list[Line]:
    return [
        Line(each.label, each.text, each.kind == Kind.LONG_TEXT)
        for each in section.fields
        if each.kind not in NOT_LISTED and each.key not in leave_out
    ]


def sheet_pet(shown: ShownPet, photo: str) -> SheetPet:
    warnings = [Line(each.label, each.text) for each in shown.warnings]
    lines = [line for section in shown.sections for line in lines_of(section, leave_out=PET_HEAD)]
    if shown.vaccines:
        told = "\n".join(each.line for each in shown.vaccines)
        lines.append(Line(_("Vaccinations"), told, is_long=True))
    return SheetPet(shown.pet, shown.summary, photo, warnings, lines)


def ways_in(client: Client, *, reader: User, company: SiteOptions) -> list[str]:
    """The entry plan in words; the code of a way is told apart, if it was opened."""
    if not may_see_plan(reader):
        return []
    found = []
    for each in ways_of(client, reader=reader, company=company):
        parts = [str(each.way.get_kind_display()), each.way.words]
        if each.code:
            parts.append(_("code: %s") % each.code)
        found.append(", ".join(part for part in parts if part))
    return found


def codes_in(records: Iterable[Client | Pet], reader: User, opened: Opened) -> list[Line]:
    """The opened ones in the order of the fields; what the reader may not see is not asked for."""
    found = []
    for record in records:
        subject = record.subject.key
        for item in policy_for(reader, subject).fields.values():
            plain = opened.get((subject, record.pk, item.key))
            if plain is None or is_empty(item, record):
                continue
            label = str(item.label) if subject == "client" else f"{record}: {item.label}"
            found.append(Line(label, plain))
    return found
