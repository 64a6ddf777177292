"""Text in a profile that looks like a code, and what was decided about it; never the text."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet


class FindState(models.TextChoices):
    OPEN = "open", _("Open")
    MOVED = "moved", _("Moved into the vault")
    DISMISSED = "dismissed", _("No code")
    GONE = "gone", _("Not there any more")


class FindQuerySet(models.QuerySet["Find"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_active and user.is_office else self.none()


class Find(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="finds")
    pet = models.ForeignKey(
        Pet, null=True, blank=True, on_delete=models.CASCADE, related_name="finds"
    )
    key = models.CharField(max_length=100, help_text="The field in whose text it is.")
    digest = models.CharField(
        max_length=64,
        help_text="HMAC of the suspicious words with the secret key: known again, not read.",
    )
    state = models.CharField(max_length=10, choices=FindState.choices, default=FindState.OPEN)
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FindQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "pk"]
        indexes = [models.Index(fields=["state", "found_at", "id"], name="find_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key", "digest"],
                condition=Q(pet=None),
                name="find_once_per_client_field",
            ),
            models.UniqueConstraint(
                fields=["pet", "key", "digest"],
                condition=Q(pet__isnull=False),
                name="find_once_per_pet_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.key}"
