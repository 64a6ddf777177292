"""Profiles as one reader sees them: what templates get. What may not be seen is not in here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Kind, Label
from pawfile.history.marks import Mark, marks_of
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet, SectionReview
from pawfile.profiles.models.profile import Profile, fetch_links
from pawfile.profiles.vaccinations import Vaccine, vaccines_of

#: On a profile: the way in, then whom to call and where, then routine, then background.
ORDER_OF_NEED = ("access", "contact", "address", "emergency", "sitters", "vet", "home", "office")
#: What a pet's head says already; among the fields only when there is a change to show.
PET_HEAD = ("name", "animal", "active")
#: Who sees this field also sees the entry plan, and who may change it may change the plan.
WAY_IN = "entry_instructions"
#: Kinds that have nothing to say exactly when their column is empty.
PLAIN_KINDS = frozenset(
    {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.EMAIL, Kind.EMAILS, Kind.PHONE, Kind.SECRET}
)
NEVER: Mapping[str, datetime] = MappingProxyType({})
#: What could hurt first, on top of everything.
WARNINGS = ("behavior_warnings", "allergies", "medication")


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field with its value in words. ``kind`` tells the page how to draw it."""

    key: str
    label: Label
    kind: str
    text: str
    values: Sequence[str] = ()
    dial: str = ""
    mark: Mark | None = None
    mark_url: str = ""
    photo_url: str = ""
    reveal_url: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class ShownSection:
    key: str
    label: Label
    fields: list[ShownField] = field(default_factory=list)
    missing: list[Label] = field(default_factory=list)
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownPet:
    pet: Pet
    age: str
    photo_url: str
    is_photo_waiting: bool
    sections: list[ShownSection]
    warnings: list[ShownField]
    summary: str
    vaccines: Sequence[Vaccine] = ()

    @property
    def running_out(self) -> list[Vaccine]:
        """Expired, or run out before the next visit."""
        return [each for each in self.vaccines if each.state]


def shown_sections(
    record: Profile,
    policy: Policy,
    marks: dict[str, Mark],
    *,
    leave_out: Iterable[str] = (),
    confirmed: Mapping[str, datetime] = NEVER,
) -> list[ShownSection]:
    """The sections of a profile: filled or changed fields in full, the names of the empty ones.

    ``confirmed``: section → when the client last said that it is right.
    """
    hidden = set(leave_out)
    folder = change_url(record, "x").removesuffix("x/") if marks else ""
    record.fetch_links(item.field for item in policy.fields.values())
    sections = []
    for section in policy.sections:
        shown, missing = [], []
        for item in section.fields:
            if item.key in hidden or not applies(item, record):
                continue
            mark = marks.get(item.key)
            if mark is None and is_empty(item, record):
                missing.append(item.label)
                continue
            value = shown_field(item, record, mark, folder)
            if value.is_filled or mark:
                shown.append(value)
            else:
                missing.append(item.label)
        if shown or missing:
            at = confirmed.get(section.key)
            sections.append(ShownSection(section.key, section.label, shown, missing, at))
    return sections


def applies(item: PolicyField, record: Profile) -> bool:
    """Whether condition and animal let the field be there; a filled one without alarm is not."""
    animal = record.animal if isinstance(record, Pet) else None
    return record.is_shown(item.field) and item.is_for(animal)


def is_empty(item: PolicyField, record: Profile) -> bool:
    """Whether nothing is in the field, as far as a look at where it lies tells."""
    if item.field.is_custom:
        return item.key not in record.custom
    return item.kind in PLAIN_KINDS and not getattr(record, item.key)


def shown_field(
    item: PolicyField, record: Profile, mark: Mark | None, folder: str = ""
) -> ShownField:
    """``folder``: what the addresses of the record's marks begin with."""
    key, kind = item.key, item.kind
    if kind == Kind.SECRET:
        text = "••••••" if record.field_value(item.field) else ""
    else:
        text = record.field_text(item.field)
    if kind in {Kind.EMAIL, Kind.EMAILS}:
        values = [part for part in text.split(", ") if part]
    else:
        values = []
    dial = record.phones_e164.get(key, "") if isinstance(record, Client) else ""
    url = f"{folder}{key}/" if mark else ""
    photo = own_photo_url(record, key) if kind == Kind.PHOTO and text else ""
    reveal = reveal_url(record, key) if kind == Kind.SECRET and text else ""
    return ShownField(key, item.label, kind.value, text, values, dial, mark, url, photo, reveal)


def change_url(record: Profile, key: str) -> str:
    return reverse(f"{record.subject.key}_changes", args=[record.pk, key])


def reveal_url(record: Profile, key: str) -> str:
    """Where the code behind the dots is opened; the page belongs to an app above."""
    return reverse(f"{record.subject.key}_secret", args=[record.pk, key])


