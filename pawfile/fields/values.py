"""Answers to a company's own fields: how they lie in the JSON column, and back.

A blank answer is not stored at all, so an untouched save changes nothing. Numbers are stored as
text ("12.50" stays 12.50), days as ISO dates, links as the other row's id, secrets as sealed
tokens, choices as their values, never their labels.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from pawfile.fields.registry import Field, Kind
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import Secret

#: Kinds whose answer is the id of another row.
LINK_KINDS = frozenset({Kind.VET, Kind.TERRITORY, Kind.SITTER, Kind.PHOTO})
#: Kinds a company can give a field of its own.
CUSTOM_KINDS = (
    Kind.TEXT, Kind.LONG_TEXT, Kind.YES_NO, Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.CHOICES,
    Kind.EMAIL, Kind.EMAILS, Kind.PHONE, Kind.VET, Kind.SITTER, Kind.TERRITORY, Kind.PHOTO,
    Kind.SECRET,
)  # fmt: skip
#: Kinds by whose words a client can be found.
SEARCHED_KINDS = frozenset({Kind.TEXT, Kind.PHONE, Kind.EMAIL, Kind.EMAILS})


def to_json(field: Field, value: Any, old: Any = None) -> Any:
    """What to store for a cleaned value; ``None`` for a blank one. ``old`` is what is stored.

    Links are given as rows, secrets as plain text.
    """
    match field.kind:
        case Kind.SECRET:
            if not value:
                return None
            kept = bool(old) and key_ring().matches(Secret(old), value)
            return old if kept else key_ring().seal(value).token_for_database
        case Kind.YES_NO:
            return value
        case Kind.NUMBER:
            return None if value is None else number_text(value)
        case Kind.DATE:
            return None if value is None else value.isoformat()
        case Kind.CHOICES:
            known = [choice for choice, _label in field.choices]
            return sorted(value, key=known.index) or None
        case kind if kind in LINK_KINDS:
            return None if value is None else value.pk
    return value or None


def from_json(field: Field, stored: Any) -> Any:
    """The value to work with: of a link the id, of a secret the sealed ``Secret``."""
    match field.kind:
        case Kind.SECRET:
            return Secret(stored or "")
        case Kind.NUMBER:
            return None if stored is None else Decimal(stored)
        case Kind.DATE:
            return None if stored is None else date.fromisoformat(stored)
        case Kind.CHOICES | Kind.EMAILS:
            return stored or []
        case kind if kind == Kind.YES_NO or kind in LINK_KINDS:
            return stored
    return stored or ""


def is_answer(value: Any) -> bool:
    """Whether a value says something: "no" and 0 do, blanks and "not said" do not."""
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, bool | Decimal) or bool(value)


def plain_text(field: Field, value: Any) -> str:
    """A value in words, of any kind but many-to-many and partial dates. Of a secret, nothing."""
    match field.kind:
        case Kind.SECRET:
            return ""
        case Kind.YES_NO:
            return "" if value is None else _("Yes") if value else _("No")
        case Kind.NUMBER:
            return "" if value is None else number_text(value)
        case Kind.DATE:
            return "" if value is None else format_date(value, "j M Y")
        case Kind.CHOICES | Kind.EMAILS:
            labels = dict(field.choices)
            return ", ".join(str(labels.get(item, item)) for item in value)
        case Kind.CHOICE:
            return str(dict(field.choices).get(value, value))
    return "" if value is None else str(value)


def number_text(value: Decimal) -> str:
    """All digits as typed, never as 1E+3."""
    return f"{value:f}"
