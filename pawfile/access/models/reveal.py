"""Who opened which secret, when, for which visit and why: rows are added, never changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Visit


class Ground(models.TextChoices):
    """On what ground somebody might open it."""

    OFFICE = "office", _("Office")
    OWN_HOME = "own_home", _("Own home")
    VISIT = "visit", _("For a visit")
    BREAK_GLASS = "break_glass", _("Emergency")


class RevealQuerySet(models.QuerySet["Reveal"]):
    def visible_to(self, user: User) -> Self:
        """Administrators see the whole log, a client what was opened of the own homes."""
        if not user.is_active:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(client__in=Client.objects.homes_of(user))


class Reveal(models.Model):
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="reveals", db_index=False
    )
    pet = models.ForeignKey(
        Pet,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reveals",
        help_text="Whose secret it is, if it is no secret of the home itself.",
    )
    key = models.CharField(max_length=100, help_text="The field's key in the catalogue.")
    label = models.CharField(max_length=200, help_text="What the field was called then.")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    reason = models.TextField(blank=True, help_text="Typed by who opened it without a visit.")
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.SET_NULL, related_name="reveals"
    )
    visit_said = models.CharField(
        max_length=300, blank=True, help_text="The visit in words, should it be gone."
    )
    is_printed = models.BooleanField(default=False, help_text="Opened onto a sheet of paper.")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reveals"
    )
    opened_by_name = models.CharField(max_length=200, help_text="Should the user be gone.")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RevealQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["opened_at", "id"], name="reveal_by_time"),
            models.Index(fields=["client", "opened_at", "id"], name="reveal_by_client"),
            models.Index(fields=["opened_by", "opened_at", "id"], name="reveal_by_opener"),
            models.Index(fields=["ground", "opened_at", "id"], name="reveal_by_ground"),
            models.Index(fields=["key", "opened_at", "id"], name="reveal_by_field"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ground="break_glass") | ~models.Q(reason=""),
                name="reveal_without_visit_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.opened_by_name}: {self.label}, {self.client}"
