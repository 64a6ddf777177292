"""The mails of the sign-in library, through the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pawfile.accounts.adapter import AccountAdapter
from pawfile.accounts.models import User
from pawfile.mail.actions import queue_mail

#: What makes a mail personal: kept sealed, never in the text that is kept.
PERSONAL = ("activate_url", "password_reset_url", "code")

#: The library's name of a mail → our template, where it is not the same.
TEMPLATES = {
    "email_confirmation_signup": "email_confirmation",
    "login_code": "account_code",
    "password_reset_code": "account_code",
}

#: Mails that only say what happened to a login → subject and sentence.
NOTICES = {
    "email_changed": (
        _("Your e-mail address was changed"),
        _("The e-mail address of your login was changed from {from_email} to {to_email}."),
    ),
    "email_confirm": (
        _("Your e-mail address is confirmed"),
        _("The e-mail address of your login is confirmed."),
    ),
    "email_deleted": (
        _("An e-mail address was removed"),
        _("The e-mail address {deleted_email} was removed from your login."),
    ),
    "password_changed": (_("Your password was changed"), _("Your password was changed.")),
    "password_reset": (_("Your password was changed"), _("You chose a new password by mail.")),
    "password_set": (_("Your password was set"), _("Your login has a password now.")),
    "recovery_codes_generated": (
        _("New recovery codes"),
        _("New recovery codes were made for your login. The old ones no longer work."),
    ),
    "totp_activated": (
        _("Authenticator app added"),
        _("Signing in now asks for a code of your authenticator app."),
    ),
    "totp_deactivated": (
        _("Authenticator app removed"),
        _("Signing in no longer asks for a code of your authenticator app."),
    ),
    "webauthn_added": (_("Passkey added"), _("A passkey was added to your login.")),
    "webauthn_removed": (_("Passkey removed"), _("A passkey was removed from your login.")),
}


class OutboxAccountAdapter(AccountAdapter):
    """Queues what the library would send, with our templates."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = template_prefix.rpartition("/")[2]
        template = TEMPLATES.get(name, name)
        told = {key: value for key, value in context.items() if key not in PERSONAL}
        if name in NOTICES:
            title, sentence = NOTICES[name]
            template = "account_notice"
            told |= {"title": title, "sentence": str(sentence).format_map(context)}
        queue_mail(
            to=email,
            template=template,
            context={**told, "email": email},
            links={key: str(context[key]) for key in PERSONAL if key in context},
            by=self.signed_in,
        )

    @property
    def signed_in(self) -> User | None:
        """Who asked for the mail; nobody, when it was asked for without signing in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None
