"""What was done at a visit, for the client to read; and what staff tell each other of a client."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.prepared import Slot
from pawfile.profiles.models import Client, Photo
from pawfile.schedule.models.visit import Visit


class Done(models.TextChoices):
    """What a sitter ticks, in the order in which it is asked and read."""

    FED = "fed", _("Fed")
    WATER = "water", _("Fresh water")
    TREATS = "treats", _("Treats")
    WALK = "walk", _("Walk")
    PLAYED = "played", _("Played")
    CUDDLES = "cuddles", _("Cuddles")
    MEDICATION = "medication", _("Medication given")
    PEE = "pee", _("Pee")
    POO = "poo", _("Poo")
    LITTER = "litter", _("Litter")
    CLEANED = "cleaned", _("Cleaned up")
    MAIL = "mail", _("Mail in")
    PLANTS = "plants", _("Plants watered")
    TRASH = "trash", _("Trash out")
    LIGHTS = "lights", _("Lights and blinds")
    LOCKED = "locked", _("Locked up")


class JournalQuerySet(models.QuerySet["Journal"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all; a sitter those of the clients in sight, a client those at home."""
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        return self.filter(visit__client__in=Client.objects.visible_to(user).order_by())

    def for_reader(self, user: User | Slot) -> Self:
        """With ``is_new``: this login has not opened it since it was last changed."""
        read = JournalReading.objects.filter(
            journal=OuterRef("pk"), reader=user, read_at__gte=OuterRef("changed_at")
        )
        return self.annotate(is_new=~Exists(read))


class Journal(models.Model):
    """The sitter's account of a visit. Whoever may see it is told so by ``visible_to``."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="journal")
    done = models.JSONField(default=list, help_text="Values of Done.")
    notes = models.TextField(blank=True, help_text="For the client.")
    photos = models.ManyToManyField(Photo, blank=True, related_name="journals")
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves.")
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mailed_at = models.DateTimeField(null=True, help_text="When the client was last sent a link.")

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["written_at", "id"], name="journal_by_time")]

    def __str__(self) -> str:
        return str(self.visit)

    def get_absolute_url(self) -> str:
        return reverse("journal_detail", args=[self.pk])

    @property
    def done_labels(self) -> list[Any]:
        return [label for value, label in Done.choices if value in self.done]


class JournalReading(models.Model):
    """When a client's login last opened a journal."""

    journal = models.ForeignKey(
        Journal, on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journal", "reader"], name="journal_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.journal}: {self.reader}"


#: How long a note stands in the boxes of others, and with the journals in the profile.
IN_BOX = timedelta(days=7)
IN_PROFILE = timedelta(days=14)


class SitterNoteQuerySet(models.QuerySet["SitterNote"]):
    def visible_to(self, user: User) -> Self:
        """Staff only: the office sees all, a sitter those about the clients in sight.

        Nobody but the office reads a note about the own home, also not who works here.
        """
        if not user.is_active or user.is_client:
            return self.none()
        if user.is_office:
            return self
        homes = Client.objects.homes_of(user).order_by()
        shown = Q(client__in=Client.objects.visible_to(user).order_by())
        return self.filter(shown & ~Q(client__in=homes))

    def lately(self, span: timedelta, now: datetime | None = None) -> Self:
        return self.filter(written_at__gte=(now or timezone.now()) - span)


class SitterNote(models.Model):
    """What one of the staff tells the others about a client. Clients never see it."""

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="notes_of_sitters", db_index=False
    )
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SitterNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["client", "written_at", "id"], name="note_by_client")]

    def __str__(self) -> str:
        return f"{self.client}: {self.text[:40]}"
