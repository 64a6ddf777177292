"""The address under which a calendar app reads one's visits."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.schedule.models import CalendarFeed
from pawfile.schedule.models.feed import digest_of

SECRET_BYTES = 32


@transaction.atomic
def renew_feed(*, by: User) -> str:
    """Make the person's address, or a new one in place of the old, which is dead at once.

    Returns its secret part. It is kept nowhere: whoever lets it go needs another.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    values = {
        "digest": digest_of(secret),
        "password_mark": by.get_session_auth_hash(),
        "made_at": timezone.now(),
    }
    _feed, is_new = CalendarFeed.objects.update_or_create(user=by, defaults=values)
    record(by, _("Calendar address made.") if is_new else _("Calendar address renewed."))
    return secret


@transaction.atomic
def change_feed(*, by: User, has_address: bool = False, has_note: bool = False) -> None:
    """What the visits of the calendar say besides when, what and whose."""
    CalendarFeed.objects.filter(user=by).update(has_address=has_address, has_note=has_note)


@transaction.atomic
def end_feed(*, by: User) -> bool:
    """Nobody reads it from now on. Whether there was one."""
    count, _rows = CalendarFeed.objects.filter(user=by).delete()
    if count:
        record(by, _("Calendar address switched off."))
    return bool(count)


def find_feed(secret: str) -> CalendarFeed | None:
    """The feed with this address, if it is still open."""
    return CalendarFeed.objects.all().opened_by(secret)


def record(user: User, note: str) -> None:
    kind = ActivityKind.LOGIN if user.is_client else ActivityKind.USER
    record_activity(by=user, kind=kind, about=f"{user} ({user.email})", note=note)
