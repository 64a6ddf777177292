"""What clients and pets have in common: fields of the catalogue, read as values and as text."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from pawfile.fields.registry import MANY_KINDS, Kind, Subject
from pawfile.history.models import Tracked
from pawfile.lib.dates import PartialDate

#: Kinds whose column holds another row's id.
LINKS = frozenset({Kind.VET, Kind.TERRITORY, Kind.SITTER, Kind.OWNER, Kind.PHOTO})
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

    class Meta:
        abstract = True

    @classmethod
    def tracked_keys(cls) -> list[str]:
        return [key for key, field in cls.subject.fields.items() if field.kind not in MANY_KINDS]

    def field_value(self, key: str) -> Any:
        """The stored value: of a link the id, of a partial date the three parts."""
        kind = self.subject[key].kind
        if kind == Kind.PARTIAL_DATE:
            return self.partial_date(key)
        if kind in LINKS:
            return getattr(self, f"{key}_id")
        return getattr(self, key)

    def partial_date(self, key: str) -> PartialDate:
        return PartialDate(*(getattr(self, f"{key}_{part}") for part in ("year", "month", "day")))

    def field_text(self, key: str) -> str:
        """The value in words, as pages, history and tables show it. Of a secret, nothing."""
        field = self.subject[key]
        if field.kind == Kind.SECRET:
            return ""
        if field.kind == Kind.PARTIAL_DATE:
            return self.partial_date(key).text()
        value = getattr(self, key)
        if field.kind in MANY_KINDS:
            return ", ".join(sorted(str(item) for item in value.all()))
        if field.kind == Kind.YES_NO:
            return "" if value is None else _("Yes") if value else _("No")
        if field.kind in (Kind.CHOICES, Kind.EMAILS):
            labels = dict(field.choices)
            return ", ".join(str(labels.get(item, item)) for item in value)
        if field.kind == Kind.CHOICE:
            return str(dict(field.choices).get(value, value))
        return "" if value is None else str(value)

    def has_value(self, key: str) -> bool:
        """Whether something is filled in; "no" is an answer, "not said" is none."""
        value = self.field_value(key) if self.subject[key].kind not in MANY_KINDS else None
        if self.subject[key].kind in MANY_KINDS:
            return bool(self.field_text(key))
        return value is not None and (value is False or bool(value))

    def is_shown(self, key: str) -> bool:
        """Whether the field's condition holds: without an alarm there is no alarm code."""
        condition = self.subject[key].shown_when
        return condition is None or getattr(self, condition.key) == condition.value
