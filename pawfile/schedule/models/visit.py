"""Visits: who comes to whom, when, for what, and what became of it."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.prepared import Slot
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models.series import Series
from pawfile.schedule.models.service import Service, TimeBlock, money


class VisitStatus(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    UNAVAILABLE = "unavailable", _("Unavailable")
    ASSIGNED = "assigned", _("Assigned")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CONFIRMED = "confirmed", _("Confirmed")
    IN_PROGRESS = "in_progress", _("In Progress")
    COMPLETED = "completed", _("Completed")
    CANCELED = "canceled", _("Canceled")


S = VisitStatus

#: What is said instead of "Assigned" as long as nobody has the visit.
OPEN, OFFERED = "open", "offered"
WORDS: dict[str, Any] = {OPEN: _("To assign"), OFFERED: _("Offered")} | dict(S.choices)


def word_of(status: str, *, has_sitter: bool, is_for_anyone: bool) -> str:
    """The status, a key of ``WORDS``; of a visit that waits for a sitter, rather that."""
    if not has_sitter and status == S.ASSIGNED:
        return OFFERED if is_for_anyone else OPEN
    return status


#: Status → what it can become. Nothing else changes a status; a new sitter makes it Assigned again.
MOVES: dict[VisitStatus, frozenset[VisitStatus]] = {
    S.REQUESTED: frozenset({S.ASSIGNED, S.ACCEPTED, S.UNAVAILABLE, S.CANCELED}),
    S.UNAVAILABLE: frozenset({S.ASSIGNED, S.ACCEPTED, S.CANCELED}),
    S.ASSIGNED: frozenset({S.ASSIGNED, S.ACCEPTED, S.DECLINED, S.UNAVAILABLE, S.CANCELED}),
    S.ACCEPTED: frozenset(
        {S.ASSIGNED, S.ACCEPTED, S.DECLINED, S.CONFIRMED, S.IN_PROGRESS, S.COMPLETED, S.CANCELED}
    ),
    S.DECLINED: frozenset({S.ASSIGNED, S.ACCEPTED, S.UNAVAILABLE, S.CANCELED}),
    S.CONFIRMED: frozenset(
        {S.ASSIGNED, S.ACCEPTED, S.DECLINED, S.IN_PROGRESS, S.COMPLETED, S.CANCELED}
    ),
    S.IN_PROGRESS: frozenset({S.COMPLETED, S.CONFIRMED}),
    S.COMPLETED: frozenset({S.IN_PROGRESS}),
    S.CANCELED: frozenset({S.ASSIGNED, S.ACCEPTED}),
}
#: The sitter holds the visit and has not said no.
HELD = (S.ASSIGNED, S.ACCEPTED, S.CONFIRMED, S.IN_PROGRESS, S.COMPLETED)
#: The sitter is to come; this can still be taken off.
PENDING = (S.ASSIGNED, S.ACCEPTED, S.CONFIRMED)
#: It will not take place, or not yet for sure.
OFF = (S.CANCELED, S.UNAVAILABLE)


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all; a sitter the own ones and open offers; a client those at home.

        A sitter whom the client blocks sees none of that client's, past ones or not.
        """
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        if user.is_client:
            return self.filter(client__in=user.home_ids)
        mine = Q(sitter=user, status__in=HELD) | Q(is_for_anyone=True, status=S.ASSIGNED)
        return self.filter(mine).exclude(client__blocked_sitters=user)

    def held_ahead(self, now: datetime | None = None) -> Self:
        """Those not over yet to which somebody is to come."""
        ahead = self.filter(status__in=PENDING, ends_at__gte=now or timezone.now())
        return ahead.filter(sitter__isnull=False).order_by("starts_at", "pk")

    def taking_place(self) -> Self:
        return self.exclude(status__in=OFF)

    def upcoming(self, now: datetime | Slot | None = None) -> Self:
        """Not over yet, the next one first."""
        ahead = self.taking_place().filter(ends_at__gte=now or timezone.now())
        return ahead.order_by("starts_at", "pk")


