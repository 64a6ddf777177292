"""Work of the worker: mails about what is unread, messages to many clients."""

from django_tasks import task

from pawfile.jobs.actions import enqueue_once
from pawfile.messaging.actions.broadcasts import send_batch
from pawfile.messaging.letters import forget_blocked, tell_unread, unread_to_tell


@task
def send_broadcast(broadcast_id: int) -> None:
    """Send it to all that are left. Run again, also after half of it, nobody gets it twice."""
    while send_batch(broadcast_id):
        pass


@task
def mail_unread() -> None:
    """Tell those who have not read. May run again, at any time and twice at once."""
    if tell_unread():
        enqueue_once(mail_unread)


def look_for_unread() -> None:
    """Every minute."""
    forget_blocked()
    if unread_to_tell().exists():
        enqueue_once(mail_unread)
