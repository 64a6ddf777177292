"""Days as the company counts them: near midnight another one than in UTC."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from pawfile.options.models import SiteOptions


def in_days(number: int) -> date:
    zone = ZoneInfo(SiteOptions.load().time_zone)
    return timezone.localdate(timezone=zone) + timedelta(days=number)


def midday() -> None:
    """Move the company to where it is about noon, so that today's visits can be asked for and made.

    Late in the evening every block of the day is over, and its visits are refused.
    """
    SiteOptions.load()
    hour = timezone.now().hour
    SiteOptions.objects.update(time_zone=f"Etc/GMT{hour - 12:+d}")
