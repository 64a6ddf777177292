"""Inviting people, and what a code in their hands does.

``site`` is the absolute base address, "https://book.example/". A code is in the mail alone: kept is
its digest.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import Role, User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.invites.codes import digest, new_code
from pawfile.invites.models import Invite, InviteState
from pawfile.invites.refusals import (
    CODE_ERRORS,
    AlreadyInvitedError,
    AlreadyJoinedError,
    CodeError,
    ExpiredCodeError,
    HasLoginError,
    InactiveClientError,
    InviteError,
    MalformedCodeError,
    RevokedCodeError,
    SpentInviteError,
    StaffCodeError,
    UnknownCodeError,
    UsedCodeError,
    candidates_of,
    refusal_of,
    with_doors,
)
from pawfile.mail.actions import queue_mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client

__all__ = [
    "AlreadyInvitedError",
    "AlreadyJoinedError",
    "CodeError",
    "ExpiredCodeError",
    "InviteError",
    "MalformedCodeError",
    "RevokedCodeError",
    "SpentInviteError",
    "StaffCodeError",
    "UnknownCodeError",
    "UsedCodeError",
    "invite_client",
    "invite_clients",
    "invite_of_code",
    "invite_staff",
    "redeem_invite",
    "renew_invite",
    "revoke_invite",
]


@transaction.atomic
def invite_client(
    *, client: Client, email: str, words: str, by: User, site: str, is_another: bool = False
) -> Invite:
    """Invite one person of a household; ``is_another`` when it has logins already.

    Raises an ``InviteError`` that says why not. An expired invite of the address is renewed.
    """
    (locked,) = lock_clients([client.pk])
    email = email.strip().lower()
    refusal = refusal_of(locked, email, by=by, is_another=is_another)
    if refusal is not None:
        raise refusal
    name = "" if is_another else locked.name[:200]
    (invite,) = send([(locked, email, name)], words=words, by=by, site=site)
    return invite


@transaction.atomic
def invite_clients(*, clients: Iterable[Client], words: str, by: User, site: str) -> list[Invite]:
    """Invite each client at the address of the profile; those who cannot be are left out."""
    found = candidates_of(lock_clients({client.pk for client in clients}), by=by)
    people = [
        (each.client, each.email, each.client.name[:200]) for each in found if not each.refusal
    ]
    return send(people, words=words, by=by, site=site)


@transaction.atomic
def invite_staff(*, email: str, name: str, role: Role, words: str, by: User, site: str) -> Invite:
    """Invite a member of the staff: the user is made when the code is used."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise HasLoginError(_("This address has a login already."))
    waiting = Invite.objects.unspent().filter(client=None, email=email).first()
    if waiting is not None and waiting.state == InviteState.OPEN:
        raise AlreadyInvitedError(waiting)
    invite = waiting or Invite(email=email)
    invite.role, invite.name, invite.words = role, name.strip(), words.strip()
    code = renew(invite, by=by, options=SiteOptions.load())
    try:
        with transaction.atomic():
            invite.save()
    except IntegrityError:  # somebody else invited the same person in the same moment
        raise AlreadyInvitedError from None
    mail_invite(invite, code, by=by, site=site, note=str(Role(role).label))
    return invite


@transaction.atomic
def renew_invite(*, invite: Invite, by: User, site: str) -> Invite:
    """Mail a new code; the old one stops working at once."""
    locked = locked_unspent(invite)
    if locked.client is not None and locked.client.is_inactive:
        raise InactiveClientError(_("This client cannot be invited now."))
    code = renew(locked, by=by, options=SiteOptions.load())
    locked.save()
    mail_invite(locked, code, by=by, site=site, note=_("Sent again with a new code"))
    return locked


@transaction.atomic
def revoke_invite(*, invite: Invite, by: User | None) -> Invite:
    """The code stops working at once."""
    locked = locked_unspent(invite)
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    record_activity(
        by=by, kind=ActivityKind.INVITE, about=about(locked), old=locked.email, note=_("Revoked")
    )
    return locked


