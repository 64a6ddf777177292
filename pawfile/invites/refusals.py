"""Why somebody cannot be invited, and why a code does not work: sentences for people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.invites.models import Invite, InviteState
from pawfile.lib.emails import bad_emails
from pawfile.profiles.models import Client


class InviteError(Exception):
    """This invite cannot be sent. Its text says why."""


class NoAddressError(InviteError):
    pass


class InactiveClientError(InviteError):
    pass


class HasLoginError(InviteError):
    """The client has a login; another person can be invited."""


class AlreadyInvitedError(InviteError):
    """The address has an invite that waits; ``invite`` can be sent again."""

    def __init__(self, invite: Invite | None = None) -> None:
        self.invite = invite
        super().__init__(_("This address is invited already."))


class SpentInviteError(InviteError):
    """Used or revoked meanwhile."""


class CodeError(Exception):
    """This code does not work. Its text says why, to whoever holds it."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class UnknownCodeError(CodeError):
    sentence = gettext_lazy(
        "This code does not work. If you got a newer mail, use the code in that one; "
        "otherwise ask the office."
    )


class MalformedCodeError(UnknownCodeError):
    sentence = gettext_lazy(
        "A code has 20 letters and digits, like 7K3QM-X9R2V-B4HTN-P8WDC. "
        "Compare it with the one in the mail."
    )


class UsedCodeError(CodeError):
    sentence = gettext_lazy(
        "This code was used already; each code works once. Ask the office for another one."
    )


class ExpiredCodeError(CodeError):
    sentence = gettext_lazy("This code has expired. Ask the office to send a new one.")


class RevokedCodeError(CodeError):
    sentence = gettext_lazy("The office has taken this code back. Ask there for another one.")


class StaffCodeError(CodeError):
    sentence = gettext_lazy(
        "This code is for a new member of the staff, and you have a login already. "
        "Ask an administrator to change your role."
    )


class AlreadyJoinedError(CodeError):
    """The code stays good for the person it was meant for."""

    sentence = gettext_lazy(
        "You sign in for this home already. The code stays good for the person it was sent to."
    )


CODE_ERRORS: dict[InviteState, type[CodeError]] = {
    InviteState.USED: UsedCodeError,
    InviteState.EXPIRED: ExpiredCodeError,
    InviteState.REVOKED: RevokedCodeError,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client somebody wants to invite: at which address, or why not."""

    client: Client
    email: str
    refusal: InviteError | None


def with_doors(clients: QuerySet[Client]) -> QuerySet[Client]:
    """With logins and waiting invites, which ``refusal_of`` looks at: two queries more."""
    waiting = Prefetch("invites", Invite.objects.unspent(), to_attr="waiting")
    return clients.prefetch_related("logins", waiting)


def candidates_of(clients: Iterable[Client], *, by: User) -> list[Candidate]:
    """Each client at the address of the profile. ``clients`` come from ``with_doors``."""
    found = []
    for client in clients:
        email = own_address(client, reader=by)
        found.append(Candidate(client, email, refusal_of(client, email, by=by)))
    return found


def own_address(client: Client, *, reader: User) -> str:
    """The address of the profile as far as the reader may see it."""
    return client.email.strip().lower() if "email" in policy_for(reader, "client") else ""


def refusal_of(
    client: Client, email: str, *, by: User, is_another: bool = False
) -> InviteError | None:
    """Why this client cannot be invited at this address; ``None`` if it is fine."""
    logins = list(client.logins.all())
    if client.is_inactive:
        if "status" in policy_for(by, "client"):
            return InactiveClientError(_("An inactive client is not invited."))
        return InactiveClientError(_("This client cannot be invited now."))
    if logins and not is_another:
        who = ", ".join(str(login) for login in logins)
        return HasLoginError(_("Has a login already: %s.") % who)
    if not email:
        return NoAddressError(_("No e-mail address."))
    if bad_emails([email]):
        return NoAddressError(_("“%s” is no e-mail address.") % email)
    for login in logins:
        if login.email == email:
            return HasLoginError(_("%s signs in with this address already.") % login)
    for invite in client.waiting:  # type: ignore[attr-defined]
        if invite.email == email and invite.state == InviteState.OPEN:
            return AlreadyInvitedError(invite)
    return None
