"""A person's own visits for a calendar app, under an address that is a secret."""

import hashlib
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from pawfile.accounts.models import User


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: User) -> Self:
        """Everybody the own one, nobody another's."""
        return self.filter(user=user) if user.is_active else self.none()

    def opened_by(self, secret: str) -> "CalendarFeed | None":
        """The feed with this address, if it is still open."""
        found = self.select_related("user").filter(digest=digest_of(secret)).first()
        return found if found and found.is_open else None


class CalendarFeed(models.Model):
    """The secret itself is kept nowhere: who reads the database cannot open the feed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret.")
    password_mark = models.CharField(
        max_length=128, help_text="Derived from the password that was good when it was made."
    )
    calendar_id = models.UUIDField(
        default=uuid.uuid4, editable=False, help_text="Stays when the address is renewed."
    )
    has_address = models.BooleanField(default=False)
    has_note = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar of {self.user}"

    @property
    def is_open(self) -> bool:
        """Not once the person was deactivated or the password changed, whichever door it was."""
        now = self.user.get_session_auth_hash()
        return self.user.is_active and constant_time_compare(self.password_mark, now)


def digest_of(secret: str) -> str:
    """No salt and no slow hash: of 256 random bits there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
