"""Physical keys: where each is since when, and every hand it went through."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.columns import FoldedField
from pawfile.profiles.models import Client


class KeyPlace(models.TextChoices):
    OFFICE = "office", _("Office")
    SITTER = "sitter", _("With a sitter")
    CLIENT = "client", _("With the client")
    LOCATION = "location", _("Another place")
    LOST = "lost", _("Lost")


class KeyLocation(models.Model):
    """A place of the company's own: "Lockbox north", "Safe"."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KeyQuerySet(models.QuerySet["Key"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all keys; a sitter those he or she holds and those of own clients; a
        client those of the own homes."""
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        if user.is_client:
            return self.filter(client__in=Client.objects.homes_of(user))
        own = Client.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(sitter=user) | Q(client__in=own))


class Key(models.Model):
    """One physical key. Its code is on the label and says nothing about the home."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="keys")
    code = models.CharField(_("key code"), max_length=50)
    folded_code = FoldedField(max_length=200, unique=True, editable=False)
    place = models.CharField(max_length=10, choices=KeyPlace.choices, default=KeyPlace.OFFICE)
    sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="keys",
    )
    location = models.ForeignKey(
        KeyLocation, null=True, blank=True, on_delete=models.PROTECT, related_name="keys"
    )
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField(
        _("back by"), null=True, blank=True, help_text=_("Empty: no day is agreed.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["folded_code", "pk"]
        indexes = [models.Index(fields=["place", "folded_code", "id"], name="key_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(place="sitter", sitter__isnull=False)
                | (~Q(place="sitter") & Q(sitter__isnull=True)),
                name="key_with_sitter_names_one",
            ),
            models.CheckConstraint(
                condition=Q(place="location", location__isnull=False)
                | (~Q(place="location") & Q(location__isnull=True)),
                name="key_elsewhere_says_where",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class HandOver(models.Model):
    """A key going from one place to another. It is there once both sides have said so; a place
    that is no person says it by whoever puts the key there."""

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="hand_overs")
    from_text = models.CharField(max_length=300)
    to_text = models.CharField(max_length=300)
    to_place = models.CharField(max_length=10, choices=KeyPlace.choices)
    to_sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    to_location = models.ForeignKey(
        KeyLocation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(confirmed_at=None, refused_at=None),
                name="hand_over_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.from_text} → {self.to_text}"
