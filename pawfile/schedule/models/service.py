"""What the company offers, and the parts of the day in which it does."""

from datetime import time
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client


def money() -> "models.DecimalField[Decimal, Decimal]":
    """A column of amounts in the company's currency, up to 99,999.99."""
    return models.DecimalField(max_digits=7, decimal_places=2, default=Decimal(0))


class TimeBlockQuerySet(models.QuerySet["TimeBlock"]):
    def visible_to(self, user: User) -> Self:
        """Parts of the day are no secret."""
        return self if user.is_active else self.none()


class TimeBlock(models.Model):
    """A part of the day, as "Morning, 7:00 to 10:00"."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    start = models.TimeField(_("start"), default=time(9))
    end = models.TimeField(_("end"), default=time(12))
    is_overnight = models.BooleanField(_("ends on the next day"), default=False)

    objects = TimeBlockQuerySet.as_manager()

    class Meta:
        ordering = ["start", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_overnight=True) | Q(end__gt=F("start")),
                name="time_block_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, user: User) -> Self:
        """Staff see every service; clients those with a name for them."""
        return self.filter(is_active=True).exclude(client_name="") if user.is_client else self

    def offered(self) -> Self:
        """What can be chosen for a new visit."""
        return self.filter(is_active=True)


class Service(models.Model):
    name = models.CharField(_("name for staff"), max_length=200, unique=True)
    client_name = models.CharField(
        _("name for clients"),
        max_length=200,
        blank=True,
        help_text=_("Empty: clients cannot request it."),
    )
    price = money()
    minutes = models.PositiveSmallIntegerField(_("expected length in minutes"), default=30)
    blocks = models.ManyToManyField(
        TimeBlock, blank=True, related_name="services", verbose_name=_("offered in")
    )
    uses_key = models.BooleanField(_("needs a key"), default=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="service_price_not_negative"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="service_minutes_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CustomPrice(models.Model):
    """What one client pays for one service from a day on. Rows are added, never changed."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="custom_prices")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="custom_prices")
    price = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: from then on the service's own price again.",
    )
    effective_on = models.DateField(
        null=True, blank=True, help_text="Empty: for every visit, however early."
    )
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["client", "service", "id"], name="custom_price_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="custom_price_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.service} {self.price}"
