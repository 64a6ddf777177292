"""What the office does with vets and territories."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity, record_differences
from pawfile.activity.models import ActivityKind
from pawfile.resources.models import Territory, TerritoryZip, Vet


@transaction.atomic
def save_territory(*, territory: Territory, values: Mapping[str, Any], by: User | None) -> None:
    """Make or change a territory: ``name``, ``colour`` and all its ``zips``.

    ``IntegrityError`` if somebody else took the name or a zip code in this moment.
    """
    is_new = territory.pk is None
    about, before = territory.name, {} if is_new else told(territory)
    territory.name, territory.colour = values["name"], values["colour"].lower()
    territory.save()
    wanted, had = set(values["zips"]), set(territory.zip_codes())
    territory.zips.filter(zip_code__in=had - wanted).delete()
    TerritoryZip.objects.bulk_create(
        TerritoryZip(territory=territory, zip_code=zip_code) for zip_code in sorted(wanted - had)
    )
    after, kind = told(territory), ActivityKind.TERRITORY
    if not is_new:
        record_differences(by=by, kind=kind, about=about, before=before, after=after)
        return
    new = after[_("Zip codes")]
    record_activity(by=by, kind=kind, about=territory.name, new=new, note=_("Added"))


def told(territory: Territory) -> dict[str, str]:
    """What the activity log says of it."""
    return {
        _("Name"): territory.name,
        _("Colour"): territory.colour,
        _("Zip codes"): ", ".join(territory.zip_codes()),
    }


@transaction.atomic
def save_vet(*, vet: Vet, values: Mapping[str, Any], by: User) -> Vet:
    """Put a vet on the list, or change one: ``values`` by the names of the columns."""
    is_new, about, before = vet.pk is None, str(vet), parts_of(vet)
    for name, value in values.items():
        setattr(vet, name, value)
    vet.save()
    kind = ActivityKind.VET
    if is_new:
        record_activity(by=by, kind=kind, about=str(vet), note=_("Added"))
    else:
        record_differences(by=by, kind=kind, about=about, before=before, after=parts_of(vet))
    return vet


def parts_of(vet: Vet) -> dict[str, str]:
    return {
        _("Name"): vet.name,
        _("Clinic"): vet.clinic,
        _("Phone"): vet.phone,
        _("Address"): vet.address,
        _("Emergency hours"): vet.emergency_hours,
    }
