"""The sessions of one person, wherever they are signed in."""

from collections.abc import Iterator

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from pawfile.accounts.models import User


def sessions_of(user: User) -> Iterator[Session]:
    """Sessions still good. The table does not name the person: each is opened to look."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session


def end_sessions(user: User) -> int:
    """Sign the person out everywhere, at once; how many sessions that were."""
    keys = [session.pk for session in sessions_of(user)]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
