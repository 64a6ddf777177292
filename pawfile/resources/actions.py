"""What the office does with territories."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity, record_differences
from pawfile.activity.models import ActivityKind
from pawfile.resources.models import Territory, TerritoryZip


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
