"""The company's file, asked for on a page, made by the worker and kept for a day."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.lib.columns import SecretField
from pawfile.profiles.models.photo import fresh_name

KEPT = timedelta(days=1)


class ExportState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class CompanyExportQuerySet(models.QuerySet["CompanyExport"]):
    def visible_to(self, user: User) -> Self:
        """Whoever asked for it, as long as this is an administrator."""
        is_asker = user.is_active and user.is_administrator and not user.viewed_by
        return self.filter(asked_by=user.pk) if is_asker else self.none()


class CompanyExport(models.Model):
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="company_exports"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    has_secrets = models.BooleanField(default=False)
    passphrase = SecretField(help_text="Sealed, and gone as soon as the file is made.")
    state = models.CharField(
        max_length=10, choices=ExportState.choices, default=ExportState.WAITING
    )
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    problem = models.CharField(max_length=500, blank=True, help_text="Why there is no file.")
    name = models.CharField(max_length=32, default=fresh_name, unique=True, editable=False)

    objects = CompanyExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="export_of_asker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="export_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("company_export_detail", args=[self.pk])

    @property
    def path(self) -> Path:
        """Outside the uploads: never served but through the view, never in a file like this."""
        return Path(settings.DATA) / "exports" / f"{self.name}.zip"

    @property
    def progress_path(self) -> Path:
        """Two numbers, rows written and rows in all. The database is read as of one moment while
        the file is written, so nothing can be told in it."""
        return self.path.with_suffix(".progress")

    @property
    def progress(self) -> tuple[int, int]:
        try:
            done, every = self.progress_path.read_text("ascii").split()
        except (FileNotFoundError, ValueError):
            return 0, 0
        return int(done), int(every)

    @property
    def file_name(self) -> str:
        return f"company-{timezone.localtime(self.asked_at):%Y-%m-%d}.zip"
