"""What administrators do with users and client logins. Each change is in the activity log."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.actions import end_sessions, remove_second_factors
from pawfile.accounts.models import Role, User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.invites.actions import revoke_invite
from pawfile.invites.models import Invite
from pawfile.people.viewing import called
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client

LABELS = {
    "name": gettext_lazy("Name"),
    "nickname": gettext_lazy("Nickname"),
    "phone": gettext_lazy("Phone"),
    "role": gettext_lazy("Role"),
}
#: Keys of the two sitters a client names.
SITTER_KEYS = ("primary_sitter", "secondary_sitter")


class LastAdministratorError(Exception):
    """Without this person nobody could administer the company."""


def keep_an_administrator(user: User) -> None:
    """Raise ``LastAdministratorError`` unless another active administrator stays.

    Locks all of them until the transaction ends: of two who take each other's role in the same
    instant the second finds only one left.
    """
    administrators = User.objects.active().filter(role=Role.ADMINISTRATOR)
    left = administrators.order_by("pk").select_for_update().values_list("pk", flat=True)
    if set(left) == {user.pk}:
        raise LastAdministratorError


def kind_of(user: User) -> ActivityKind:
    return ActivityKind.LOGIN if user.is_client else ActivityKind.USER


def record(user: User, *, by: User | None, what: str, old: str = "", new: str = "") -> None:
    record_activity(by=by, kind=kind_of(user), about=called(user), old=old, new=new, note=what)


@transaction.atomic
def change_user(*, user: User, values: Mapping[str, str], by: User | None) -> list[str]:
    """Change name, nickname, phone and role; what changed, in words.

    Raises ``LastAdministratorError`` when the last administrator would lose the role.
    """
    if values.get("role", Role.ADMINISTRATOR) != Role.ADMINISTRATOR:
        keep_an_administrator(user)
    stored = User.objects.get_queryset().select_for_update().get(pk=user.pk)
    was_administrator, changed = stored.is_administrator, []
    for key, text in LABELS.items():
        old, new = getattr(stored, key), values.get(key, getattr(stored, key))
        if old == new:
            continue
        setattr(stored, key, new)
        label = str(text)
        if key == "role":
            old, new = str(Role(old).label), str(Role(new).label)
        record(user, by=by, what=label, old=old, new=new)
        changed.append(label)
    stored.save(update_fields=[*LABELS])
    if was_administrator and not stored.is_administrator:
        cut_invites(stored, by=by)
    return changed


@transaction.atomic
def deactivate_user(*, user: User, by: User | None) -> None:
    """Close the login: signed out everywhere at once, links to a new password are dead, and no
    way in until somebody reactivates it. Names stay in all history.

    The password goes, and with it everything derived from it; who comes back chooses a new one.
    Raises ``LastAdministratorError``.
    """
    keep_an_administrator(user)
    stored = User.objects.get_queryset().select_for_update().get(pk=user.pk)
    stored.is_active = False
    stored.set_unusable_password()
    stored.save(update_fields=["is_active", "password"])
    end_sessions(user=stored)
    cut_invites(stored, by=by)
    record(user, by=by, what=_("State"), old=_("Active"), new=_("Inactive"))


def cut_invites(user: User, *, by: User | None) -> None:
    """Close the doors that stand open for the person: invites to this address, and those to the
    staff that the person sent."""
    theirs = Q(email=user.email) | Q(invited_by=user, client=None)
    for invite in Invite.objects.filter(theirs).open():
        revoke_invite(invite=invite, by=by)


@transaction.atomic
def reactivate_user(*, user: User, by: User | None) -> None:
    """Let the person in again, with a new password chosen by e-mail."""
    stored = User.objects.get_queryset().select_for_update().get(pk=user.pk)
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    record(user, by=by, what=_("State"), old=_("Inactive"), new=_("Active"))


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User | None) -> None:
    end_sessions(user=user)
    record(user, by=by, what=_("Signed out everywhere."))


@transaction.atomic
def remove_factors(*, user: User, by: User) -> bool:
    """For who lost phone or key. Whether there was a second factor to remove."""
    had_some = remove_second_factors(user=user, by=by)
    if had_some:
        record(user, by=by, what=_("Second factors removed."))
    return had_some


@transaction.atomic
def record_reset(*, user: User, by: User | None) -> None:
    """Write down that a link to a new password was sent."""
    record(user, by=by, what=_("Password reset sent."))


@transaction.atomic
def attach_client(*, user: User, client: Client, by: User | None) -> bool:
    """Join the login to one more profile; whether it was not there already."""
    if user.clients.filter(pk=client.pk).exists():
        return False
    client.logins.add(user)
    record(user, by=by, what=_("Client profile attached."), new=client.name)
    return True


@transaction.atomic
def detach_client(*, user: User, client: Client, by: User | None) -> None:
    """Take the login off a profile. Without any left it sees no home until the office helps."""
    client.logins.remove(user)
    record(user, by=by, what=_("Client profile detached."), old=client.name)


@transaction.atomic
def reassign_clients(
    *, sitter: User, choices: Mapping[int, User | None], by: User | None
) -> list[Client]:
    """Give clients that name this sitter, primary or secondary, to somebody else or nobody.

    ``choices``: client id → new sitter. A home has one person only once: who is already the other
    sitter of it does not become both.
    """
    named = Client.objects.filter(pk__in=choices).naming(sitter).order_by("pk")
    locked = list(named.select_for_update().values_list("pk", flat=True))
    clients = list(Client.objects.filter(pk__in=locked).with_links())
    for client in clients:
        chosen = choices[client.pk]
        values: dict[str, User | None] = {}
        for key in SITTER_KEYS:
            if getattr(client, f"{key}_id") == sitter.pk:
                other = {getattr(client, f"{k}_id") for k in SITTER_KEYS if k != key}
                values[key] = None if chosen and chosen.pk in other else chosen
        update_client(client, values=values, by=by)
    return clients
