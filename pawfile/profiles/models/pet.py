"""Pets: the animals of a client."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pawfile.accounts.models import User
from pawfile.history.models import FieldChange, Seen, TrackedRows
from pawfile.lib.columns import FoldedField
from pawfile.lib.dates import PartialDate, age_text
from pawfile.lib.text import fold
from pawfile.profiles.fields import PET
from pawfile.profiles.models.client import Client
from pawfile.profiles.models.photo import Photo
from pawfile.profiles.models.profile import SORTED_BY, Profile, line, paragraph, yes_no
from pawfile.resources.models import Vet


class PetQuerySet(TrackedRows, models.QuerySet["Pet"]):
    def visible_to(self, user: User) -> Self:
        """The row gate: pets of visible clients; inactive ones are for administrators alone."""
        if user.is_administrator:
            return self
        shown = self.filter(active=True)
        if user.is_active and user.is_office:
            return shown
        return shown.filter(client__in=Client.objects.visible_to(user))

    def with_links(self) -> Self:
        return self.select_related("client", "pet_vet", "photo")

    def listed(self) -> Self:
        """Only what a list of names shows of them."""
        return self.only("name", "animal", "active", "client_id", "sort_name")


class Pet(Profile):
    subject = PET

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="pets")
    name = line()
    animal = models.CharField(max_length=100)
    breed = line()
    sex = models.CharField(max_length=10, blank=True)
    spayed_neutered = yes_no()
    born_year = models.PositiveSmallIntegerField(null=True, blank=True)
    born_month = models.PositiveSmallIntegerField(null=True, blank=True)
    born_day = models.PositiveSmallIntegerField(null=True, blank=True)
    color_markings = line()
    weight = line()
    microchip = line()
    photo = models.ForeignKey(
        Photo, null=True, blank=True, on_delete=models.SET_NULL, related_name="pets"
    )

    behavior_warnings = paragraph()
    allergies = paragraph()
    medication = paragraph()
    medical_conditions = paragraph()
    feeding = paragraph()
    feeding_location = line()
    walking = paragraph()
    leash_location = line()
    litter_box = paragraph()
    stays = line()
    hiding_places = paragraph()
    personality = paragraph()
    commands = paragraph()

    pet_vet = models.ForeignKey(
        Vet, null=True, blank=True, on_delete=models.PROTECT, related_name="pets"
    )
    insurance = line()
    active = models.BooleanField(default=True)
    office_notes = paragraph()

    sort_name = FoldedField(max_length=500, editable=False)

    objects = PetQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="pet_by_name"),
            models.Index(fields=["active", "animal", "sort_name", "id"], name="pet_by_animal"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(animal=""), name="pet_has_name"),
            models.CheckConstraint(
                condition=Q(born_month__isnull=True)
                | Q(born_year__isnull=False, born_month__gte=1, born_month__lte=12),
                name="pet_born_month_needs_year",
            ),
            models.CheckConstraint(
                condition=Q(born_day__isnull=True)
                | Q(born_month__isnull=False, born_day__gte=1, born_day__lte=31),
                name="pet_born_day_needs_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pet_detail", args=[self.pk])

    @property
    def born(self) -> PartialDate:
        return self.partial_date("born")

    @born.setter
    def born(self, value: PartialDate) -> None:
        self.born_year, self.born_month, self.born_day = value.year, value.month, value.day

    def age_on(self, day: date) -> str:
        """ "5 years", "about 5 years", "7 months"; empty if nothing is known."""
        return age_text(self.born, day)

    def set_sort_name(self) -> None:
        self.sort_name = fold(self.name.strip())[:SORTED_BY]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_sort_name()
        super().save(*args, **kwargs)


class PetChange(FieldChange):
    """A pet that moved to another owner: what was at the old home is no business of the new."""

    begins_anew_with = "client"

    record = models.ForeignKey(
        Pet, on_delete=models.CASCADE, related_name="changes", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["record", "key", "changed_at", "changed_by", "id"],
                name="pet_change_by_field",
            ),
            models.Index(fields=["record", "version"], name="pet_change_by_save"),
            models.Index(fields=["record", "changed_at", "id"], name="pet_change_by_time"),
            models.Index(
                fields=["id"],
                name="pet_change_to_tick",
                condition=Q(is_by_client=True, ticked_at=None),
            ),
            models.Index(
                fields=["changed_at", "id"],
                name="pet_change_by_client",
                condition=Q(is_by_client=True),
            ),
        ]


class PetSeen(Seen):
    record = models.ForeignKey(Pet, on_delete=models.CASCADE, related_name="seen", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "reader", "key"], name="pet_seen_once")
        ]


Pet.change_model = PetChange
PetChange.seen_model = PetSeen
