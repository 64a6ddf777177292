"""What clients have said is still right, and whom Pawfile asked."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models.client import Client
from pawfile.profiles.models.pet import Pet


class SectionReviewQuerySet(models.QuerySet["SectionReview"]):
    def visible_to(self, user: User) -> Self:
        """Those of the clients this person may see, and of their pets."""
        rows = self.filter(client__in=Client.objects.visible_to(user).order_by())
        return rows.filter(models.Q(pet=None) | models.Q(pet__in=Pet.objects.visible_to(user)))


class SectionReview(models.Model):
    """The client confirmed one section of the home, or of one pet, as it was then."""

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="reviews", db_index=False
    )
    pet = models.ForeignKey(Pet, null=True, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=60)
    version = models.PositiveIntegerField(help_text="The record's version that was confirmed.")
    reviewed_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SectionReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "pet", "section", "reviewed_at"], name="review_last"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}, {self.section}: {self.reviewed_at:%Y-%m-%d}"


class ReviewAsk(models.Model):
    """When the client was last asked by mail to look through."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="review_ask")
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.client_id}: {self.asked_at:%Y-%m-%d}"
