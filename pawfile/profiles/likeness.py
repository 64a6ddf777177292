"""Are two clients one and the same? The one rule for it, whoever asks: the form of a new client,
the registration, the search through the whole book, an import.

Never certain: people have new addresses, and whole streets have one zip. So every likeness says
why it was found, and nothing is joined by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pawfile.fields.policy import Policy
from pawfile.lib.text import WORD_LENGTH, fold, words
from pawfile.lib.zips import first_five
from pawfile.profiles.models import Client, ClientWord, Pet

#: So many like one client are worth looking at; the strongest are given.
MOST = 5
#: So many clients share a name before it says nothing any more.
MOST_CANDIDATES = 500
PHONES = ("cell_phone", "work_phone", "home_phone", "partner_phone")
EMAILS = ("email", "alternate_emails", "partner_email")
#: By these one sees whether two clients are one.
TELLING = (
    "first_name", "last_name", "cell_phone", "work_phone", "home_phone", "email",
    "alternate_emails", "partner_first_name", "partner_last_name", "partner_phone",
    "partner_email", "street", "street2", "city", "zip_code",
)  # fmt: skip


class Reason(models.TextChoices):
    """What two clients have in common, strongest first."""

    EMAIL = "email", _("Same e-mail address")
    PHONE = "phone", _("Same phone")
    PARTNER = "partner", _("Named as partner")
    NAME = "name", _("Same name")
    STREET = "street", _("Same last name and street")
    PET = "pet", _("Pet of the same name and breed in the same zip code")
    ZIP = "zip", _("Same last name and zip code")


#: Fields that a reason speaks of; who may not see one of them is not told the reason.
SPEAKS_OF: dict[Reason, tuple[str, ...]] = {
    Reason.EMAIL: EMAILS,
    Reason.PHONE: PHONES,
    Reason.PARTNER: ("partner_first_name", "partner_last_name"),
    Reason.NAME: (),
    Reason.STREET: ("street",),
    Reason.PET: ("zip_code", "pet.breed"),
    Reason.ZIP: ("zip_code",),
}
#: Enough to ask "Is this the same as …?" of somebody who types a client or imports a file. A zip
#: code beside the last name is not: every Smith would be asked about.
WORTH_ASKING = frozenset(Reason) - {Reason.ZIP}


@dataclass(frozen=True, slots=True)
class Alike:
    """A client in the book and what it has in common with the one asked about."""

    known: Client
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> tuple[int, int, int]:
        """For sorting: the strongest reason first, then more reasons, then the older client."""
        return list(Reason).index(self.reasons[0]), -len(self.reasons), self.known.pk


@dataclass(frozen=True, slots=True)
class Traits:
    """What a likeness is told by, folded, so that how it was typed does not count."""

    emails: frozenset[str]
    phones: frozenset[str]
    name: str
    last_name: str
    partner: str
    street: str
    zip_code: str
    pets: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, client: Client) -> "Traits":
        return cls(
            emails=emails_of(client),
            phones=phones_of(client),
            name=fold_name(f"{client.first_name} {client.last_name}"),
            last_name=fold_name(client.last_name),
            partner=partner_name(client),
            street=fold_name(client.street),
            zip_code=fold_name(first_five(client.zip_code)),
            pets=pets_of(client),
        )

    @property
    def shared(self) -> list[tuple[str, ...]]:
        """Who has one of these in common is worth a look. Nothing that whole towns share."""
        found: list[tuple[str, ...]] = [("email", address) for address in self.emails]
        found += [("phone", number) for number in self.phones]
        if self.last_name and self.street:
            found.append(("street", self.last_name, self.street))
        if self.zip_code:
            found += [("name", each, self.zip_code) for each in (self.name, self.partner) if each]
            found += [("pet", *pet, self.zip_code) for pet in self.pets]
        return found


def alike(client: Client, *, reasons: Iterable[Reason] = Reason) -> list[Alike]:
    """Clients in the book like this one, saved or not, the strongest first. Seven queries at
    most, each in an index. ``reasons``: those that are enough; one alone of the others is not."""
    enough = frozenset(reasons)
    known = candidates(client, are_neighbours_alike=Reason.ZIP in enough)
    return alike_among(Traits.of(client), known, reasons=enough)


def alike_among(
    own: Traits, known: Iterable[Client], *, reasons: Iterable[Reason] = Reason
) -> list[Alike]:
    enough = frozenset(reasons)
    found = [Alike(each, tuple(resemblance(own, Traits.of(each)))) for each in known]
    counting = (each for each in found if enough & frozenset(each.reasons))
    return sorted(counting, key=lambda each: each.strength)[:MOST]


def alike_in_book(clients: Sequence[Client]) -> list[list[Alike]]:
    """Of many new clients at once, as a file has them: those in the book of the same e-mail
    address, phone or full name. Four queries, however many clients; give a few hundred."""
    traits = [Traits.of(client) for client in clients]
    emails = {address for own in traits for address in own.emails}
    phones = {number for own in traits for number in own.phones}
    found = set(reached(emails, phones))
    names = {sorted_name(client) for client in clients}
    found.update(Client.objects.filter(sort_name__in=names).values_list("pk", flat=True))
    sharing: dict[str, list[Client]] = {}
    for each in told_by(found):
        marks = Traits.of(each)
        for mark in {*marks.emails, *marks.phones, marks.name}:
            sharing.setdefault(mark, []).append(each)
    answers = []
    for client, own in zip(clients, traits, strict=True):
        marks_of_own = (*own.emails, *own.phones, own.name)
        others = {each.pk: each for mark in marks_of_own for each in sharing.get(mark, ())}
        others.pop(client.pk, None)
        answers.append(alike_among(own, others.values(), reasons=WORTH_ASKING))
    return answers


def candidates(client: Client, *, are_neighbours_alike: bool) -> list[Client]:
    """Clients who share an address, a phone, or the last name and more with this one, by the
    search's words. The index narrows, ``resemblance`` decides."""
    found = [
        *reached(emails_of(client), phones_of(client)),
        *relatives(client, are_neighbours_alike=are_neighbours_alike),
    ]
    found += with_pets_like(client)
    return [each for each in told_by(found) if each.pk != client.pk]


