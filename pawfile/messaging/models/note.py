"""What the office writes down about a client. No conversation, no mail, no client has it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client


class InternalNoteQuerySet(models.QuerySet["InternalNote"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all, a sitter those meant for sitters about the clients in sight.

        Nobody but the office reads a note about the own home, also not who works here.
        """
        if not user.is_active or user.is_client:
            return self.none()
        if user.is_office:
            return self
        shown = Q(client__in=Client.objects.visible_to(user).order_by())
        homes = Q(client__in=Client.objects.homes_of(user).order_by())
        return self.filter(shown & ~homes, is_for_sitters=True)


class InternalNote(models.Model):
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="internal_notes", db_index=False
    )
    text = models.TextField()
    is_for_sitters = models.BooleanField(_("sitters of this client see it too"), default=False)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InternalNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "written_at", "id"], name="internal_note_by_client")
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.text[:40]}"
