"""Ways into homes, as bare rows."""

from datetime import date
from typing import Any

from pawfile.access.models import WayIn, WayKind
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.generating import company_today


def make_way(client: Client, kind: str = WayKind.KEY, **fields: Any) -> WayIn:
    """The last of the client's ways so far, not confirmed."""
    position = fields.pop("position", client.ways_in.count())
    return WayIn.objects.create(client=client, kind=kind, position=position, **fields)


def order_of(client: Client) -> list[str]:
    return list(client.ways_in.values_list("kind", flat=True))


def today() -> date:
    """The company's."""
    return company_today(SiteOptions.load())
