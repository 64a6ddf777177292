"""What an import reads of the company before it looks at a file."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from pawfile.imports.columns import Surroundings
from pawfile.imports.links import Sitters, Tags, Territories, Vets
from pawfile.options.models import SiteOptions


def present_options() -> SiteOptions:
    """The company's options; where there are none yet the defaults, and none are made."""
    return SiteOptions._default_manager.filter(pk=1).first() or SiteOptions()


def surroundings() -> Surroundings:
    """What the company's settings and lists say; reads only."""
    options = present_options()
    region = options.phone_region
    return Surroundings(
        region=region,
        today=timezone.localdate(timezone=ZoneInfo(options.time_zone)),
        animals=tuple(options.animals),
        vets=Vets(region),
        sitters=Sitters(),
        territories=Territories(),
        tags=Tags(),
    )
