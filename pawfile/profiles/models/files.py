"""Files on clients and pets: PDFs and pictures, each with a title and who may see it."""

import unicodedata
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models.client import Client
from pawfile.profiles.models.pet import Pet
from pawfile.profiles.models.photo import PhotoState, fresh_name

#: So long a removed or replaced file can be brought back by administrators.
KEPT = timedelta(days=30)


class Sight(models.TextChoices):
    """Who may see a file, besides the row gate of its client or pet."""

    OFFICE = "office", _("Office")
    STAFF = "staff", _("Office and sitters")
    EVERYBODY = "everybody", _("Office, sitters and the client")


class FileKind(models.TextChoices):
    PDF = "pdf", _("PDF")
    PICTURE = "picture", _("Picture")


class ProfileFileQuerySet(models.QuerySet["ProfileFile"]):
    def visible_to(self, user: User) -> Self:
        """The row gate: files of visible clients and pets, as far as their sight reaches.

        Removed ones are for administrators alone. Nobody but the office reads what is for staff
        about the own home, also not who works here.
        """
        if not user.is_active:
            return self.none()
        if user.is_administrator:
            return self
        shown = self.current().filter(Q(pet=None) | Q(pet__active=True))
        if user.is_office:
            return shown
        shown = shown.filter(client__in=Client.objects.visible_to(user).order_by())
        if user.is_sitter:
            own = Q(client__in=Client.objects.homes_of(user).order_by(), sight=Sight.STAFF)
            return shown.exclude(sight=Sight.OFFICE).exclude(own)
        return shown.filter(sight=Sight.EVERYBODY)

    def current(self) -> Self:
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        """Those that can still be brought back, the last removed first."""
        return self.exclude(removed_at=None).order_by("-removed_at", "-pk")

    def overdue(self, now: datetime) -> Self:
        """Removed so long ago that nobody can bring them back."""
        return self.filter(removed_at__lt=now - KEPT)


class ProfileFile(models.Model):
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="files", db_index=False
    )
    pet = models.ForeignKey(
        Pet,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="files",
        help_text="Whose it is, if it is not about the home.",
    )
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    sight = models.CharField(max_length=10, choices=Sight.choices, default=Sight.STAFF)
    name = models.CharField(max_length=32, default=fresh_name, unique=True, editable=False)
    file_name = models.CharField(max_length=255, help_text="As it was uploaded.")
    size = models.PositiveBigIntegerField(help_text="In bytes, as it was uploaded.")
    sha256 = models.CharField(max_length=64, help_text="Of what was uploaded.")
    state = models.CharField(max_length=10, choices=PhotoState.choices, default=PhotoState.WAITING)
    problem = models.CharField(
        max_length=500, blank=True, help_text="Why it cannot be shown, or what opening it needs."
    )
    is_from_client = models.BooleanField(
        default=False, help_text="Uploaded at home: then the home changes and removes it too."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ProfileFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "removed_at", "uploaded_at"], name="file_by_client"),
            models.Index(fields=["removed_at"], name="file_by_removal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PhotoState.values)
                & Q(kind__in=FileKind.values)
                & Q(sight__in=Sight.values),
                name="file_words_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="file_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pdf(self) -> bool:
        return self.kind == FileKind.PDF

    @property
    def can_open(self) -> bool:
        """A PDF at once, as it came; a picture when the worker has made its own of it."""
        return self.is_pdf or self.state == PhotoState.READY

    @property
    def is_waiting(self) -> bool:
        return self.state == PhotoState.WAITING

    @property
    def download_name(self) -> str:
        """The title as a name on a disk: no folders, nothing that turns or hides its ending."""
        signs = (sign for sign in self.title if unicodedata.category(sign)[0] != "C")
        stem = "".join("-" if sign in '/\\:*?"<>|' else sign for sign in signs).strip(". ")[:120]
        return f"{stem or self.kind}.{'pdf' if self.is_pdf else 'jpg'}"

    def path(self, part: str) -> str:
        """Where a file lies in the storage: ``original``; of a picture ``large`` and ``small``
        when the worker has made them, and the original no longer."""
        ending = "upload" if part == "original" else "jpg"
        return f"files/{self.name[:2]}/{self.name}-{part}.{ending}"

    @property
    def paths(self) -> list[str]:
        return [self.path(part) for part in ("original", "large", "small")]
