"""How far a client has come in the guided start."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client


class Step(models.TextChoices):
    """In the order they are taken."""

    DETAILS = "details", _("Your details")
    HOME = "home", _("Your home")
    PETS = "pets", _("Your pets")
    REQUIRED = "required", _("Still required")
    DONE = "done", _("All done")

    @property
    def next(self) -> "Step":
        steps = list(Step)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]


class GuidedStartQuerySet(models.QuerySet["GuidedStart"]):
    def visible_to(self, user: User) -> Self:
        """A client sees the own homes'."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def unfinished(self) -> Self:
        return self.exclude(step=Step.DONE)


class GuidedStart(models.Model):
    """One a home: whoever of the household goes on, goes on where the last one stopped."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="guided_start")
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.DETAILS)

    objects = GuidedStartQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client}: {self.step}"
