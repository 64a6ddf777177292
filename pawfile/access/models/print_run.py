"""Sheets of many clients as one PDF, made by the worker and kept for a day. Never with a code."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models.photo import fresh_name

KEPT = timedelta(days=1)


class PrintState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class PrintRunQuerySet(models.QuerySet["PrintRun"]):
    def visible_to(self, user: User) -> Self:
        """Whoever asked for it, and nobody else."""
        return self.filter(asked_by=user.pk) if user.is_active else self.none()


def sight_of(user: User, company: SiteOptions) -> str:
    """What decides which fields somebody sees: when it changes, what was drawn is out of date."""
    return f"{user.role} {company.fields_version}"


class PrintRun(models.Model):
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="print_runs"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    clients = models.JSONField(help_text="Their numbers, in the order of the sheets.")
    paper = models.CharField(max_length=10)
    done = models.PositiveIntegerField(default=0, help_text="So many sheets are drawn.")
    state = models.CharField(max_length=10, choices=PrintState.choices, default=PrintState.WAITING)
    drawn_for = models.CharField(
        max_length=60, blank=True, help_text="Role and version of the fields; see sight_of."
    )
    name = models.CharField(max_length=32, default=fresh_name, unique=True, editable=False)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PrintState.values), name="print_state_known"
            )
        ]
        indexes = [models.Index(fields=["asked_at"], name="print_run_by_time")]

    def __str__(self) -> str:
        return f"{self.total} clients for {self.asked_by}"

    def get_absolute_url(self) -> str:
        return reverse("print_run_detail", args=[self.pk])

    @property
    def total(self) -> int:
        return len(self.clients)

    @property
    def path(self) -> str:
        return f"prints/{self.name}.pdf"
