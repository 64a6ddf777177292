"""Text that looks like a code, and what was decided about it; never the text."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Series, SitterNote, Visit, VisitStatus

#: Whose text it is, if it is not the client's own profile.
OWNERS: dict[str, type[models.Model]] = {
    "pet": Pet,
    "visit": Visit,
    "series": Series,
    "sitter_note": SitterNote,
}
IN_PROFILES = Q(visit=None, series=None, sitter_note=None)
IN_CLIENT = IN_PROFILES & Q(pet=None)


class FindState(models.TextChoices):
    OPEN = "open", _("Open")
    MOVED = "moved", _("Moved into the vault")
    DISMISSED = "dismissed", _("No code")
    GONE = "gone", _("Not there any more")


class FindQuerySet(models.QuerySet["Find"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all; others those in what they wrote, or may change, of clients in sight.

        Which fields these are says the policy: see ``open_finds``.
        """
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        homes = Client.objects.visible_to(user).order_by().values("pk")
        own = IN_PROFILES | Q(sitter_note__written_by=user)
        if user.is_client:
            own |= Q(visit__isnull=False, key="wish")
            own |= Q(visit__status=VisitStatus.REQUESTED, key="note")
        else:
            own |= Q(visit__journal__changed_by=user, key="journal")
        return self.filter(own, client__in=homes)

    def of(self, record: models.Model) -> Self:
        """Those in the texts of a client, a pet, a visit, a series or a sitter's note."""
        if isinstance(record, Client):
            return self.filter(IN_CLIENT, client=record)
        return self.filter(**{owner_column(record): record})

    def in_visits(self) -> Self:
        """Those in what was written about visits."""
        return self.exclude(IN_PROFILES)

    def in_visits_like(self, find: "Find") -> Self:
        """The same code wherever it stands about the visits of the client."""
        return self.in_visits().filter(client=find.client_id, digest=find.digest)

    def once(self) -> Self:
        """Of the same code in many texts about a client's visits the first: they go together."""
        older = Find.objects.in_visits().filter(
            client=OuterRef("client"),
            digest=OuterRef("digest"),
            state=OuterRef("state"),
            pk__lt=OuterRef("pk"),
        )
        return self.filter(IN_PROFILES | ~Exists(older))


def once(column: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[column, "key", "digest"],
        condition=Q(**{f"{column}__isnull": False}),
        name=f"find_once_per_{column}_field",
    )


def at_most_one(columns: Iterable[str]) -> Q:
    columns = list(columns)
    allowed = Q(**{f"{column}__isnull": True for column in columns})
    for one in columns:
        allowed |= Q(**{f"{column}__isnull": column != one for column in columns})
    return allowed


class Find(models.Model):
    """A code in a text of ``pet``, ``visit``, ``series`` or ``sitter_note``; if there is none of
    these, of the client."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="finds")
    pet = models.ForeignKey(
        Pet, null=True, blank=True, on_delete=models.CASCADE, related_name="finds"
    )
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.CASCADE, related_name="finds"
    )
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.CASCADE, related_name="finds"
    )
    sitter_note = models.ForeignKey(
        SitterNote, null=True, blank=True, on_delete=models.CASCADE, related_name="finds"
    )
    key = models.CharField(max_length=100, help_text="The field in whose text it is.")
    digest = models.CharField(
        max_length=64,
        help_text="HMAC of the suspicious words with the secret key: known again, not read.",
    )
    pointer = models.CharField(
        max_length=300, blank=True, help_text="What stands in the place of a code that was moved."
    )
    state = models.CharField(max_length=10, choices=FindState.choices, default=FindState.OPEN)
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FindQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "pk"]
        indexes = [models.Index(fields=["state", "found_at", "id"], name="find_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key", "digest"],
                condition=IN_CLIENT,
                name="find_once_per_client_field",
            ),
            *(once(column) for column in OWNERS),
            models.CheckConstraint(condition=at_most_one(OWNERS), name="find_in_one_text"),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.key}"

    @property
    def record(self) -> Any:
        """Whose text it is."""
        return self.pet or self.visit or self.series or self.sitter_note or self.client

    @property
    def is_in_visits(self) -> bool:
        return not isinstance(self.record, Client | Pet)


def owner_column(record: models.Model) -> str:
    return next(column for column, model in OWNERS.items() if isinstance(record, model))


def new_find(record: Any, *, key: str, digest: str) -> Find:
    if isinstance(record, Client):
        return Find(client=record, key=key, digest=digest)
    return Find(client=record.client, key=key, digest=digest, **{owner_column(record): record})
