"""People who registered: first what they typed, until the worker made a login of it."""

from typing import Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.invites.models.agreement import Agreement
from pawfile.invites.models.invite import Invite
from pawfile.profiles.models import Client


class PendingRegistration(models.Model):
    """What somebody sent, known address or not; gone as soon as the worker has seen to it."""

    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    email = models.CharField(max_length=254)
    cell_phone = models.CharField(max_length=100, blank=True)
    zip_code = models.CharField(max_length=20, blank=True)
    password = models.CharField(max_length=128, help_text="Hashed.")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invite = models.ForeignKey(
        Invite, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    site = models.CharField(max_length=300, help_text="The absolute base address, for links.")
    sent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.email

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"[:200]


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: User) -> Self:
        """For the office alone."""
        return self if user.is_active and user.is_office else self.none()

    def with_proof(self) -> Self:
        """With ``has_proof``: whether the person followed the link of the mail."""
        proofs = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
        return self.annotate(has_proof=Exists(proofs))


class Registration(models.Model):
    """A client who came by registering: a new profile, made with its login."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="registration")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    registered_at = models.DateTimeField(default=timezone.now)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["registered_at", "id"], name="registration_by_time")]

    def __str__(self) -> str:
        return str(self.client)
