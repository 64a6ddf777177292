"""Pairs of clients who may be one, and what was merged, so that it can be taken back."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: User) -> Self:
        """For the office alone: nobody else learns that somebody is a client."""
        return self if user.is_active and user.is_office else self.none()

    def open(self) -> Self:
        """Those of whom nobody has said that they are not the same."""
        return self.filter(apart_at=None)


class Pair(models.Model):
    """Two clients who are alike. ``one`` is the older. An answer stays for good: the next search
    through the book leaves it alone."""

    one = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(help_text="Keys of Reason, strongest first.")
    rank = models.PositiveSmallIntegerField(help_text="Of the strongest reason; 0 is first.")
    found_at = models.DateTimeField(default=timezone.now)
    apart_at = models.DateTimeField(null=True, blank=True)
    apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]
        indexes = [
            models.Index(fields=["rank", "id"], name="pair_open", condition=Q(apart_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pair_older_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"


class BookSearchQuerySet(models.QuerySet["BookSearch"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_active and user.is_office else self.none()

    def waiting(self) -> Self:
        return self.filter(done_at=None)

    def newest_done(self) -> "BookSearch | None":
        return self.exclude(done_at=None).order_by("-pk").first()


class BookSearch(models.Model):
    """One search through the whole book, asked for by somebody or begun by itself at night."""

    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    clients = models.PositiveIntegerField(default=0)

    objects = BookSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "book searches"

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: User) -> Self:
        """The office, as it sees every client."""
        return self if user.is_active and user.is_office else self.none()

    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """A client, or a pet of a client, that went into another one, with all it takes to bring it
    back. Secrets in it stay sealed as they were."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="merges")
    pet = models.ForeignKey(
        Pet,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="merges",
        help_text="The one that stayed; empty: two clients were merged.",
    )
    gone_id = models.PositiveBigIntegerField(help_text="The number of the one that went.")
    gone_name = models.CharField(max_length=1001)
    gone = models.JSONField(help_text="Its row: column → value.")
    taken = models.JSONField(
        default=dict, help_text="Field → before and after, of the one that stayed."
    )
    moved = models.JSONField(default=dict, help_text="Relation → numbers of the rows that moved.")
    left = models.JSONField(
        default=dict,
        help_text="Table → rows that had no place beside those of the one that stayed.",
    )
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at", "-pk"]
        indexes = [models.Index(fields=["merged_at", "id"], name="merge_by_time")]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept}"

    def get_absolute_url(self) -> str:
        return reverse("merge_detail", args=[self.pk])

    @property
    def kept(self) -> Any:
        """The client or pet that stayed."""
        return self.pet or self.client


class MergedChange(models.Model):
    """One field of one save of the record that went: its history, still to be read."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    row = models.JSONField(help_text="The change as it was: column → value.")

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.key}: {self.old_text} → {self.new_text}"