def own_photo_url(record: Profile, key: str, size: str = "small") -> str:
    """Where the photo of one of the company's own fields is."""
    return reverse(f"{record.subject.key}_field_photo", args=[record.pk, key, size])


def photo_url(pet: Pet, policy: Policy, size: str = "small") -> str:
    """Where the pet's photo is; empty if there is none yet or the reader may not see it."""
    if "photo" not in policy or pet.photo is None or pet.photo.state != "ready":
        return ""
    return reverse("photo", args=[pet.photo_id, size])


def shown_client(client: Client, *, reader: User, company: SiteOptions) -> list[ShownSection]:
    """A client's sections in the order of need, with this reader's change marks."""
    policy = policy_for(reader, "client")
    marks = marks_of(
        Client, [client.pk], reader=reader, keys=policy.keys, days=company.change_window
    )
    confirmed = confirmed_of([client], policy).get((client.pk, None), NEVER)
    sections = shown_sections(client, policy, marks.get(client.pk, {}), confirmed=confirmed)
    return sections if policy.catalogue.has_own_order else by_need(sections)


def by_need(sections: list[ShownSection]) -> list[ShownSection]:
    """In the order of need; the company's own sections before what is for the office only."""
    last = ORDER_OF_NEED.index("office")
    order = {key: place if place < last else place + 1 for place, key in enumerate(ORDER_OF_NEED)}
    return sorted(sections, key=lambda section: order.get(section.key, last))


def shown_pets(
    pets: Sequence[Pet], *, reader: User, company: SiteOptions, today: date
) -> list[ShownPet]:
    """Pets with their sections, marks and vaccinations; the marks of all of them in two queries,
    the vaccinations in one."""
    policy = policy_for(reader, "pet")
    marks = marks_of(
        Pet, [pet.pk for pet in pets], reader=reader, keys=policy.keys, days=company.change_window
    )
    fetch_links(pets, [item.field for item in policy.fields.values()])
    confirmed = confirmed_of(pets, policy)
    vaccines = vaccines_of(pets, reader=reader, today=today)
    return [
        shown_pet(
            pet,
            policy,
            marks.get(pet.pk, {}),
            today=today,
            confirmed=confirmed.get((pet.client_id, pet.pk), NEVER),
            vaccines=vaccines.get(pet.pk, ()),
        )
        for pet in pets
    ]


def shown_pet(
    pet: Pet,
    policy: Policy,
    marks: dict[str, Mark],
    *,
    today: date,
    confirmed: Mapping[str, datetime] = NEVER,
    vaccines: Sequence[Vaccine] = (),
) -> ShownPet:
    said = [key for key in PET_HEAD if key not in marks]
    left_out = ["client", "photo", *said]
    sections = shown_sections(pet, policy, marks, leave_out=left_out, confirmed=confirmed)
    warnings = [
        value
        for section in sections
        for value in section.fields
        if value.key in WARNINGS and value.is_filled
    ]
    age = pet.age_on(today) if is_seen("born", pet, policy) else ""
    parts = (pet.breed if is_seen("breed", pet, policy) else "", pet.animal, age)
    return ShownPet(
        pet=pet,
        age=age,
        photo_url=photo_url(pet, policy),
        is_photo_waiting=is_waiting(pet, policy),
        sections=sections,
        warnings=warnings,
        summary=" · ".join(part for part in parts if part),
        vaccines=vaccines,
    )


def confirmed_of(
    records: Sequence[Profile], policy: Policy
) -> dict[tuple[int, int | None], dict[str, datetime]]:
    """(client, pet or ``None`` for the home) → section → when the client last confirmed it.

    One query, and none in a company that asks its clients nothing.
    """
    if not records or not any(section.review_months for section in policy.sections):
        return {}
    ids = [record.pk for record in records]
    if policy.catalogue.key == "pet":
        rows = SectionReview.objects.filter(pet__in=ids)
    else:
        rows = SectionReview.objects.filter(client__in=ids, pet=None)
    found: dict[tuple[int, int | None], dict[str, datetime]] = defaultdict(dict)
    last = rows.order_by().values_list("client", "pet", "section").annotate(at=Max("reviewed_at"))
    for client, pet, section, at in last:
        found[client, pet][section] = at
    return found


def is_seen(key: str, pet: Pet, policy: Policy) -> bool:
    """Whether this reader sees the field of this pet, which may be for other animals only."""
    return key in policy and policy.fields[key].is_for(pet.animal)


def is_waiting(pet: Pet, policy: Policy) -> bool:
    return "photo" in policy and pet.photo is not None and pet.photo.state == "waiting"


def who_text(user: User | None, *, reader: User, company: SiteOptions) -> str:
    """Who made a change. Clients read "Office" for staff, unless the company shows names."""
    if user is None:
        return _("Import")
    if reader.is_client and not user.is_client and not company.has_staff_names_for_clients:
        return _("Office")
    return _("You") if user == reader else user.name