class Visit(models.Model):
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    pets = models.ManyToManyField(Pet, blank=True, related_name="visits")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="visits")
    visit_on = models.DateField(help_text="The day in the company's time zone.")
    block = models.ForeignKey(
        TimeBlock, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    exact_time = models.TimeField(null=True, blank=True)
    starts_at = models.DateTimeField(help_text="Worked out from day, block and exact time.")
    ends_at = models.DateTimeField(help_text="The end of the block, or of the expected length.")
    sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
        db_index=False,
    )
    is_for_anyone = models.BooleanField(
        default=False, help_text="Offered to every eligible sitter until one accepts."
    )
    is_offer_taken = models.BooleanField(
        default=False, help_text="Was offered to every eligible sitter, and one accepted."
    )
    status = models.CharField(
        max_length=12, choices=VisitStatus.choices, default=VisitStatus.ASSIGNED
    )
    is_training = models.BooleanField(default=False)
    price = money()
    note = models.TextField(blank=True, help_text="For the sitter.")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits"
    )
    series_on = models.DateField(
        null=True, blank=True, help_text="The day of the series' rule it was made for."
    )
    cancel_reason = models.TextField(blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["visit_on", "starts_at", "id"], name="visit_by_day"),
            models.Index(fields=["sitter", "starts_at", "id"], name="visit_by_sitter"),
            models.Index(fields=["client", "starts_at", "id"], name="visit_by_client"),
            models.Index(fields=["status", "starts_at", "id"], name="visit_by_status"),
            # Which clients a sitter works for, and what waits for anyone: asked for every page.
            models.Index(fields=["sitter", "status", "client"], name="visit_of_sitter_at"),
            models.Index(
                fields=["client"],
                condition=Q(is_for_anyone=True, status="assigned"),
                name="visit_for_anyone",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "series_on"], name="visit_of_series_once"),
            models.CheckConstraint(
                condition=Q(status__in=VisitStatus.values), name="visit_status_known"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="visit_price_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(is_for_anyone=False) | Q(sitter__isnull=True),
                name="visit_for_anyone_is_nobodys_yet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.service}, {self.visit_on}"

    def get_absolute_url(self) -> str:
        return reverse("visit_detail", args=[self.pk])

    @property
    def word(self) -> str:
        """What staff read instead of the status: a key of ``WORDS``."""
        return word_of(
            self.status, has_sitter=self.sitter_id is not None, is_for_anyone=self.is_for_anyone
        )

    @property
    def said(self) -> str:
        return str(WORDS[self.word])

    def can_become(self, status: VisitStatus) -> bool:
        return status in MOVES[VisitStatus(self.status)]


class VisitEvent(models.Model):
    """What was done to a visit after it was made, one row a save, in words for the office."""

    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    version = models.PositiveIntegerField(help_text="The visit's version that this save made.")
    text = models.TextField()
    done_at = models.DateTimeField(default=timezone.now, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-version", "-pk"]
        indexes = [models.Index(fields=["visit", "version"], name="visit_event_by_save")]

    def __str__(self) -> str:
        return self.text


class TimeOffQuerySet(models.QuerySet["TimeOff"]):
    def visible_to(self, user: User) -> Self:
        """The office sees when anybody is off, a sitter the own days."""
        if not user.is_active:
            return self.none()
        return self if user.is_office else self.filter(sitter=user)


class TimeOff(models.Model):
    """Days on which a sitter does not want to work: assigning then warns."""

    sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="times_off"
    )
    first_on = models.DateField()
    last_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    objects = TimeOffQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "pk"]
        verbose_name_plural = _("times off")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="time_off_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitter}: {self.first_on} – {self.last_on}"


class Ask(models.TextChoices):
    CHANGE = "change", _("Change")
    CANCEL = "cancel", _("Cancel")


class Answer(models.TextChoices):
    OPEN = "open", _("Waiting for the office")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all; everybody else those about visits they see."""
        if user.is_active and user.is_office:
            return self
        return self.filter(visit__in=Visit.objects.visible_to(user))


class ChangeRequest(models.Model):
    """What a client wants otherwise with a visit that is no request any more."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="change_requests")
    ask = models.CharField(max_length=10, choices=Ask.choices)
    wanted = models.JSONField(
        default=dict, help_text="Column of the visit → wanted value, as text; with Ask.CHANGE."
    )
    words = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    reply = models.TextField(blank=True, help_text="The office's words to the client.")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["answer", "asked_at"], name="change_request_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(answer="open"), name="change_request_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.ask}"
