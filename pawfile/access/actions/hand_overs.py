"""A key goes from one place to another: one side begins, the other says that the key is there.

Each locks the key first. They raise ``ValidationError`` with a sentence for people,
``PermissionDenied`` for who is neither side, and ``StaleRecordError`` if the key is gone.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.access.models import HandOver, Key, KeyPlace, Spot
from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.schedule.assigning import eligible_sitters

#: Places from which a sitter takes a key; one that another sitter has comes from that sitter.
TAKEN_FROM = (KeyPlace.OFFICE, KeyPlace.LOCATION, KeyPlace.CLIENT)


def locked_key(key: Key) -> Key:
    """The key as it is stored, nobody else's to change until the transaction ends."""
    rows = Key.objects.select_for_update(of=("self",)).select_related("client")
    found = rows.filter(pk=key.pk).first()
    if found is None:
        raise StaleRecordError
    return found


@transaction.atomic
def begin_hand_over(*, key: Key, to: Spot, due_on: date | None = None, by: User) -> HandOver:
    """Send the key on its way; where nobody else has a say in it, it is there at once."""
    key = locked_key(key)
    refuse_impossible(key, to)
    if by.is_sitter:
        refuse_strange_to_sitters(key, to, by)
    if to.sitter:
        refuse_unless_welcome(to.sitter, key)
    hand_over = HandOver.objects.create(
        key=key,
        from_text=str(key.spot),
        to_text=str(to),
        to_place=to.place,
        to_sitter=to.sitter,
        to_location=to.location,
        due_on=due_on if to.sitter else None,
        begun_by=by.actor,
    )
    return settle(hand_over, key, by=by) if is_instant(to, by) else hand_over


def is_instant(to: Spot, by: User) -> bool:
    """A place says nothing, the office takes back what is put into its hands, and sitters move
    keys themselves if the company lets them (rule 76)."""
    if to.place == KeyPlace.LOCATION or (to.place == KeyPlace.OFFICE and by.is_office):
        return True
    return by.is_sitter and SiteOptions.load().has_self_pickup


def refuse_impossible(key: Key, to: Spot) -> None:
    if key.place == KeyPlace.LOST:
        raise ValidationError(_("This key is lost. Say first that it was found."))
    if key.hand_overs.open().exists():
        raise ValidationError(_("This key is on its way already. Confirm that first."))
    if key.spot == to:
        raise ValidationError({"to": _("The key is there already.")})


def refuse_strange_to_sitters(key: Key, to: Spot, by: User) -> None:
    """A sitter takes a key for him- or herself, or gives away one he or she holds."""
    if to.sitter == by:
        if key.place not in TAKEN_FROM:
            raise ValidationError(_("%s has this key. Ask the office for it.") % key.spot)
    elif to.sitter or key.sitter_id != by.pk:
        raise ValidationError(_("You do not hold this key."))


def refuse_unless_welcome(sitter: User, key: Key) -> None:
    """Raise ``ValidationError`` for who is no active sitter or blocked by the client."""
    if not eligible_sitters(key.client).filter(pk=sitter.pk).exists():
        text = _("%s cannot have this key: blocked, or no active sitter.")
        raise ValidationError({"to": text % sitter})


@transaction.atomic
def confirm_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """The key is there, says the other side."""
    key = locked_key(hand_over.key)
    hand_over = still_open(hand_over)
    if not hand_over.can_be_confirmed_by(by):
        raise PermissionDenied
    if hand_over.to_sitter:
        refuse_unless_welcome(hand_over.to_sitter, key)
    return settle(hand_over, key, by=by)


@transaction.atomic
def refuse_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """It did not happen: the key stays where it was."""
    locked_key(hand_over.key)
    hand_over = still_open(hand_over)
    if not hand_over.can_be_ended_by(by):
        raise PermissionDenied
    hand_over.refused_at, hand_over.refused_by = timezone.now(), by.actor
    hand_over.save(update_fields=["refused_at", "refused_by"])
    return hand_over


def still_open(hand_over: HandOver) -> HandOver:
    """As it is stored, of a key that is locked."""
    rows = HandOver.objects.select_related("to_sitter", "to_location")
    found = rows.filter(pk=hand_over.pk).first()
    if found is None:
        raise StaleRecordError
    if not found.is_open:
        raise ValidationError(_("Somebody has answered this already."))
    return found


def settle(hand_over: HandOver, key: Key, *, by: User) -> HandOver:
    hand_over.confirmed_at, hand_over.confirmed_by = timezone.now(), by.actor
    hand_over.save(update_fields=["confirmed_at", "confirmed_by"])
    place(key, hand_over.spot, due_on=hand_over.due_on)
    return hand_over


def put(key: Key, spot: Spot, *, from_text: str, by: User | None) -> None:
    """The key is there, without anybody's confirming: new, lost, found."""
    now, actor = timezone.now(), by and by.actor
    HandOver.objects.create(
        key=key,
        from_text=from_text,
        to_text=str(spot),
        to_place=spot.place,
        to_sitter=spot.sitter,
        to_location=spot.location,
        begun_by=actor,
        begun_at=now,
        confirmed_by=actor,
        confirmed_at=now,
    )
    place(key, spot, due_on=None)


def place(key: Key, spot: Spot, *, due_on: date | None) -> None:
    key.place, key.sitter, key.location = spot.place, spot.sitter, spot.location
    key.due_on, key.placed_at = due_on, timezone.now()
    key.version += 1
    key.save()


def end_open(key: Key, *, by: User) -> None:
    """Whatever was on its way with this key did not arrive."""
    key.hand_overs.open().update(refused_at=timezone.now(), refused_by=by.actor)
