"""What a person has not read yet: one row a conversation, gone when it is opened."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from pawfile.messaging.models.conversation import Conversation, Message

#: Nobody needs to know how many more there are.
MOST_COUNTED = 100


class Unread(models.Model):
    """So the number in the menu costs as much as there is unread, never as much as there is."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="unread", db_index=False
    )
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="+", help_text="The first one unread."
    )
    since_at = models.DateTimeField(default=timezone.now)
    newest_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="A mail was queued, or it was decided to send none."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "reader"], name="unread_once")
        ]
        indexes = [
            models.Index(
                fields=["since_at"], condition=Q(told_at__isnull=True), name="unread_to_be_told"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.conversation}"


class _CountOf(Subquery):
    """How many rows a query has that may be cut off."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


def unread_count() -> Subquery:
    """Of a user row: conversations with something unread, ``MOST_COUNTED`` at most."""
    own = Unread.objects.filter(reader=OuterRef("pk")).values("pk")[:MOST_COUNTED]
    return _CountOf(own, output_field=models.IntegerField())
