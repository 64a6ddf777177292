"""Codes to change: known to people who no longer need them, and the same since they were opened.

Nothing of it is stored: an opening counts until the field is changed, the person may see the home
again, or the office says why the code stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from pawfile.access.log import of_shown_fields, what_was_opened, who_opened, with_names
from pawfile.access.models import Ground, Reveal
from pawfile.access.models.reveal import RevealQuerySet
from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.fields.policy import policy_for
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, keyset_page
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.models import HELD, Visit, VisitStatus

#: Clients on a page.
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given."""

    client: int | None = None
    by: int | None = None
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        client, by = str(query.get("client", "")), str(query.get("by", ""))
        return cls(
            client=int(client) if is_id(client) else None,
            by=int(by) if is_id(by) else None,
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return self.client is not None or self.by is not None


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who no longer needs a code, and why; ``pk`` is ``None`` when the user is gone."""

    pk: int | None
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Code:
    """A secret to change. ``pk`` is that of the newest opening; ``known_to``: by name."""

    pk: int
    key: str
    what: str
    is_of_pet: bool
    known_to: dict[str, Knower] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClientCodes:
    client: Client
    codes: list[Code]
    asked: Activity | None = None

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(name for code in self.codes for name in code.known_to))


def still_known(reader: User) -> RevealQuerySet:
    """Openings of codes that have not changed since, of homes and fields that the reader sees."""
    homes = Client.objects.visible_to(reader).current().order_by().values("pk")
    rows = Reveal.objects.filter(of_shown_fields(reader), client__in=homes, kept=None)
    later = {"key": OuterRef("key"), "changed_at__gt": OuterRef("opened_at")}
    return rows.filter(
        Q(pet=None) & ~Exists(ClientChange.objects.filter(record=OuterRef("client"), **later))
        | Q(pet__active=True) & ~Exists(PetChange.objects.filter(record=OuterRef("pet"), **later))
    )


def to_change(reader: User) -> RevealQuerySet:
    """Those of them by people who no longer need the code, with what tells why."""
    pair = {"client": OuterRef("client"), "user": OuterRef("opened_by")}
    blocked = Client.blocked_sitters.through.objects.filter(**pair)
    at_home = Client.logins.through.objects.filter(**pair)
    comes = Q(sitter=OuterRef("opened_by"), status__in=HELD) | Q(
        is_for_anyone=True, status=VisitStatus.ASSIGNED
    )
    visits = Visit.objects.filter(comes, client=OuterRef("client"))
    rows = still_known(reader).annotate(is_blocked=Exists(blocked), is_at_home=Exists(at_home))
    is_named = Q(client__primary_sitter=F("opened_by")) | Q(client__secondary_sitter=F("opened_by"))
    unseen = Q(is_blocked=True) | ~is_named & ~Exists(visits)
    own_home = Q(ground=Ground.OWN_HOME)
    is_client = Q(opened_by__role=Role.CLIENT)
    is_gone = Q(opened_by=None) | Q(opened_by__is_active=False)
    left_home = Q(is_at_home=False) | is_client & is_gone
    left_work = is_gone | Q(opened_by__role=Role.SITTER) & unseen | is_client
    return rows.filter(own_home & left_home | ~own_home & left_work & Q(is_at_home=False))


def why_to_change(row: Any) -> str:
    """Why the person who opened it no longer needs it. ``row`` is one of ``to_change``."""
    if row.ground == Ground.OWN_HOME and not row.is_at_home:
        return _("no longer belongs to this home")
    if row.opened_by is None or not row.opened_by.is_active:
        at_work = row.ground != Ground.OWN_HOME
        return _("no longer works here") if at_work else _("the login is closed")
    return _("blocked by the client") if row.is_blocked else _("no longer comes to this client")


def codes_page(filters: Filters, *, reader: User) -> Page[Any]:
    """Clients with codes to change, by name, each with these. Three queries."""
    rows = to_change(reader)
    if filters.by is not None:
        rows = rows.filter(opened_by=filters.by)
    clients = Client.objects.visible_to(reader).filter(Exists(rows.filter(client=OuterRef("pk"))))
    if filters.client is not None:
        clients = clients.filter(pk=filters.client)
    page = keyset_page(
        clients.only("first_name", "last_name", "sort_name", "email"),
        column="sort_name",
        cursor=filters.cursor,
        size=AT_ONCE,
    )
    found = codes_by_client(rows.filter(client__in=[client.pk for client in page.rows]), reader)
    asked = Activity.objects.newest_of(
        ActivityKind.ACCESS, [asked_key(client) for client in page.rows]
    )
    shown = [
        ClientCodes(client, found.get(client.pk, []), asked.get(asked_key(client)))
        for client in page.rows
    ]
    return Page(shown, page.before, page.after)


def codes_by_client(rows: RevealQuerySet, reader: User) -> dict[int, list[Code]]:
    """Client → its codes among these rows of ``to_change``, the last opened first."""
    found: dict[int, dict[tuple[int | None, str], Code]] = {}
    for row in with_names(rows):
        own = found.setdefault(row.client_id, {})
        secret = (row.pet_id, row.key)
        if secret not in own:
            what = what_was_opened(row, reader)
            own[secret] = Code(row.pk, row.key, what, is_of_pet=row.pet_id is not None)
        name = who_opened(row, reader)
        own[secret].known_to.setdefault(name, Knower(row.opened_by_id, name, why_to_change(row)))
    return {client: list(own.values()) for client, own in found.items()}


def asked_key(client: Client) -> str:
    """Under this key the activity log knows when the client was asked."""
    return f"codes.{client.pk}"


def letter(found: ClientCodes, *, url: str) -> str:
    """What the office can send in its own way: names of codes, never a code."""
    names, codes = found.names, "\n".join(f"– {code.what}" for code in found.codes)
    return _(
        "Hello {name},\n\n{people} knew these codes and no longer needs them. Please change them "
        "when you can:\n\n{codes}\n\nThen write the new ones into your profile:\n{url}"
    ).format(name=found.client.first_name, people=_(" and ").join(names), codes=codes, url=url)


def why_no_mail(client: Client, reader: User) -> str:
    """Why no mail can go there, in words; empty if one can."""
    if client.email:
        return ""
    if "email" in policy_for(reader, "client"):
        return _("This client has no e-mail address.")
    return _("No mail goes out for this client.")


def known_to(user: User, *, reader: User) -> dict[Client, list[str]]:
    """Client → the codes this person has opened at work that are the same since. One query."""
    rows = with_names(still_known(reader).filter(opened_by=user).exclude(ground=Ground.OWN_HOME))
    found: dict[Client, list[str]] = {}
    for row in rows.order_by("client__sort_name", "client", "-opened_at", "-pk"):
        codes = found.setdefault(row.client, [])
        what = what_was_opened(row, reader)
        if what not in codes:
            codes.append(what)
    return found


def secret_rows(rows: RevealQuerySet, of: Reveal) -> RevealQuerySet:
    """The rows among these that are about the same secret."""
    return rows.filter(client=of.client_id, pet=of.pet_id, key=of.key)
