"""What clients and pets have in common: fields of the catalogue, read as values and as text.

Shipped fields are columns; the company's own lie in ``custom``, key → stored answer. A method that
takes a key takes the ``Field`` too, which saves the look-up of the company's catalogue.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.catalogue import catalogue
from pawfile.fields.registry import MANY_KINDS, Field, Kind, Subject
from pawfile.fields.values import LINK_KINDS, from_json, is_answer, plain_text
from pawfile.history.models import Tracked
from pawfile.lib.columns import key_ring
from pawfile.lib.dates import PartialDate
from pawfile.lib.vault import Secret
from pawfile.resources.models import Territory, Vet

#: Kinds whose column holds another row's id.
LINKS = LINK_KINDS | {Kind.OWNER}
#: What the ids of the company's own link fields point at.
LINKED_MODELS: dict[Kind, type[models.Model]] = {
    Kind.VET: Vet,
    Kind.TERRITORY: Territory,
    Kind.SITTER: User,
}
#: Lists are ordered by so many letters of a name: an index row holds no more of rare scripts.
SORTED_BY = 200


def line(**options: Any) -> models.CharField[str, str]:
    """A column for a line of text. Long enough for what people paste."""
    return models.CharField(max_length=500, blank=True, **options)


def paragraph() -> models.TextField[str, str]:
    return models.TextField(blank=True, max_length=20_000)


def yes_no() -> models.BooleanField[bool | None, bool | None]:
    """Yes, no, or not said."""
    return models.BooleanField(null=True, blank=True)


class Profile(Tracked):
    """A record whose fields are declared in the catalogue."""

    subject: ClassVar[Subject]

    custom = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def tracked_keys(cls) -> list[str]:
        return [key for key, field in cls.subject.fields.items() if field.kind not in MANY_KINDS]

    def changes_since(self, old: Any) -> list[tuple[str, str, str]]:
        self.take_resealed(old)
        changes = super().changes_since(old)
        keys = [
            key
            for key in sorted({**old.custom, **self.custom})
            if old.custom.get(key) != self.custom.get(key)
        ]
        if keys:
            fields = catalogue(self.subject.key)
            changes += [
                (key, old.field_text(fields[key]), self.field_text(fields[key])) for key in keys
            ]
        return changes

    def take_resealed(self, stored: Any) -> None:
        """Keys may have been rotated since this was read: the same secret takes the new token."""
        for key, field in self.subject.fields.items():
            if field.kind != Kind.SECRET:
                continue
            own, other = getattr(self, key), getattr(stored, key)
            if own != other and own and other and key_ring().is_same(own, other):
                setattr(self, key, other)
        for key, token in stored.custom.items():
            own = self.custom.get(key)
            if own is None or own == token or self.field(key).kind != Kind.SECRET:
                continue
            if key_ring().is_same(Secret(own), Secret(token)):
                self.custom[key] = token

    def field(self, key: str | Field) -> Field:
        """The field of this key: a shipped one as declared, the company's own from its catalogue.

        Raises ``KeyError`` if there is none.
        """
        if isinstance(key, Field):
            return key
        return self.subject.fields.get(key) or catalogue(self.subject.key)[key]

    def field_value(self, key: str | Field) -> Any:
        """The stored value: of a link the id, of a partial date the three parts."""
        field = self.field(key)
        if field.is_custom:
            return from_json(field, self.custom.get(field.key))
        if field.kind == Kind.PARTIAL_DATE:
            return self.partial_date(field.key)
        if field.kind in LINKS:
            return getattr(self, f"{field.key}_id")
        return getattr(self, field.key)

    def linked(self, key: str | Field) -> Any:
        """The row that a link field points at, or ``None``."""
        field = self.field(key)
        if not field.is_custom:
            named = self.__dict__.get("_linked", {})
            own = (field.kind, getattr(self, f"{field.key}_id"))
            return named[own] if own in named else getattr(self, field.key)
        pk = self.custom.get(field.key)
        if pk is None or field.kind not in LINKED_MODELS:
            return None
        known: dict[tuple[Kind, int], models.Model | None]
        known = self.__dict__.setdefault("_linked", {})
        if (field.kind, pk) not in known:
            self.fetch_links([field])
        return known[field.kind, pk]

    def several(self, key: str) -> list[str]:
        """The names in a field of several rows; ``fetch_names`` may have read them already."""
        known: dict[str, list[str]] = self.__dict__.get("_several", {})
        return known[key] if key in known else [str(row) for row in getattr(self, key).all()]

    def forget_several(self) -> None:
        """Read them anew: the rows were changed."""
        self.__dict__.pop("_several", None)
        self.__dict__.pop("_many", None)

    def fetch_links(self, fields: Iterable[Field]) -> None:
        fetch_links([self], fields)

    def partial_date(self, key: str) -> PartialDate:
        return PartialDate(*(getattr(self, f"{key}_{part}") for part in ("year", "month", "day")))

    def field_text(self, key: str | Field) -> str:
        """The value in words, as pages, history and tables show it. Of a secret, nothing."""
        field = self.field(key)
        if field.kind == Kind.PARTIAL_DATE:
            return self.partial_date(field.key).text()
        if field.kind in MANY_KINDS:
            return ", ".join(sorted(self.several(field.key)))
        if field.kind == Kind.PHOTO and field.is_custom:
            return _("Photo %d") % self.custom[field.key] if field.key in self.custom else ""
        value = self.linked(field) if field.kind in LINKS else self.field_value(field)
        return plain_text(field, value)

    def has_value(self, key: str | Field) -> bool:
        """Whether something is filled in."""
        field = self.field(key)
        if field.kind in MANY_KINDS:
            return bool(self.field_text(field))
        return is_answer(self.field_value(field))

    def is_shown(self, field: Field) -> bool:
        """Whether the field's condition holds: without an alarm there is no alarm code."""
        condition = field.shown_when
        if condition is None:
            return True
        if condition.key in self.subject.fields:
            return bool(getattr(self, condition.key) == condition.value)
        return bool(self.custom.get(condition.key) == condition.value)


def fetch_links(records: Sequence[Profile], fields: Iterable[Field]) -> None:
    """Read what the company's own link fields of all these records point at.

    One query for each kind in use, however many records and fields there are; what a record knows
    already is not asked again.
    """
    links = [each for each in fields if each.is_custom and each.kind in LINKED_MODELS]
    wanted: dict[Kind, set[int]] = {}
    for record in records if links else ():
        known = record.__dict__.setdefault("_linked", {})
        for field in links:
            pk = record.custom.get(field.key)
            if pk is not None and (field.kind, pk) not in known:
                wanted.setdefault(field.kind, set()).add(pk)
    for kind, pks in wanted.items():
        found = LINKED_MODELS[kind]._default_manager.in_bulk(pks)
        rows = {(kind, pk): found.get(pk) for pk in pks}
        for record in records:
            record.__dict__["_linked"].update(rows)
