"""The lists of users and of client logins, as one administrator asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import STAFF, User, UserQuerySet
from pawfile.invites.models import Invite
from pawfile.lib.paging import Page, keyset_page
from pawfile.profiles.models import Client
from pawfile.profiles.words import searchable_keys

#: Nobody has more people on the way than that.
MOST_INVITED = 200
ROLES = [(role.value, role.label) for role in STAFF]
USER_STATES = [("", _("Active")), ("inactive", _("Inactive")), ("all", _("All states"))]
LOGIN_STATES = [
    ("", _("All logins")),
    ("active", _("Active")),
    ("inactive", _("Inactive")),
    ("homeless", _("Without a client")),
    ("never", _("Never signed in")),
]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given."""

    q: str = ""
    role: str = ""
    state: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any], states: list[tuple[str, Any]]) -> "Filters":
        role, state = str(query.get("role", "")), str(query.get("state", ""))
        return cls(
            q=str(query.get("q", "")).replace("\0", "").strip()[:200],
            role=role if role in dict(ROLES) else "",
            state=state if state in dict(states) else "",
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.role or self.state)


def user_page(filters: Filters, *, reader: User) -> Page[User]:
    """Staff by name."""
    users = User.objects.visible_to(reader).staff()
    if filters.q:
        users = users.filter(
            named_like(filters.q) | Q(nickname__icontains=filters.q) | Q(phone__icontains=filters.q)
        )
    if filters.role:
        users = users.filter(role=filters.role)
    if filters.state != "all":
        users = users.filter(is_active=filters.state != "inactive")
    return paged(users.with_homes_known().with_proofs_known(), filters)


def invited_staff(*, reader: User) -> list[Invite]:
    """Who was invited to work here and has not come yet, the newest first."""
    waiting = Invite.objects.visible_to(reader).filter(client=None).unspent()
    return list(waiting.select_related("invited_by").order_by("-invited_at", "-pk")[:MOST_INVITED])


def login_page(filters: Filters, *, reader: User) -> Page[User]:
    """Client logins by name, with their clients; found by these too."""
    logins = User.objects.visible_to(reader).client_logins()
    if filters.q:
        found = Client.objects.visible_to(reader).search(
            filters.q, reader=reader, keys=searchable_keys(reader)
        )
        joined = User.clients.through.objects.filter(client__in=found.values("pk"))
        logins = logins.filter(named_like(filters.q) | Q(pk__in=joined.values("user")))
    if filters.state == "homeless":
        logins = logins.filter(clients=None)
    elif filters.state == "never":
        logins = logins.filter(last_login=None)
    elif filters.state:
        logins = logins.filter(is_active=filters.state == "active")
    return paged(logins.with_proofs_known().prefetch_related("clients"), filters)


def named_like(text: str) -> Q:
    return Q(name__icontains=text) | Q(email__icontains=text)


def paged(users: UserQuerySet, filters: Filters) -> Page[User]:
    return keyset_page(users, column="name", cursor=filters.cursor)


def sitters_but(user: User) -> list[User]:
    """To whom the clients of a sitter can go."""
    return list(User.objects.sitters().exclude(pk=user.pk))
