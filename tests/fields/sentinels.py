"""A client and a pet with something to find in every field, twice: as it is and as it was.

Shipped fields and one of the company's own of every kind: ``fields(subject)`` has them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import combinations
from typing import Any

from pawfile.accounts.models import Role, User
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Access, Field, Kind, Subject
from pawfile.fields.values import CUSTOM_KINDS, SEARCHED_KINDS
from pawfile.lib.dates import PartialDate
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, Pet, Photo, PhotoState
from pawfile.resources.models import Territory, Vet
from tests.access.home import make_photo
from tests.factories import make_client, make_pet, make_user

READERS = ("manager", "sitter", "client")
#: Fields that every reader sees: hiding them is not possible.
ALWAYS = {"first_name", "last_name", "client", "name", "animal"}
YEARS = {"now": 1987, "old": 1986}


@cache
def word(*parts: str) -> str:
    """Ten letters that nothing else has, more than a typo away from all others."""
    digest = sha256(" ".join(parts).encode()).hexdigest()
    return "".join(chr(ord("a") + int(sign, 16)) for sign in digest[:10])


def label(subject: Subject, key: str) -> str:
    return word("label", subject.key, key)


def own_fields(subject: Subject) -> list[CustomField]:
    """One of every kind, unsaved. Text, phones and e-mail are searched by."""
    first = 9100 if subject is CLIENT else 9200
    made = []
    for number, kind in enumerate(CUSTOM_KINDS, start=first):
        words = [word(when, subject.key, f"cf_{number}") for when in ("now", "old")]
        choices = [{"value": f"c{each}", "label": each} for each in words]
        has_choices = kind in (Kind.CHOICE, Kind.CHOICES)
        made.append(
            CustomField(
                pk=number, subject=subject.key, label=label(subject, f"cf_{number}"), kind=kind,
                choices=choices if has_choices else [], is_searched=kind in SEARCHED_KINDS,
            )
        )  # fmt: skip
    return made


@cache
def fields(subject: Subject) -> dict[str, Field]:
    return {**subject.fields, **{each.key: each.as_field() for each in own_fields(subject)}}


def searched(subject: Subject) -> list[Field]:
    return [field for field in fields(subject).values() if field.is_searched]


def number_of(subject: Subject, field: Field, when: str) -> int:
    """Three digits that no other field has."""
    start = {"now": 0, "old": 200}[when] + (100 if subject is CLIENT else 500)
    return sorted(fields(subject)).index(field.key) + start


def value_of(subject: Subject, field: Field, when: str) -> Any:
    """What is in the field ``now``, or was in it before (``old``)."""
    own = word(when, subject.key, field.key)
    place = number_of(subject, field, when)
    kinds: dict[Kind, Callable[[], Any]] = {
        Kind.PHONE: lambda: f"614-555-1{place}",
        Kind.EMAIL: lambda: f"{own}@example.com",
        Kind.EMAILS: lambda: [f"{own}@example.com"],
        Kind.CHOICE: lambda: f"c{own}" if field.is_custom else own,
        Kind.CHOICES: lambda: [f"c{own}" if field.is_custom else own],
        Kind.NUMBER: lambda: Decimal(f"71{place}.25"),
        Kind.DATE: lambda: date(1000 + place, 5, 12),
        Kind.TAGS: lambda: [own],
        Kind.YES_NO: lambda: when == "now",
        Kind.PARTIAL_DATE: lambda: PartialDate(YEARS[when], 6),
        Kind.VET: lambda: Vet.objects.create(name=own),
        Kind.TERRITORY: lambda: Territory.objects.create(name=own),
        Kind.SITTER: lambda: make_user(Role.SITTER, own, is_active=False),
        Kind.SITTERS: lambda: [make_user(Role.SITTER, own, is_active=False)],
    }
    return kinds[field.kind]() if field.kind in kinds else own


def texts_of(subject: Subject, field: Field) -> list[str]:
    """What must not be on a page when the field is hidden. Yes and no stand on every page."""
    own = [word(when, subject.key, field.key) for when in ("now", "old")]
    if field.kind == Kind.PHONE:
        typed = [str(value_of(subject, field, when)) for when in ("now", "old")]
        return [*typed, *("+1" + number.replace("-", "") for number in typed)]
    if field.kind == Kind.NUMBER:
        return [str(value_of(subject, field, when)) for when in ("now", "old")]
    if field.kind == Kind.DATE:
        days = [value_of(subject, field, when) for when in ("now", "old")]
        return [*(f"12 May {day.year}" for day in days), *(day.isoformat() for day in days)]
    if field.kind == Kind.PARTIAL_DATE:
        return [f"Jun {YEARS['now']}", f"Jun {YEARS['old']}", f'value="{YEARS["now"]}"']
    return own


@dataclass(frozen=True)
class Book:
    """One home whose every field can be found, and who looks at it."""

    client: Client
    pet: Pet
    readers: dict[str, User]

    def record(self, subject: Subject) -> Client | Pet:
        return self.client if subject is CLIENT else self.pet


def make_book(*, manager: User, sitter: User, login: User, by: User) -> Book:
    """Everything filled in, then everything changed once by somebody else than the readers."""
    for subject in (CLIENT, PET):
        CustomField.objects.bulk_create(own_fields(subject))
    client = make_client(**values("old", CLIENT, primary_sitter=sitter), logins=[login])
    pet = make_pet(client, **values("old", PET))
    # The sitter stays the client's by being the secondary one: the primary one is looked for.
    now = values("now", CLIENT, secondary_sitter=sitter, status="Active")
    now |= own_photos(CLIENT, client)
    update_client(client, values=now, by=by)
    photo = Photo.objects.create(client=client, state=PhotoState.READY)
    own = own_photos(PET, client)
    update_pet(pet, values=values("now", PET, photo=photo, active=True) | own, by=by)
    User.objects.update(client_columns=list(fields(CLIENT)))
    readers = {"manager": manager, "sitter": sitter, "client": login}
    return Book(Client.objects.get(pk=client.pk), Pet.objects.get(pk=pet.pk), readers)


def own_photos(subject: Subject, client: Client) -> dict[str, Photo]:
    """A photo for each of the company's own photo fields, ready to be served."""
    return {
        key: make_photo(client)
        for key, field in fields(subject).items()
        if field.is_custom and field.kind == Kind.PHOTO
    }