def with_pets_like(client: Client) -> list[int]:
    """Clients in the same zip code with a pet that could be one of this client's."""
    zip_words, own = words(first_five(client.zip_code))[:1], pets_of(client)
    if not zip_words or not own:
        return []
    names = {word for name, _breed in own for word in words(name)}
    here = ClientWord.objects.filter(record=OuterRef("record"), key="zip_code", word=zip_words[0])
    named = ClientWord.objects.filter(Exists(here), key="pet.name", word__in=names)
    return list(named.values_list("record", flat=True)[:MOST_CANDIDATES])


def told_by(pks: Iterable[int]) -> list[Client]:
    """These clients with all that a likeness is told by."""
    rows = Client.objects.filter(pk__in=set(pks)).order_by("pk")
    return list(rows.only(*TELLING, "phones_e164").prefetch_related("pets"))


def reached(emails: Iterable[str], phones: Iterable[str]) -> list[int]:
    """Clients with one of these addresses or numbers."""
    addresses = [address[:WORD_LENGTH] for address in emails]
    numbers = [number.removeprefix("+")[:WORD_LENGTH] for number in phones]
    entries = ClientWord.objects.filter(
        Q(word__in=addresses, key__in=EMAILS) | Q(word__in=numbers, key__in=PHONES)
    )
    return list(entries.values_list("record", flat=True)[: MOST_CANDIDATES * 4])


def relatives(client: Client, *, are_neighbours_alike: bool) -> list[int]:
    """Clients of the same last name who share the first name, the street or, if asked for, the
    zip code too."""
    names = {*words(client.last_name), *words(client.partner_last_name)}
    firsts = [*words(client.first_name), *words(client.partner_first_name)]

    def has(*keys: str, any_of: Sequence[str]) -> Exists:
        own = ClientWord.objects.filter(record=OuterRef("record"), key__in=keys, word__in=any_of)
        return Exists(own)

    more = Q(has("first_name", "partner_first_name", any_of=firsts))
    if street := words(client.street):
        more |= Q(reduce(and_, (Q(has("street", any_of=[word])) for word in street[:4])))
    zips = words(first_five(client.zip_code)) if are_neighbours_alike else []
    if zips:
        more |= Q(has("zip_code", any_of=zips))
    named = ClientWord.objects.filter(word__in=names, key__in=("last_name", "partner_last_name"))
    return list(named.filter(more).values_list("record", flat=True)[:MOST_CANDIDATES])


def resemblance(one: Traits, other: Traits) -> list[Reason]:
    """What the two have in common; empty if nothing that counts."""
    is_relative = bool(one.last_name) and one.last_name == other.last_name
    is_near = bool(one.zip_code) and one.zip_code == other.zip_code
    said = {
        Reason.EMAIL: bool(one.emails & other.emails),
        Reason.PHONE: bool(one.phones & other.phones),
        Reason.PARTNER: other.partner == one.name or one.partner == other.name,
        Reason.NAME: one.name == other.name,
        Reason.STREET: is_relative and bool(one.street) and one.street == other.street,
        Reason.PET: is_near and bool(one.pets & other.pets),
        Reason.ZIP: is_relative and is_near,
    }
    return [reason for reason, is_so in said.items() if is_so]


def emails_of(client: Client) -> frozenset[str]:
    typed = [client.email, client.partner_email, *client.alternate_emails]
    return frozenset(fold(address.strip()) for address in typed if address.strip())


def phones_of(client: Client) -> frozenset[str]:
    """Whole numbers as E.164, whoever of the household answers."""
    return frozenset(number for key, number in client.phones_e164.items() if key in PHONES)


def pets_of(client: Client) -> frozenset[tuple[str, str]]:
    """(name, breed) of the pets whose breed is known."""
    pets: Iterable[Pet] = client.pets.all() if client.pk else ()
    found = ((fold_name(pet.name), fold_name(pet.breed)) for pet in pets if pet.active)
    return frozenset((name, breed) for name, breed in found if name and breed)


def fold_name(name: str) -> str:
    return " ".join(words(name))


def sorted_name(client: Client) -> str:
    """The name as lists are ordered by it, of a client that may not be saved yet."""
    client.set_sort_name()
    return client.sort_name


def partner_name(client: Client) -> str:
    """The partner's; one without a last name has the client's."""
    if not client.partner_first_name.strip():
        return ""
    return fold_name(f"{client.partner_first_name} {client.partner_last_name or client.last_name}")


def told(reasons: Iterable[Any], policy: Policy, pets: Policy) -> list[str]:
    """The reasons in words, as far as they speak of fields this reader may see."""
    seen = {*policy.keys, *(f"pet.{key}" for key in pets.keys)}
    return [
        str(Reason(reason).label)
        for reason in reasons
        if seen.issuperset(SPEAKS_OF[Reason(reason)])
    ]


def compared(
    one: Client, other: Client, policy: Policy, *, keys: Iterable[str] = TELLING
) -> list[tuple[str, str, str]]:
    """(label, text of one, text of the other) of the fields by which one tells, as far as the
    reader may see them and one of the two has an answer."""
    return [
        (str(policy.fields[key].label), *texts)
        for key in keys
        if key in policy and any(texts := (one.field_text(key), other.field_text(key)))
    ]
