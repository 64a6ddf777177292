"""Invites as one reader may see them: on the page of all, and on the page of one client."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from pawfile.accounts.models import Role, User
from pawfile.fields.policy import policy_for
from pawfile.invites.models import Invite, InviteState
from pawfile.lib.list_filters import StateFilters
from pawfile.lib.paging import Page, keyset_page
from pawfile.lib.text import fold
from pawfile.profiles.models import Client

#: More invites of one client are on the page of all.
NEWEST = 20


@dataclass(frozen=True, slots=True)
class ShownInvite:
    """``email`` is empty for who may not see the e-mail addresses of clients."""

    invite: Invite
    email: str

    @property
    def state(self) -> InviteState:
        return self.invite.state

    @property
    def role(self) -> str:
        return str(Role(self.invite.role).label)


def invite_page(filters: StateFilters, *, reader: User) -> Page[Invite]:
    """One page, newest first: one query."""
    invites = Invite.objects.visible_to(reader)
    if filters.state:
        invites = invites.in_state(InviteState(filters.state))
    if filters.q:
        named = Q(name__icontains=filters.q) | Q(client__sort_name__contains=fold(filters.q))
        if sees_addresses(reader):
            named |= Q(email__contains=filters.q.lower())
        invites = invites.filter(named)
    return keyset_page(
        invites.select_related("client", "invited_by", "used_by"),
        column="invited_at",
        descending=True,
        cursor=filters.cursor,
    )


def invites_of(client: Client, *, reader: User) -> list[ShownInvite]:
    """The newest of one client."""
    invites = Invite.objects.visible_to(reader).filter(client=client)
    return shown(
        invites.select_related("invited_by", "used_by").order_by("-invited_at", "-pk")[:NEWEST],
        reader=reader,
    )


def shown(invites: Iterable[Invite], *, reader: User) -> list[ShownInvite]:
    sees_clients = sees_addresses(reader)
    return [
        ShownInvite(each, each.email if sees_clients or each.client_id is None else "")
        for each in invites
    ]


def sees_addresses(reader: User) -> bool:
    return "email" in policy_for(reader, "client")