def values(when: str, subject: Subject, **given: Any) -> dict[str, Any]:
    skipped = {"client", "animal", "photo", "status", "active", *given}
    made = {
        key: value_of(subject, field, when)
        for key, field in fields(subject).items()
        if key not in skipped and field.kind != Kind.PHOTO
    }
    return made | given


def set_access(access: Access, these: list[tuple[Subject, str]]) -> None:
    """Give everybody but administrators this access to these fields and SHOW to the others.

    Every field is called by a word of its own, so that its label can be looked for too.
    """
    FieldRule.objects.all().delete()
    rules = []
    for subject in (CLIENT, PET):
        for key in fields(subject):
            level = access if (subject, key) in these else Access.SHOW
            levels = dict.fromkeys(READERS, level)
            rules.append(
                FieldRule(subject=subject.key, key=key, label=label(subject, key), **levels)
            )
    FieldRule.objects.bulk_create(rules)


def hideable(subject: Subject) -> list[str]:
    return [key for key in fields(subject) if key not in ALWAYS]


def hiding_sets() -> list[list[tuple[Subject, str]]]:
    """Ten sets of fields, and all: of any two fields, each is in a set the other is not in.

    A field is in four of the sets, each in another four. Hiding set after set tries every field
    beside every other one shown, in ten walks over the pages instead of a hundred and thirty.
    """
    every = [(subject, key) for subject in (CLIENT, PET) for key in hideable(subject)]
    fours = list(combinations(range(10), 4))
    assert len(every) <= len(fours)
    sets = [
        [field for field, four in zip(every, fours, strict=False) if number in four]
        for number in range(10)
    ]
    return [*sets, every]
