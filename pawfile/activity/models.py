"""Who did what to the company's settings and people; clients and pets keep their own history."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.text import fold


class ActivityKind(models.TextChoices):
    """What an entry can be of. A new kind is a line here and nothing else: no migration."""

    OPTION = "option", _("Site option")
    FIELD = "field", _("Field")
    USER = "user", _("User")
    LOGIN = "login", _("Client login")
    INVITE = "invite", _("Invite")
    REGISTRATION = "registration", _("Registration")
    MAIL = "mail", _("Mail")
    SERVICE = "service", _("Service")
    TERRITORY = "territory", _("Territory")
    PRICE = "price", _("Custom price")
    VISIT = "visit", _("Visit")
    KEY = "key", _("Key")
    ACCESS = "access", _("Home access")
    VAULT = "vault", _("Vault")
    CLIENT = "client", _("Client")
    PET = "pet", _("Pet")
    VET = "vet", _("Vet")
    EXPORT = "export", _("Export")
    IMPORT = "import", _("Import")
    FILE = "file", _("File")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> Self:
        """Administrators see the log, all of it."""
        return self if user.is_administrator else self.none()

    def newest_of(self, kind: ActivityKind, keys: Iterable[str]) -> dict[str, "Activity"]:
        """The newest entry of each key that has one. One query, one look into the index a key."""
        newest = [
            Q(pk=Subquery(self.filter(kind=kind, key=key).order_by("-pk").values("pk")[:1]))
            for key in keys
        ]
        if not newest:
            return {}
        found = self.filter(reduce(or_, newest)).select_related("by")
        return {entry.key: entry for entry in found}


class Activity(models.Model):
    done_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    by_name = models.CharField(max_length=200, blank=True, help_text="Kept when the user goes.")
    kind = models.CharField(max_length=20)
    key = models.CharField(
        max_length=100, blank=True, help_text="What the program knows the thing by."
    )
    about = models.TextField(help_text="What people know the thing by.")
    about_folded = models.TextField(editable=False)
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activity"
        indexes = [
            models.Index(fields=["done_at", "id"], name="activity_by_time"),
            models.Index(fields=["kind", "done_at", "id"], name="activity_by_kind"),
            models.Index(fields=["by", "done_at", "id"], name="activity_by_person"),
            models.Index(fields=["by", "kind", "done_at", "id"], name="activity_by_person_kind"),
            models.Index(fields=["kind", "key", "id"], name="activity_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.old_text} → {self.new_text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.about_folded = fold(self.about)
        super().save(*args, **kwargs)

    @property
    def who(self) -> str:
        """The person as called today, as called then, or the program when it was nobody."""
        return str(self.by) if self.by else self.by_name or gettext("Pawfile")

    @property
    def kind_label(self) -> str:
        known = self.kind in ActivityKind.values
        return str(ActivityKind(self.kind).label) if known else self.kind
