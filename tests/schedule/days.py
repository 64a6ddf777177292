"""Days as the company counts them: near midnight another one than in UTC."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from pawfile.options.models import SiteOptions


def in_days(number: int) -> date:
    zone = ZoneInfo(SiteOptions.load().time_zone)
    return timezone.localdate(timezone=zone) + timedelta(days=number)
