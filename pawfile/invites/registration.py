"""Registering: first everything is written down, then the worker looks who it was.

So the answer and its time are the same for an address that has a login and for one that has none.
"""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from pawfile.accounts.links import reset_link
from pawfile.accounts.models import Role, User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.invites.actions import redeem_invite
from pawfile.invites.agreements import record_consent
from pawfile.invites.doubles import note_doubles
from pawfile.invites.models import (
    Agreement,
    GuidedStart,
    Invite,
    PendingRegistration,
    Registration,
)
from pawfile.invites.refusals import CODE_ERRORS, CodeError, StaffCodeError
from pawfile.mail.actions import queue_mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import create_client
from pawfile.profiles.models import Client


class HasLoginError(Exception):
    """The address has a login already. To be told to those alone who proved that it is theirs."""


@transaction.atomic
def ask_to_register(**fields: Any) -> PendingRegistration:
    """Write down what was typed, fields of ``PendingRegistration``, for the worker to see to."""
    pending = PendingRegistration.objects.create(**fields)
    finish_registration.enqueue(pending.pk)
    return pending


@task
def finish_registration(pending_id: int) -> None:
    """The worker's part. Run again it does nothing: its row is gone."""
    with transaction.atomic():
        rows = PendingRegistration.objects.select_for_update(of=("self",))
        pending = rows.select_related("agreement", "invite__client").filter(pk=pending_id).first()
        if pending is not None:
            see_to(pending)


def see_to(pending: PendingRegistration) -> None:
    """Make the login and mail a link to prove the address; or mail that there is a login.

    Of two registrations with one address at the same time one makes the login.
    """
    try:
        with transaction.atomic():
            user = make_login(
                email=pending.email, name=pending.name, role=Role.CLIENT,
                phone=pending.cell_phone[:50], password_hash=pending.password,
                is_email_verified=False,
            )  # fmt: skip
            client = invited_home(pending) or make_client(pending, user)
    except HasLoginError:
        mail_known(pending)
    except CodeError as refusal:
        mail(pending, "registration_refused", {}, refusal=str(refusal))
    else:
        if pending.agreement:
            record_consent(
                agreement=pending.agreement, client=client, user=user, given_at=pending.sent_at
            )
        mail_confirmation(pending)
    pending.delete()


@transaction.atomic
def register_invited(
    *, invite: Invite, email: str, name: str, password_hash: str, agreement: Agreement | None
) -> User:
    """Make the login of somebody whose code was sent to this very address, which proves it.

    Rule 69: the login joins the invited client. Raises ``HasLoginError``, or a ``CodeError`` if
    the code stopped working meanwhile; then nothing was made.
    """
    user = make_login(
        email=email, name=name, role=Role(invite.role), password_hash=password_hash,
        is_email_verified=True,
    )  # fmt: skip
    redeem_invite(invite=invite, user=user)
    if invite.client is not None:
        GuidedStart.objects.get_or_create(client=invite.client)
        if agreement is not None:
            record_consent(
                agreement=agreement, client=invite.client, user=user, given_at=timezone.now()
            )
    return user


def make_login(*, password_hash: str, **fields: Any) -> User:
    """A user with a password that is hashed already. Raises ``HasLoginError``."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(**fields)
    except IntegrityError:
        raise HasLoginError from None
    user.password = password_hash
    user.save(update_fields=["password"])
    return user


def invited_home(pending: PendingRegistration) -> Client | None:
    """The home of the invite, if there was a code; the address was another than the invited.

    The login does not join it yet: nobody has proved the address, and it may be a stranger's who
    was mistyped. The code stays good; the mail says to open it again when signed in.
    """
    invite = pending.invite
    if invite is None:
        return None
    if invite.state in CODE_ERRORS:
        raise CODE_ERRORS[invite.state]
    if invite.client is None:
        raise StaffCodeError
    return invite.client


def make_client(pending: PendingRegistration, user: User) -> Client:
    """Rule 2: a new profile, a Prospect, opened by the login."""
    typed = ("first_name", "last_name", "email", "cell_phone", "zip_code")
    client = create_client(values={key: getattr(pending, key) for key in typed}, by=user)
    client.logins.add(user)
    Registration.objects.create(client=client, user=user, registered_at=pending.sent_at)
    GuidedStart.objects.create(client=client)
    note_doubles(client)
    record_activity(
        by=user, kind=ActivityKind.REGISTRATION, about=client.name, new=user.email,
        note=_("Registered without an invite"),
    )  # fmt: skip
    return client


def mail_confirmation(pending: PendingRegistration) -> None:
    address = EmailAddress.objects.get(user__email=pending.email, email=pending.email)
    mail(pending, "registration_confirm", {"confirm": confirm_link(address, pending.site)})


def mail_known(pending: PendingRegistration) -> None:
    """Tell the owner of the address.

    If nobody ever proved it, whoever registered it first may not have been its owner: that
    password opens nothing any more, and the owner chooses one with a link that proves the address.
    """
    links = {
        "sign_in": absolute(pending.site, reverse("account_login")),
        "reset": absolute(pending.site, reverse("account_reset_password")),
    }
    address = unproved_address(pending.email)
    if address is not None:
        address.user.set_unusable_password()
        address.user.save(update_fields=["password"])
        links = {"choose": reset_link(address.user, pending.site)}
    mail(pending, "registration_known", links)


def mail(
    pending: PendingRegistration, template: str, links: dict[str, str], **context: str
) -> None:
    told = {"company": SiteOptions.load(), "pending": pending, **context}
    queue_mail(to=pending.email, template=template, context=told, links=links, by=None)


def unproved_address(email: str) -> EmailAddress | None:
    """The address of a login whose owner has not followed the link yet."""
    found = EmailAddress.objects.filter(user__email=email, email=email, verified=False)
    return found.select_related("user").first()


def confirm_link(address: EmailAddress, site: str) -> str:
    """Proves the address; it signs nobody in, for somebody else may know the password."""
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    return absolute(site, f"{path}?next={reverse('start')}")


def absolute(site: str, path: str) -> str:
    return site.rstrip("/") + path
