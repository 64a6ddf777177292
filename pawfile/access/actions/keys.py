"""Keys come into the book, are lost and found, and leave it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.access.actions.hand_overs import end_open, locked_key, put
from pawfile.access.models import Key, KeyPlace, Spot
from pawfile.access.models.key import fold_code
from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity, record_differences
from pawfile.activity.models import ActivityKind
from pawfile.history.models import StaleRecordError
from pawfile.profiles.models import Client


@transaction.atomic
def add_key(*, client: Client, code: str, spot: Spot, note: str = "", by: User | None) -> Key:
    """Put a key into the book, where it is now. ``ValidationError`` if the code is taken."""
    key = Key(client=client, code=code, note=note)
    key.place, key.sitter, key.location = spot.place, spot.sitter, spot.location
    save_key(key)
    put(key, spot, from_text="", by=by)
    record_activity(by=by, kind=ActivityKind.KEY, about=told(key), new=str(spot), note=_("Added"))
    return key


@transaction.atomic
def change_key(
    *, key: Key, values: Mapping[str, Any], opened_version: int | None, by: User | None
) -> Key:
    """Change ``code``, ``note`` and ``due_on``. ``StaleRecordError`` if it changed since it was
    opened or is gone; ``ValidationError`` if the code is taken."""
    key = locked_key(key)
    if opened_version not in (None, key.version):
        raise StaleRecordError
    about, before = told(key), parts_of(key)
    key.code, key.note, key.due_on = values["code"], values["note"], values["due_on"]
    key.version += 1
    save_key(key)
    record_differences(
        by=by, kind=ActivityKind.KEY, about=about, before=before, after=parts_of(key)
    )
    return key


@transaction.atomic
def report_lost(*, key: Key, by: User) -> Key:
    """Nobody knows where it is. Whoever holds it says so, or the office."""
    key = locked_key(key)
    if not by.is_office and key.sitter_id != by.pk:
        raise PermissionDenied
    if key.place == KeyPlace.LOST:
        raise ValidationError(_("This key is lost already."))
    end_open(key, by=by)
    return moved(key, Spot(KeyPlace.LOST), by=by, note=_("Lost"))


@transaction.atomic
def report_found(*, key: Key, by: User) -> Key:
    """A lost key is back at the office."""
    key = locked_key(key)
    if key.place != KeyPlace.LOST:
        raise ValidationError(_("This key is not lost."))
    return moved(key, Spot(KeyPlace.OFFICE), by=by, note=_("Found"))


def moved(key: Key, spot: Spot, *, by: User, note: str) -> Key:
    old = str(key.spot)
    put(key, spot, from_text=old, by=by)
    about, kind = told(key), ActivityKind.KEY
    record_activity(by=by, kind=kind, about=about, old=old, new=str(spot), note=note)
    return key


@transaction.atomic
def remove_key(*, key: Key, by: User) -> None:
    """Take it out of the book with its history; the activity log keeps that it was there."""
    key = locked_key(key)
    about, old = told(key), str(key.spot)
    key.delete()
    record_activity(by=by, kind=ActivityKind.KEY, about=about, old=old, note=_("Removed"))


def save_key(key: Key) -> None:
    """The constraint decides, so that of two who take one code at once one is told (rule 75)."""
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError:
        taken = Key.objects.filter(folded_code=fold_code(key.code)).exclude(pk=key.pk)
        other = taken.select_related("client").first()
        if other is None:
            raise
        names = {"code": other.code, "client": other.client}
        text = _("%(code)s is the code of a key of %(client)s. Give this key another one.")
        raise ValidationError({"code": text % names}) from None


def told(key: Key) -> str:
    """What the activity log calls it."""
    return _("%(code)s of %(client)s") % {"code": key.code, "client": key.client}


def parts_of(key: Key) -> dict[str, str]:
    due = date_format(key.due_on, "j M Y") if key.due_on else ""
    return {_("Key code"): key.code, _("Note"): key.note, _("Back by"): due}
