"""Where a file says that keys are."""

from django.utils.translation import gettext as _

from pawfile.access.models import KeyLocation, KeyPlace, Spot
from pawfile.imports.links import Sitters, name_key

OFFICE = frozenset({"office", "home office", "company", "in office", "at office"})
CLIENT = frozenset({"client", "with client", "owner", "customer", "with owner"})


def spot_of(place: str, sitters: Sitters) -> Spot | str:
    """At the office, with the client or a sitter of this name; else the name of another place.

    A key of which the file does not say where it is has "Place not known" for a place: nobody is
    to look for it at the office.
    """
    word = name_key(place)
    if word in OFFICE:
        return Spot(KeyPlace.OFFICE)
    if word in CLIENT:
        return Spot(KeyPlace.CLIENT)
    if sitter := sitters.named(place):
        return Spot(KeyPlace.SITTER, sitter=sitter)
    return place[:200] if word else _("Place not known")


def question(place: str, sitters: Sitters) -> str:
    """What there is to ask about where a key is; nothing if it is certain."""
    if not name_key(place):
        return _("The file does not say where the key is. Say so on the key board.")
    if isinstance(spot_of(place, sitters), str):
        return _("No sitter has this name: it was taken for a place. Correct it on the key board.")
    return ""


def saved_spot(spot: Spot | str) -> Spot:
    if isinstance(spot, Spot):
        return spot
    location, _made = KeyLocation.objects.get_or_create(name=spot)
    return Spot(KeyPlace.LOCATION, location=location)
