"""Registered clients who may be in the book already."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client


class Answer(models.TextChoices):
    """What the office said about a pair."""

    JOIN = "join", _("Same household")
    APART = "apart", _("Not the same")


class LikelyDoubleQuerySet(models.QuerySet["LikelyDouble"]):
    def visible_to(self, user: User) -> Self:
        """For the office alone: nobody else learns that somebody is a client."""
        return self if user.is_active and user.is_office else self.none()

    def unanswered(self) -> Self:
        return self.filter(answer="")


class LikelyDouble(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="likely_doubles")
    known = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(help_text="Keys of Reason, strongest first.")
    found_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = LikelyDoubleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "known"], name="likely_double_once"),
            models.CheckConstraint(condition=~Q(client=F("known")), name="likely_double_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.client} / {self.known}"

    def get_absolute_url(self) -> str:
        return reverse("double_detail", args=[self.pk])
