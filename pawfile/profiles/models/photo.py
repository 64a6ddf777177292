"""Photos of pets: kept per client, so that one upload can serve again."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.profiles.models.client import Client


class PhotoState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> Self:
        """Photos of clients this person may see, but not those only inactive pets have."""
        from pawfile.profiles.models.pet import Pet

        if user.is_administrator:
            return self
        shown = self if user.is_office else self.filter(client__in=Client.objects.visible_to(user))
        pets = Pet.objects.filter(photo=OuterRef("pk"))
        return shown.filter(Exists(pets.filter(active=True)) | ~Exists(pets))

    def of_pets(self) -> Self:
        """Photos uploaded as a pet's own; those of the company's fields answer to these alone."""
        return self.filter(field=PET_PHOTO)

    def ready(self) -> Self:
        return self.filter(state=PhotoState.READY)


#: The field whose photos can be selected for any pet of the client.
PET_PHOTO = "pet.photo"


def fresh_name() -> str:
    return uuid4().hex


class Photo(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="photos")
    field = models.CharField(
        max_length=70, default=PET_PHOTO, help_text="What it was uploaded for: subject and key."
    )
    name = models.CharField(max_length=32, default=fresh_name, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=PhotoState.choices, default=PhotoState.WAITING)
    problem = models.CharField(max_length=500, blank=True, help_text="Why it could not be read.")
    file_name = models.CharField(max_length=255, blank=True, help_text="As it was uploaded.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PhotoState.values), name="photo_state_known"
            )
        ]

    def __str__(self) -> str:
        return _("photo of {day}").format(day=date_format(self.uploaded_at, "j M Y"))

    def path(self, size: str) -> str:
        """Where a file lies in the storage: ``original`` until it is read, ``large``, ``small``."""
        ending = "upload" if size == "original" else "jpg"
        return f"photos/{self.name[:2]}/{self.name}-{size}.{ending}"
