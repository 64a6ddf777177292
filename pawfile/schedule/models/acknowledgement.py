"""What a sitter has read of the changes that could hurt, and who was told that it is unread."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models.visit import Visit


class Acknowledgement(models.Model):
    """How far a sitter has read the safety-critical changes of a client, or of one of its pets.

    One row a record and not one a home: changes of one record are written one after the other,
    those of two pets are not. "All up to 12" would take in an 11 that is still being written.
    """

    sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    pet = models.ForeignKey(Pet, null=True, on_delete=models.CASCADE, related_name="+")
    change_id = models.BigIntegerField(help_text="The newest change that was shown and read.")
    acknowledged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitter", "client"],
                condition=Q(pet=None),
                name="acknowledgement_once_a_client",
            ),
            models.UniqueConstraint(
                fields=["sitter", "pet"],
                condition=Q(pet__isnull=False),
                name="acknowledgement_once_a_pet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitter_id} read {self.pet_id or self.client_id} up to {self.change_id}"


class Told(models.TextChoices):
    SITTER = "sitter"
    OFFICE = "office"


class UnreadNotice(models.Model):
    """A mail said that changes are unread before this visit: to each side once."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="unread_notices")
    told = models.CharField(max_length=10, choices=Told.choices)
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "told"], name="unread_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}, {self.told}"
