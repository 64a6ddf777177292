"""Makes the company's own fields for tests, as an administrator would."""

from typing import Any

from pawfile.accounts.models import User
from pawfile.fields import actions
from pawfile.fields.catalogue import catalogue
from pawfile.fields.models import CustomField
from pawfile.fields.registry import Kind


def add(
    by: User, label: str, kind: Kind = Kind.TEXT, subject: str = "client", **values: Any
) -> str:
    """Make a field; its key."""
    told = {"label": label, "kind": kind, **values}
    return actions.add_field(subject=subject, values=told, by=by).key


def choices(*labels: str) -> list[dict[str, Any]]:
    return [{"label": label} for label in labels]


def stored_choices(key: str) -> list[dict[str, Any]]:
    """The choices of a field as they are stored."""
    found: list[dict[str, Any]] = CustomField.objects.get(pk=key.removeprefix("cf_")).choices
    return found


def order(section: str, subject: str = "client") -> list[str]:
    """Keys of the section's fields in their order."""
    found = next(each for each in catalogue(subject).sections if each.key == section)
    return [field.key for field in found.fields]
