"""The same words to many clients: how far the worker has come with them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_active and user.is_office else self.none()


class Broadcast(models.Model):
    """Each client gets a conversation of its own and knows nothing of the others."""

    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    client_ids = models.JSONField(default=list)
    reached = models.PositiveIntegerField(default=0, help_text="So many of them were looked at.")
    sent_count = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BroadcastQuerySet.as_manager()

    def __str__(self) -> str:
        return self.subject or self.body[:40]

    def get_absolute_url(self) -> str:
        return reverse("broadcast_detail", args=[self.pk])

    @property
    def total(self) -> int:
        return len(self.client_ids)

    @property
    def left_out(self) -> int:
        """Clients that lost their last login, or went, before their turn came."""
        return self.reached - self.sent_count
