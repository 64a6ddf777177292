"""What changed, when, by whom: one row per changed field, written by ``save`` itself."""

from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from pawfile.accounts.models import User


class StaleRecordError(Exception):
    """Somebody else saved or deleted this record since it was read."""


class TrackedRows:
    """For querysets of tracked rows: forbids the writes that would leave no history."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("update() leaves no history; save the records one by one.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("bulk_update() leaves no history; save the records one by one.")


class Tracked(models.Model):
    """A record whose every field change is kept.

    Subclasses say which fields count (``tracked_keys``), how a value reads (``field_text``) and
    which table the changes go to (``change_model``).
    """

    change_model: ClassVar[type["FieldChange"]]
    #: Keys of what the last save changed; ``None`` when it made the record.
    changed_keys: frozenset[str] | None = None

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(
        self,
        *args: Any,
        by: User | None = None,
        also: Sequence[tuple[str, str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """Save, and keep what changed. A new record and an unchanged one leave no history.

        ``also`` are changes outside this row (many-to-many) as (key, old text, new text), kept as
        part of the same save.

        Raises ``StaleRecordError`` if the row has been saved by somebody else since this object
        was read, so nothing is overwritten unseen.
        """
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic(using=self._state.db):
            old = self.locked()
            changes = [*self.changes_since(old), *also]
            self.changed_keys = frozenset(key for key, _old, _new in changes)
            if changes:
                self.version += 1
                self.updated_at = timezone.now()
            super().save(*args, **kwargs)
            self._record(changes, by=by)

    def locked(self) -> Any:
        """The row as it is stored, locked until the transaction ends. Raises StaleRecordError."""
        rows: models.QuerySet[Any] = type(self)._base_manager.all()
        stored = rows.select_for_update().filter(pk=self.pk).first()
        if stored is None or stored.version != self.version:
            raise StaleRecordError
        return stored

    @classmethod
    def tracked_keys(cls) -> list[str]:
        """Keys whose values are in this row; many-to-many fields are recorded by their action."""
        raise NotImplementedError

    def changes_since(self, old: Any) -> list[tuple[str, str, str]]:
        """(key, old text, new text) of each field that differs from the stored row ``old``."""
        return [
            (key, old.field_text(key), self.field_text(key))
            for key in self.tracked_keys()
            if old.field_value(key) != self.field_value(key)
        ]

    def field_text(self, key: Any) -> str:
        """The value as people read it; of a secret, nothing."""
        raise NotImplementedError

    def field_value(self, key: Any) -> object:
        """The value to compare with, when two are asked whether they differ."""
        raise NotImplementedError

    def changes_of(self, key: str) -> "FieldChangeQuerySet":
        """Every change of one field, newest first."""
        model: Any = self.change_model
        changes: FieldChangeQuerySet = model.objects.filter(record=self, key=key)
        return changes.select_related("changed_by").order_by("-pk")

    def _record(self, changes: list[tuple[str, str, str]], *, by: User | None) -> None:
        model: Any = self.change_model
        model.objects.bulk_create(
            model(
                record=self,
                key=key,
                old_text=old,
                new_text=new,
                changed_by=by and by.actor,
                changed_at=self.updated_at,
                version=self.version,
                is_by_client=by is not None and by.is_client and not by.viewed_by,
            )
            for key, old, new in changes
        )


class FieldChangeQuerySet(models.QuerySet[Any]):
    def readable_by(self, reader: User) -> Self:
        """Without what was before the record's last new beginning, but for the office."""
        if reader.is_office or not self.model.begins_anew_with:
            return self
        beginnings = self.model._base_manager.filter(
            record=OuterRef("record"),
            key=self.model.begins_anew_with,
            version__gte=OuterRef("version"),
        )
        return self.filter(~Exists(beginnings))


class FieldChange(models.Model):
    """One field of one save. Subclasses add ``record``, the foreign key to what changed."""

    record_id: int
    seen_model: ClassVar[type["Seen"]]
    #: Key of a field whose change ends what others than the office read of the history.
    begins_anew_with: ClassVar[str] = ""

    key = models.CharField(max_length=60)
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    version = models.PositiveIntegerField(help_text="The record's version that this save made.")
    is_by_client = models.BooleanField(
        default=False, help_text="Made by a client: the office looks at it and ticks it off."
    )
    told_at = models.DateTimeField(null=True, help_text="When the office got a mail about it.")
    ticked_at = models.DateTimeField(null=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    objects = FieldChangeQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}: {self.old_text} → {self.new_text}"


class Seen(models.Model):
    """How far one reader has looked at the changes of one field. Subclasses add ``record``."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    change_id = models.BigIntegerField(help_text="The newest change this reader has seen.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.reader_id} saw {self.key} up to {self.change_id}"
