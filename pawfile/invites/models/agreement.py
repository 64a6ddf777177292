"""What people agreed to: every text the company ever asked for, and who agreed when."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """The office reads every version, a client those that were agreed to for the own home."""
        if user.is_active and user.is_office:
            return self
        return self.filter(consents__in=Consent.objects.visible_to(user)).distinct()


class Agreement(models.Model):
    """One version of the text. It never changes: another text is another version."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agreement_detail", args=[self.pk])


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all, a client those of the own home."""
        if user.is_active and user.is_office:
            return self
        if not user.is_client:
            return self.none()
        return self.filter(client__in=Client.objects.visible_to(user))


class Consent(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="consents")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="consents"
    )
    name = models.CharField(max_length=200, help_text="Who agreed, as called then.")
    given_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.agreement}"
