"""Sending the outbox: every mail once, or marked as failed with what is known of its fate.

A mail is claimed in a transaction of its own before a server hears of it. What went wrong before
the server had the text is tried again later; what went wrong afterwards is not, for the mail may
have arrived: a person decides.
"""

import logging
from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.lib.vault import VaultError
from pawfile.mail.message import message_of
from pawfile.mail.models import GIVE_UP, Mail, MailState
from pawfile.options.models import SiteOptions

logger = logging.getLogger(__name__)

#: Seconds that one round may take: other work gets its turn, and a worker that is told to stop
#: stops in time.
BUDGET = 5.0
#: Longer than sending one mail takes, with a server that uses up the time of every answer.
LOST_AFTER = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)


def has_mail_server() -> bool:
    return bool(settings.EMAIL_HOST) or not settings.EMAIL_BACKEND.startswith("pawfile.")


def deliver_due(*, budget: float = BUDGET) -> bool:
    """Send what is due over one connection. Returns whether time was up before all was sent.

    When the server cannot be reached, the round ends: the next one tries another mail.
    """
    until = monotonic() + budget
    company = SiteOptions.load().company_name
    server = get_connection()
    try:
        while (mail := claim_mail()) is not None:
            try:
                server.open()
            except (OSError, ValueError) as problem:
                put_back(mail, _("The mail server could not be used: %s") % words_of(problem))
                return False
            if not send(mail, server, company=company):
                server.close()
            if monotonic() > until:
                return True
        return False
    finally:
        server.close()


@transaction.atomic
def claim_mail() -> Mail | None:
    """The next due mail, marked as being sent, or ``None``. Two workers never get the same one."""
    mails = Mail.objects.due().order_by("next_try_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        mails = mails.select_for_update(skip_locked=True)
    mail = mails.first()
    if mail is not None:
        mail.state = MailState.SENDING
        mail.attempts += 1
        mail.claimed_at = timezone.now()
        mail.save(update_fields=["state", "attempts", "claimed_at"])
    return mail


def send(mail: Mail, server: Any, *, company: str) -> bool:
    """Hand a claimed mail to the server and keep its fate; whether the server took it."""
    try:
        server.send_messages([message_of(mail, company=company)])
    except (OSError, ValueError, VaultError) as problem:
        keep_fate(mail, problem, is_in_doubt=getattr(server, "is_in_doubt", False))
        return False
    mail.state, mail.error, mail.sent_at = MailState.SENT, "", timezone.now()
    mail.save(update_fields=["state", "error", "sent_at"])
    return True


def keep_fate(mail: Mail, problem: Exception, *, is_in_doubt: bool) -> None:
    """Wait or fail, after a mail was not taken; SMTP's own errors are among ``OSError``."""
    code = answer_of(problem)[0]
    if code >= 500:
        fail(mail, words_of(problem))
    elif code >= 400:
        put_back(mail, words_of(problem))
    elif is_in_doubt or isinstance(problem, SMTPDataError):
        fail(mail, doubt())
    elif isinstance(problem, OSError) and not isinstance(problem, SMTPNotSupportedError):
        put_back(mail, words_of(problem))
    else:
        fail(mail, words_of(problem))


def answer_of(problem: Exception) -> tuple[int, bytes | str]:
    """The server's code and words; (0, "") when it was not the server that said no."""
    if isinstance(problem, SMTPRecipientsRefused):
        answer: tuple[int, bytes] = next(iter(problem.recipients.values()))
        return answer
    if isinstance(problem, SMTPResponseException):
        return problem.smtp_code, problem.smtp_error
    return 0, ""


def words_of(problem: Exception) -> str:
    code, said = answer_of(problem)
    if code:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{code} {text}".replace("\0", "")[:2000]
    return (str(problem) or type(problem).__name__).replace("\0", "")[:2000]


def doubt() -> str:
    return _("The connection broke off. It may have arrived; send it again if it did not.")


def put_back(mail: Mail, error: str) -> None:
    """Let a mail that surely did not arrive wait, longer each time, and not for ever."""
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 20), LONGEST_PAUSE)
    mail.state, mail.error, mail.next_try_at = MailState.QUEUED, error, timezone.now() + pause
    if mail.next_try_at - mail.queued_at > GIVE_UP:
        mail.state = MailState.FAILED
    logger.warning("Mail %s was not sent (%s): %s", mail.pk, mail.state, error)
    mail.save(update_fields=["state", "error", "next_try_at"])


def fail(mail: Mail, error: str) -> None:
    logger.warning("Mail %s failed: %s", mail.pk, error)
    mail.state, mail.error = MailState.FAILED, error
    mail.save(update_fields=["state", "error"])


def fail_lost() -> None:
    """Mails whose worker died while sending: nobody knows whether they arrived."""
    lost = Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=timezone.now() - LOST_AFTER)
    lost.update(state=MailState.FAILED, error=doubt())


def fail_expired() -> None:
    """Mails that waited too long; those tried before keep the last reason."""
    old = Mail.objects.filter(state=MailState.QUEUED, queued_at__lte=timezone.now() - GIVE_UP)
    old.filter(error="").update(
        state=MailState.FAILED,
        error=_("It waited for three days, and no mail server could be reached."),
    )
    old.update(state=MailState.FAILED)
