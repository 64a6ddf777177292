"""To which client a row of another table belongs that only names it."""

import sqlite3
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pawfile.imports.links import name_key
from pawfile.imports.models import SourceClient
from pawfile.imports.splitting import split_owner
from pawfile.imports.spool import Spool
from pawfile.imports.understand import zip_key
from pawfile.lib.text import fold
from pawfile.profiles.models import Client

#: Digits of a row's number.
LONGEST_NUMBER = 12
#: Before the number of a client who has no row in these files.
IN_BOOK = "client:"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row says of its client: an id or a name, and what tells clients of one name apart."""

    text: str
    pet: str = ""
    street: str = ""
    zip_code: str = ""


class Owners:
    """Clients of this run by id or name; those that are only in the book too."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def of_row(self, number: str) -> sqlite3.Row | None:
        """The client whose first row in the first table has this number, or "client:12"."""
        if number.startswith(IN_BOOK):
            client = Client.objects.filter(pk=int(number.removeprefix(IN_BOOK))).first()
            return self._of_book(client) if client else None
        if not number.isdecimal() or len(number) > LONGEST_NUMBER:
            return None
        return self._spool.by_place(int(number))

    def of(self, reference: Reference) -> list[sqlite3.Row]:
        """The clients that may be meant: one is certain, several are a question."""
        if not reference.text:
            return []
        by_id = self._spool.by_id(reference.text) or self._stored_by_id(reference.text)
        if by_id is not None:
            return [by_id]
        (first, last), pets = split_owner(reference.text)
        if not (first and last):
            return []
        named = self._spool.by_name(name_key(first), name_key(last))
        found = [each for each in named if each["client_pk"] is None]  # not only of the book
        found = found or self._stored_by_name(first, last)
        if len(found) > 1:
            found = narrowed(found, reference, {*pets, reference.pet} - {""})
        return found

    def booked(self, found: list[sqlite3.Row]) -> list[tuple[str, str]]:
        """Of those without a row in these files the answer that means them, and words."""
        return [
            (
                f"{IN_BOOK}{client.pk}",
                _("%(name)s in the book, %(street)s")
                % {"name": client.list_name, "street": client.street or _("without a street")},
            )
            for client in Client.objects.filter(pk__in=[each["client_pk"] for each in found])
        ]

    def _stored_by_id(self, source_id: str) -> sqlite3.Row | None:
        known = SourceClient.objects.filter(source_id=source_id).select_related("client").first()
        return self._of_book(known.client) if known else None

    def _stored_by_name(self, first: str, last: str) -> list[sqlite3.Row]:
        clients = Client.objects.filter(sort_name=fold(f"{last} {first}")).order_by("pk")[:10]
        return [self._of_book(client) for client in clients]

    def _of_book(self, client: Client) -> sqlite3.Row:
        """A household of a client that no row of its own tells of."""
        known = self._spool.by_client(client.pk)
        if known is not None:
            return known
        pk = self._spool.add_household(
            {
                "place": 1 << 62, "first": name_key(client.first_name),
                "last": name_key(client.last_name), "sort_name": client.sort_name,
                "source_id": "", "email": "", "phones": "", "street": name_key(client.street),
                "zip_code": zip_key(client.zip_code), "client_pk": client.pk, "pets": "",
            }
        )  # fmt: skip
        added = self._spool.get(pk)
        if added is None:
            raise LookupError(pk)
        return added


def narrowed(found: list[sqlite3.Row], reference: Reference, pets: set[str]) -> list[sqlite3.Row]:
    """Of clients of one name those whose street, or else whose pets, are the ones named.

    If none fits, all stay: the row is a question.
    """
    if reference.street:
        same = [
            each
            for each in found
            if each["street"] == reference.street
            and (not reference.zip_code or each["zip_code"] == reference.zip_code)
        ]
        if same:
            return same
    names = {name_key(pet) for pet in pets}
    same = [each for each in found if names and names <= pet_names(each["pets"] or "")]
    return same or found


def pet_names(text: str) -> set[str]:
    """The folded names of a list of pets, "Ollivander (Ollie), Elway"."""
    return {name.strip() for name in text.split(",") if name.strip()}
