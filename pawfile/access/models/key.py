"""Physical keys: where each is since when, and every hand it went through."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.columns import FoldedField
from pawfile.lib.text import fold
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit


class KeyPlace(models.TextChoices):
    OFFICE = "office", _("Office")
    SITTER = "sitter", _("With a sitter")
    CLIENT = "client", _("With the client")
    LOCATION = "location", _("Another place")
    LOST = "lost", _("Lost")


def fold_code(code: str) -> str:
    """Codes that read alike are one code: accents, capitals and blanks do not count (rule 75)."""
    return "".join(fold(code).split())


def new_token() -> str:
    """The secret in a label's address, of 128 bits: it names the key to nobody else."""
    return secrets.token_urlsafe(16)


class KeyLocationQuerySet(models.QuerySet["KeyLocation"]):
    def visible_to(self, user: User) -> Self:
        """Where keys hang is for staff only."""
        return self.none() if user.is_client or not user.is_active else self


class KeyLocation(models.Model):
    """A place of the company's own: "Lockbox north", "Safe"."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = KeyLocationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key is or is to go."""

    place: str
    sitter: User | None = None
    location: KeyLocation | None = None

    def __str__(self) -> str:
        if self.sitter:
            return str(self.sitter)
        return self.location.name if self.location else str(KeyPlace(self.place).label)


class KeyQuerySet(models.QuerySet["Key"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all keys; a sitter those he or she holds or is to be given, and those of
        own clients; a client those of the own homes."""
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        if user.is_client:
            return self.filter(client__in=Client.objects.homes_of(user))
        own = Client.objects.visible_to(user).order_by().values("pk")
        coming = HandOver.objects.open().filter(to_sitter=user).order_by().values("key")
        coming = coming.exclude(key__client__blocked_sitters=user)
        return self.filter(Q(sitter=user) | Q(client__in=own) | Q(pk__in=coming))

    def held_by(self, user: User) -> Self:
        return self.filter(sitter=user)

    def overdue(self, today: date) -> Self:
        """Should have come back before this day."""
        return self.filter(due_on__lt=today)


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
    token = models.CharField(
        max_length=40,
        unique=True,
        default=new_token,
        editable=False,
        help_text="In the address on the label.",
    )
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_code = fold_code(self.code)[:200]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("key_detail", args=[self.pk])

    @property
    def spot(self) -> Spot:
        return Spot(self.place, self.sitter, self.location)

    def is_overdue_on(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(key__in=Key.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> Self:
        """Begun, and neither confirmed nor refused."""
        return self.filter(confirmed_at=None, refused_at=None)

    def waiting_for(self, user: User) -> Self:
        """Open ones of which this person is the other side."""
        waiting = self.open()
        if user.is_office:
            to_office = Q(to_place=KeyPlace.OFFICE) | Q(to_place=KeyPlace.CLIENT)
            asked = Q(to_place=KeyPlace.SITTER, begun_by=models.F("to_sitter"))
            return waiting.filter(to_office | asked)
        if user.is_sitter:
            given = Q(to_sitter=user) & ~Q(begun_by=user)
            return waiting.filter(given | Q(to_place=KeyPlace.CLIENT, begun_by=user))
        return waiting.filter(to_place=KeyPlace.CLIENT)


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
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

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

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.refused_at is None

    @property
    def is_asked_for(self) -> bool:
        """A sitter asks for the key; the office gives it."""
        return self.to_place == KeyPlace.SITTER and self.to_sitter_id == self.begun_by_id

    @property
    def spot(self) -> Spot:
        return Spot(self.to_place, self.to_sitter, self.to_location)

    def can_be_confirmed_by(self, user: User) -> bool:
        """The other side says that the key is there; for a client also who hands it over."""
        if self.to_place == KeyPlace.SITTER:
            return user.is_office if self.is_asked_for else self.to_sitter_id == user.pk
        if self.to_place == KeyPlace.CLIENT:
            return user.is_office or user.is_client or self.begun_by_id == user.pk
        return user.is_office

    def can_be_ended_by(self, user: User) -> bool:
        """The other side refuses, whoever began takes back, and the office may."""
        return user.is_office or self.begun_by_id == user.pk or self.can_be_confirmed_by(user)


class KeyNotice(models.Model):
    """The office was told that the sitter of this visit holds no key: once a visit."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="key_notice")
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return str(self.visit)
