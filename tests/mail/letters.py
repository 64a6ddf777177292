"""Mails for tests."""

from pawfile.accounts.models import User
from pawfile.mail.actions import queue_mail
from pawfile.mail.models import Mail, MailState

LINK = "https://book.example/accounts/reset/key/abc/"


def make_mail(to: str = "cleo@example.com", *, by: User | None = None) -> Mail:
    """The mail about a new password, which has a personal link."""
    return queue_mail(
        to=to,
        template="password_reset_key",
        context={},
        links={"password_reset_url": LINK},
        by=by,
    )


def make_old_mail(to: str = "cleo@example.com", state: MailState = MailState.FAILED) -> Mail:
    """One whose fate is known, made without anything being sent."""
    mail = Mail(to=to, subject="Choose a new password", text="Here:\n\n[[link:url]]\n")
    mail.state, mail.html = state, "<p>Here</p>"
    if state == MailState.SENT:
        mail.sent_at = mail.queued_at
    mail.save()
    return mail
