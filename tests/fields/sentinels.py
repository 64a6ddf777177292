"""A client and a pet with something to find in every field, twice: as it is and as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Any

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Field, Kind, Subject
from pawfile.lib.dates import PartialDate
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, Pet, Photo, PhotoState
from pawfile.resources.models import Territory, Vet
from tests.factories import make_client, make_pet, make_user

READERS = ("manager", "sitter", "client")
#: Fields that every reader sees: hiding them is not possible.
ALWAYS = {"first_name", "last_name", "client", "name", "animal"}
YEARS = {"now": 1987, "old": 1986}


def word(*parts: str) -> str:
    """Ten letters that nothing else has, more than a typo away from all others."""
    digest = sha256(" ".join(parts).encode()).hexdigest()
    return "".join(chr(ord("a") + int(sign, 16)) for sign in digest[:10])


def label(subject: Subject, key: str) -> str:
    return word("label", subject.key, key)


def value_of(subject: Subject, field: Field, when: str) -> Any:
    """What is in the field ``now``, or was in it before (``old``)."""
    own = word(when, subject.key, field.key)
    place = sorted(subject.fields).index(field.key) + (100 if when == "now" else 300)
    kinds: dict[Kind, Callable[[], Any]] = {
        Kind.PHONE: lambda: f"614-555-1{place}",
        Kind.EMAIL: lambda: f"{own}@example.com",
        Kind.EMAILS: lambda: [f"{own}@example.com"],
        Kind.CHOICES: lambda: [own],
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
    client = make_client(**values("old", CLIENT, primary_sitter=sitter), logins=[login])
    pet = make_pet(client, **values("old", PET))
    # The sitter stays the client's by being the secondary one: the primary one is looked for.
    now = values("now", CLIENT, secondary_sitter=sitter, status="Active")
    update_client(client, values=now, by=by)
    photo = Photo.objects.create(client=client, state=PhotoState.READY)
    update_pet(pet, values=values("now", PET, photo=photo, active=True), by=by)
    readers = {"manager": manager, "sitter": sitter, "client": login}
    return Book(Client.objects.get(pk=client.pk), Pet.objects.get(pk=pet.pk), readers)


def values(when: str, subject: Subject, **given: Any) -> dict[str, Any]:
    skipped = {"client", "animal", "photo", "status", "active", *given}
    made = {
        key: value_of(subject, field, when)
        for key, field in subject.fields.items()
        if key not in skipped
    }
    return made | given


def set_access(access: Access, fields: list[tuple[Subject, str]]) -> None:
    """Give everybody but administrators this access to these fields and SHOW to the others.

    Every field is called by a word of its own, so that its label can be looked for too.
    """
    FieldRule.objects.all().delete()
    rules = []
    for subject in (CLIENT, PET):
        for key in subject.fields:
            level = access if (subject, key) in fields else Access.SHOW
            levels = dict.fromkeys(READERS, level)
            rules.append(
                FieldRule(subject=subject.key, key=key, label=label(subject, key), **levels)
            )
    FieldRule.objects.bulk_create(rules)


def hideable(subject: Subject) -> list[str]:
    return [key for key in subject.fields if key not in ALWAYS]


def hiding_sets() -> list[list[tuple[Subject, str]]]:
    """Nine sets of fields: of any two fields, each is in a set that the other is not in.

    A field is in four of the sets, each in another four. Hiding set after set tries every field
    beside every other one shown, in nine walks over the pages instead of a hundred.
    """
    fields = [(subject, key) for subject in (CLIENT, PET) for key in hideable(subject)]
    fours = list(combinations(range(9), 4))
    assert len(fields) <= len(fours)
    return [
        [field for field, four in zip(fields, fours, strict=False) if number in four]
        for number in range(9)
    ]
