"""Places of the company's own where keys hang."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pawfile.access.models import KeyLocation
from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity, record_differences
from pawfile.activity.models import ActivityKind
from pawfile.lib.text import fold


@transaction.atomic
def save_location(*, location: KeyLocation, values: Mapping[str, Any], by: User | None) -> None:
    """Make or change a place: ``name`` and ``is_active``. An inactive one keeps the keys that
    hang there and is offered no more. ``ValidationError`` if the name is taken."""
    is_new = location.pk is None
    about, before = location.name, {} if is_new else told(location)
    if twin := twin_of(location, values["name"]):
        text = _("There is a place of this name: %s. Choose another name.")
        raise ValidationError({"name": text % twin})
    location.name, location.is_active = values["name"], values["is_active"]
    try:
        with transaction.atomic():
            location.save()
    except IntegrityError:
        raise ValidationError({"name": _("There is a place of this name.")}) from None
    kind = ActivityKind.KEY
    if is_new:
        record_activity(by=by, kind=kind, about=location.name, note=_("Place for keys added"))
        return
    record_differences(by=by, kind=kind, about=about, before=before, after=told(location))


def twin_of(location: KeyLocation, name: str) -> KeyLocation | None:
    """Another place whose name reads alike: accents and capitals do not count. Exactly the same
    name is left to the database."""
    others = KeyLocation.objects.exclude(pk=location.pk)
    alike = (each for each in others if fold(each.name) == fold(name) and each.name != name)
    return next(alike, None)


def told(location: KeyLocation) -> dict[str, str]:
    return {
        _("Name"): location.name,
        _("Active"): _("Yes") if location.is_active else _("No"),
    }
