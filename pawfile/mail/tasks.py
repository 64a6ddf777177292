"""Work of the worker: sending the outbox."""

import logging

from django_tasks import task

from pawfile.jobs.actions import enqueue_once
from pawfile.mail.delivery import deliver_due, fail_expired, fail_lost, has_mail_server
from pawfile.mail.models import Mail

logger = logging.getLogger(__name__)


@task
def deliver_mails() -> None:
    """Send what is due. May run again, at any time and twice at once: each mail is claimed."""
    if not has_mail_server():
        logger.warning(
            "NO MAIL SERVER IS SET: %s mails wait in the outbox and nobody gets them. Set "
            "EMAIL_HOST and what belongs to it (admin guide, Mail) and start Pawfile again.",
            Mail.objects.due().count(),
        )
    elif deliver_due():
        enqueue_once(deliver_mails)


def sweep_mails() -> None:
    """Every minute: what a dead worker or a pause left behind."""
    fail_lost()
    fail_expired()
    if has_mail_server() and Mail.objects.due().exists():
        enqueue_once(deliver_mails)
