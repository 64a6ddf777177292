"""How to get into a home, in the order to try, and whether the client says that it still works."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit


class WayKind(models.TextChoices):
    KEY = "key", _("Key")
    LOCKBOX = "lockbox", _("Lockbox")
    GARAGE = "garage", _("Garage door")
    KEYPAD = "keypad", _("Keypad or smart lock")
    PERSON = "person", _("A person with a key")


class WayInQuerySet(models.QuerySet["WayIn"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(client__in=Client.objects.visible_to(user).order_by().values("pk"))


class WayIn(models.Model):
    """One way in. Its code, if it has one, lies in the vault: ``key`` names the field."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="ways_in")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=WayKind.choices)
    words = models.CharField(_("how"), max_length=500, blank=True)
    key = models.CharField(
        max_length=100, blank=True, help_text="The field of the vault that holds its code."
    )
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WayInQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = _("ways in")
        indexes = [models.Index(fields=["client", "position", "id"], name="way_in_by_client")]

    def __str__(self) -> str:
        return f"{self.client}: {WayKind(self.kind).label}"


class EntryCheckQuerySet(models.QuerySet["EntryCheck"]):
    def visible_to(self, user: User) -> Self:
        """What the clients were asked whom this person may see."""
        return self.filter(client__in=Client.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> Self:
        """Those that can still be answered, or answered otherwise."""
        return self.filter(expires_at__gt=timezone.now())

    def opened_by(self, secret: str) -> "EntryCheck | None":
        """The open question whose link this is."""
        return self.open().filter(digest=digest_of(secret)).select_related("client").first()


class EntryCheck(models.Model):
    """ "Locks and codes unchanged?", asked of a client by mail before a visit, once a visit."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="entry_checks")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's secret.")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    is_unchanged = models.BooleanField(null=True, blank=True)

    objects = EntryCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["visit"], name="entry_check_once_per_visit")]

    def __str__(self) -> str:
        return f"{self.client}, {self.asked_at:%Y-%m-%d}"


def digest_of(secret: str) -> str:
    """No salt and no slow hash: of 256 random bits there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