def invite_of_code(code: str) -> Invite:
    """The open invite of a code. Raises the ``CodeError`` that says why it does not work."""
    wanted = digest(code)
    if not wanted:
        raise MalformedCodeError
    invite = Invite.objects.select_related("client").filter(code_digest=wanted).first()
    if invite is None:
        raise UnknownCodeError
    if invite.state in CODE_ERRORS:
        raise CODE_ERRORS[invite.state]
    if invite.client is not None and invite.client.is_inactive:
        raise RevokedCodeError
    return invite


@transaction.atomic
def redeem_invite(*, invite: Invite, user: User) -> Invite:
    """Use the code up: the login joins the client. Of several at once exactly one wins.

    Raises a ``CodeError`` if the code stopped working since ``invite`` was read.
    """
    if invite.client is None and user.role != invite.role:
        raise StaffCodeError
    if invite.client is not None and invite.client.logins.filter(pk=user.pk).exists():
        raise AlreadyJoinedError
    own = Invite.objects.filter(pk=invite.pk, code_digest=invite.code_digest)
    now = timezone.now()
    if not own.open().update(used_at=now, used_by=user):
        lost = own.first()
        raise CODE_ERRORS[lost.state] if lost is not None else UnknownCodeError
    invite.used_at, invite.used_by = now, user
    if invite.client is not None:
        invite.client.logins.add(user)
    record_activity(
        by=user, kind=ActivityKind.INVITE, about=about(invite), new=user.email, note=_("Used")
    )
    return invite


def lock_clients(pks: Iterable[int]) -> list[Client]:
    """The clients, nobody else's to invite until the transaction ends."""
    rows = Client.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    list(rows.values_list("pk"))
    return list(with_doors(Client.objects.filter(pk__in=pks)).order_by("sort_name", "pk"))


def locked_unspent(invite: Invite) -> Invite:
    locked = Invite.objects.select_for_update().filter(pk=invite.pk).first()
    if locked is None or not locked.is_unspent:
        raise SpentInviteError(_("This invite was used or revoked meanwhile."))
    return locked


def send(
    people: Iterable[tuple[Client, str, str]], *, words: str, by: User, site: str
) -> list[Invite]:
    """Make and mail the invites of (client, address, name)."""
    options = SiteOptions.load()
    sent: list[tuple[Invite, str]] = []
    for client, email, name in people:
        expired = next((each for each in client.waiting if each.email == email), None)  # type: ignore[attr-defined]
        invite = expired or Invite(client=client, email=email)
        invite.name, invite.words = name, words.strip()
        code = renew(invite, by=by, options=options)
        if expired is not None:
            invite.save()
        sent.append((invite, code))
    Invite.objects.bulk_create([invite for invite, _code in sent if invite._state.adding])
    for invite, code in sent:
        mail_invite(invite, code, by=by, site=site)
    return [invite for invite, _code in sent]


def renew(invite: Invite, *, by: User, options: SiteOptions) -> str:
    """Give the invite a new code and its time; the code is nowhere but in what this returns."""
    code = new_code()
    now: datetime = timezone.now()
    invite.code_digest = digest(code)
    invite.invited_by, invite.invited_at = by, now
    invite.expires_at = now + timedelta(days=options.invite_days)
    return code


def mail_invite(invite: Invite, code: str, *, by: User, site: str, note: str = "") -> None:
    queue_mail(
        to=invite.email,
        template="client_invite" if invite.client else "staff_invite",
        context={
            "invite": invite,
            "role": Role(invite.role).label,
            "inviter": by,
        },
        links={"register": f"{site}register/?code={code}"},
        by=by,
        is_for_staff=invite.client is None,
    )
    record_activity(
        by=by, kind=ActivityKind.INVITE, about=about(invite), new=invite.email, note=note
    )


def about(invite: Invite) -> str:
    name = invite.client.name if invite.client else invite.name or invite.email
    return _("Invite for %s") % name
