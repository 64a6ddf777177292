"""Lists that profiles point at: vets and territories."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.zips import first_five


class VetQuerySet(models.QuerySet["Vet"]):
    def visible_to(self, user: User) -> Self:
        """Vets are no secret among staff; clients see theirs on their profile."""
        return self.none() if user.is_client else self

    def matching(self, query: str) -> Self:
        """By part of name, clinic or phone."""
        asked = query.replace("\0", "").strip()[:200]
        if not asked:
            return self
        return self.filter(
            Q(name__icontains=asked) | Q(clinic__icontains=asked) | Q(phone__icontains=asked)
        )


class Vet(models.Model):
    name = models.CharField(_("name"), max_length=200)
    clinic = models.CharField(_("clinic"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    emergency_hours = models.CharField(_("emergency hours"), max_length=500, blank=True)

    objects = VetQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="vet_by_name")]

    def __str__(self) -> str:
        return vet_text(self.name, self.clinic)


def vet_text(name: str, clinic: str) -> str:
    return f"{name}, {clinic}" if clinic else name


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def visible_to(self, user: User) -> Self:
        """Territories are the office's."""
        return self if user.is_office else self.none()


class Territory(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    colour = models.CharField(_("colour"), max_length=7, default="#b45309")

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("territories")

    def __str__(self) -> str:
        return self.name

    def zip_codes(self) -> list[str]:
        return sorted(each.zip_code for each in self.zips.all())


class TerritoryZip(models.Model):
    """A zip code of a territory. The constraint: no zip is in two."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="zips")
    zip_code = models.CharField(_("zip code"), max_length=20, unique=True)

    def __str__(self) -> str:
        return self.zip_code


def territory_of_zip(zip_code: str) -> Territory | None:
    """The territory whose list has this zip; of ZIP+4 the first five count."""
    return Territory.objects.filter(zips__zip_code=first_five(zip_code)).first()
