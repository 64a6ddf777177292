"""Vaccinations of pets: what was given, until when it holds, and the file that proves it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from pawfile.accounts.models import User
from pawfile.profiles.models.files import ProfileFile
from pawfile.profiles.models.pet import Pet


class VaccinationQuerySet(models.QuerySet["Vaccination"]):
    def visible_to(self, user: User) -> Self:
        """The row gate: whoever sees the pet sees what it was vaccinated against."""
        if user.is_administrator:
            return self
        return self.filter(pet__in=Pet.objects.visible_to(user).order_by())


class Vaccination(models.Model):
    pet = models.ForeignKey(Pet, on_delete=models.CASCADE, related_name="vaccinations")
    name = models.CharField(max_length=100)
    given_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(
        null=True, blank=True, help_text="The last day on which it holds; empty: not known."
    )
    proof = models.ForeignKey(
        ProfileFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="proves"
    )

    objects = VaccinationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-expires_on", "-given_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="vaccination_has_name"),
            models.CheckConstraint(
                condition=Q(given_on__isnull=False) | Q(expires_on__isnull=False),
                name="vaccination_has_day",
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gt=F("given_on")),
                name="vaccination_expires_after_given",
            ),
        ]

    def __str__(self) -> str:
        return self.name
