"""Work for later: one row per job, leased by a worker, tried again when the worker dies."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> Self:
        """Jobs that a worker may take: waiting and due, or leased by a worker that died."""
        now = timezone.now()
        return self.filter(
            Q(state=JobState.WAITING, run_at__lte=now)
            | Q(state=JobState.RUNNING, leased_until_at__lt=now)
        ).order_by("run_at", "pk")


class Job(models.Model):
    task = models.CharField(max_length=200, help_text="Dotted path of the task's function.")
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_at = models.DateTimeField(default=timezone.now)
    leased_until_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "run_at"], name="job_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(leased_until_at__isnull=False),
                name="job_running_is_leased",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"


class PeriodicWork(models.Model):
    """When work that comes again is due next: one row for all workers."""

    name = models.CharField(max_length=100, unique=True)
    next_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class DailyWork(models.Model):
    """How far work of once a day has come: one row for all workers."""

    name = models.CharField(max_length=100, unique=True)
    begun_on = models.DateField(help_text="The company's day that it was begun for last.")
    reached = models.PositiveBigIntegerField(
        default=0, help_text="The number of that day's last piece that is done."
    )
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.begun_on}"
