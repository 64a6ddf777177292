"""Visits that come again: a rule, and how far it has been turned into visits."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import Status
from pawfile.schedule.models.service import Service, TimeBlock


class AssignTo(models.TextChoices):
    """Whom a visit is given to when it is made."""

    NOBODY = "nobody", _("Nobody yet")
    SITTER = "sitter", _("A sitter")
    PRIMARY = "primary", _("PRIMARY")
    SECONDARY = "secondary", _("SECONDARY")
    ANYONE = "anyone", _("ANYONE")


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office else self.none()

    def behind(self, day: date) -> Self:
        """Those whose visits are not made up to ``day`` yet, or to their own last one before it.

        A client who is inactive gets no new visits; active again, only those from then on.
        """
        waiting = Q(until_on=None) | Q(generated_until_on__lt=F("until_on"))
        return self.filter(waiting, canceled_at=None, generated_until_on__lt=day).exclude(
            client__status=Status.INACTIVE
        )


class Series(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="series")
    pets = models.ManyToManyField(Pet, blank=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="series")
    block = models.ForeignKey(
        TimeBlock, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    exact_time = models.TimeField(null=True, blank=True)
    is_training = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    assign_to = models.CharField(max_length=10, choices=AssignTo.choices, default=AssignTo.NOBODY)
    sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField(max_length=300, help_text="An RRULE of RFC 5545, without its dates.")
    starts_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="Empty: ongoing.")
    generated_until_on = models.DateField(
        null=True, blank=True, help_text="Up to this day, included, its visits were made."
    )
    canceled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("series")
        indexes = [models.Index(fields=["canceled_at", "until_on"], name="series_ongoing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("starts_on")),
                name="series_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.service} ({self.rule})"
