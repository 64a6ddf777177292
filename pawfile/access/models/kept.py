"""Codes that stay as they are although somebody knows them who no longer needs them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from pawfile.access.models.reveal import Reveal


class CodeKept(models.Model):
    """Of one opening: the office has decided that the code need not change for it, and why."""

    reveal = models.OneToOneField(
        Reveal, on_delete=models.CASCADE, primary_key=True, related_name="kept"
    )
    reason = models.CharField(max_length=300)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.reveal}: {self.reason}"
